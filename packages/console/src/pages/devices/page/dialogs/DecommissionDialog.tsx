import { Text } from '@mantine/core'
import { answer } from '@sutler/client'
import { device as words } from '#words/device.ts'
import { api } from '../../../../api/client.ts'
import { Confirm } from '../../../../parts/Confirm.tsx'
import { useAction } from '../../../../parts/useAction.tsx'
import type { DeviceDialogProps } from './dialogProps.ts'

export function DecommissionDialog({ device, onClose }: DeviceDialogProps) {
  const decommission = useAction({
    run: async () =>
      answer(await api.POST('/api/v1/devices/{id}/decommission', { params: { path: { id: device.id } } })),
    done: () => words.dialogs.decommission.done,
    changes: [['device', device.id], ['devices']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.dialogs.decommission.title}
      verb={words.actions.decommission}
      isDangerous
      word={device.name}
      isPending={decommission.isPending}
      error={decommission.error}
      onConfirm={() => decommission.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.dialogs.decommission.text}</Text>
    </Confirm>
  )
}
