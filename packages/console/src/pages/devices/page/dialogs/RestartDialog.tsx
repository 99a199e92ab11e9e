import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { device as words } from '#words/device.ts'
import { fleet } from '#words/fleet.ts'
import { Confirm } from '../../../../parts/Confirm.tsx'
import { useAction } from '../../../../parts/useAction.tsx'
import { ask } from '../ask.ts'
import { whenItHappens, type DeviceDialogProps } from './dialogProps.ts'

export function RestartDialog({ device, onClose }: DeviceDialogProps) {
  const [reason, setReason] = useState('')
  const restart = useAction({
    run: () => ask(device.id, { kind: 'restart', reason }),
    done: () => words.dialogs.restart.done,
    changes: [['device', device.id]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.dialogs.restart.title}
      verb={words.actions.restart}
      isPending={restart.isPending}
      error={restart.error}
      onConfirm={() => restart.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.dialogs.restart.text}</Text>
      <Text size="sm">{whenItHappens(device)}</Text>
      <TextInput
        mt="sm"
        label={fleet.reason}
        description={fleet.reasonHint}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Confirm>
  )
}
