import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { settings } from '#words/settings.ts'
import { CopyText } from '../../parts/CopyText.tsx'

interface ShownOnceProps {
  readonly title: string
  readonly text?: string
  readonly value: string
  readonly onClose: () => void
}

/** A secret that the hub tells once. Neither a click beside it nor Escape closes it. */
export function ShownOnce({ title, text, value, onClose }: ShownOnceProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack gap="sm">
        {text !== undefined && <Text size="sm">{text}</Text>}
        <CopyText text={value} />
        <Text size="sm" c="dimmed">
          {settings.shownOnce}
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>{settings.keep}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
