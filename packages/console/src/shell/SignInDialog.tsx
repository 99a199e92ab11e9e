import { Modal, Stack, Text } from '@mantine/core'
import { shell } from '#words/shell.ts'
import { SignInForm } from './SignInForm.tsx'

/** Cannot be put away but by logging in. */
export default function SignInDialog({ name }: { name: string }) {
  return (
    <Modal
      opened
      onClose={() => undefined}
      title={shell.signIn.again}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack>
        <Text size="sm">{shell.signIn.againWhy}</Text>
        <SignInForm name={name} />
      </Stack>
    </Modal>
  )
}
