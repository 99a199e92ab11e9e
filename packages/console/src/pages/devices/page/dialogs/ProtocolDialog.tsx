import { NativeSelect, Text } from '@mantine/core'
import { answer } from '@sutler/client'
import { useState } from 'react'
import { device as words } from '#words/device.ts'
import { fleet } from '#words/fleet.ts'
import { api } from '../../../../api/client.ts'
import { Confirm } from '../../../../parts/Confirm.tsx'
import { useAction } from '../../../../parts/useAction.tsx'
import type { Device } from '../../columns.tsx'
import type { DeviceDialogProps } from './dialogProps.ts'

export function ProtocolDialog({ device, onClose }: DeviceDialogProps) {
  const [protocol, setProtocol] = useState<Device['protocol']>(device.protocol)
  const change = useAction({
    run: async () =>
      answer(
        await api.PUT('/api/v1/devices/{id}/protocol', { params: { path: { id: device.id } }, body: { protocol } }),
      ),
    done: (changed) => words.dialogs.protocol.done(fleet.protocols[changed.protocol]),
    changes: [['device', device.id]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.dialogs.protocol.title}
      verb={words.actions.protocol}
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.dialogs.protocol.text}</Text>
      <NativeSelect
        mt="sm"
        label={words.dialogs.protocol.label}
        data={Object.entries(fleet.protocols).map(([value, label]) => ({ value, label }))}
        value={protocol}
        onChange={(event) => setProtocol(event.currentTarget.value as Device['protocol'])}
      />
    </Confirm>
  )
}
