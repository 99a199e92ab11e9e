import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { answer } from '@sutler/client'
import { common } from '#words/common.ts'
import { device as words } from '#words/device.ts'
import { api } from '../../../../api/client.ts'
import { Confirm } from '../../../../parts/Confirm.tsx'
import { CopyText } from '../../../../parts/CopyText.tsx'
import { useAction } from '../../../../parts/useAction.tsx'
import type { DeviceDialogProps } from './dialogProps.ts'

export function ReleaseDialog({ device, onClose }: DeviceDialogProps) {
  const release = useAction({
    run: async () => answer(await api.POST('/api/v1/devices/{id}/release', { params: { path: { id: device.id } } })),
    done: () => words.dialogs.release.done,
    changes: [['device', device.id]],
  })
  if (release.data !== undefined)
    return (
      <Modal opened onClose={onClose} title={words.dialogs.release.done} closeOnClickOutside={false}>
        <Stack>
          <Alert>{words.dialogs.release.claim}</Alert>
          <CopyText text={release.data.claim} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{common.close}</Button>
          </Group>
        </Stack>
      </Modal>
    )
  return (
    <Confirm
      title={words.dialogs.release.title}
      verb={words.actions.release}
      isPending={release.isPending}
      error={release.error}
      onConfirm={() => release.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.dialogs.release.text}</Text>
    </Confirm>
  )
}
