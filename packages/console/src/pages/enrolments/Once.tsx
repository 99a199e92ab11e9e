import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { common } from '#words/common.ts'
import { CopyText } from '../../parts/CopyText.tsx'

/** A secret that was just made and is shown this once: closed only on purpose. */
export function Once({
  title,
  text,
  secret,
  children,
  onClose,
}: {
  title: string
  text: string
  secret: string
  /** Another way to hand it over. */
  children?: ReactNode
  onClose: () => void
}) {
  return (
    <Modal opened onClose={onClose} title={title} closeOnClickOutside={false} closeOnEscape={false}>
      <Stack>
        <Alert>{text}</Alert>
        <CopyText text={secret} />
        {children}
        <Group justify="flex-end">
          <Button onClick={onClose}>{common.close}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
