import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import { common } from '#words/common.ts'
import { CopyText } from '../../parts/CopyText.tsx'

/** A secret that was just made and is shown this once: closed only on purpose. */
export function Once({
  title,
  text,
  secret,
  onClose,
}: {
  title: string
  text: string
  secret: string
  onClose: () => void
}) {
  return (
    <Modal opened onClose={onClose} title={title} closeOnClickOutside={false} closeOnEscape={false}>
      <Stack>
        <Alert>{text}</Alert>
        <CopyText text={secret} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{common.close}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
