import { Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { device as words } from '#words/device.ts'
import { Confirm } from '../../../../parts/Confirm.tsx'
import { fieldFaults } from '../../../../parts/fieldFaults.ts'
import { useAction } from '../../../../parts/useAction.tsx'
import { ask } from '../ask.ts'
import { whenItHappens, type DeviceDialogProps } from './dialogProps.ts'

export function MessageDialog({ device, onClose }: DeviceDialogProps) {
  const [text, setText] = useState('')
  const send = useAction({
    run: () => ask(device.id, { kind: 'message', text }),
    done: () => words.dialogs.message.done,
    changes: [['device', device.id]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.dialogs.message.title}
      verb={words.actions.message}
      isPending={send.isPending}
      error={send.error}
      onConfirm={() => send.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{whenItHappens(device)}</Text>
      <Textarea
        mt="sm"
        label={words.dialogs.message.text}
        required
        maxLength={1000}
        data-autofocus
        value={text}
        error={fieldFaults(send.error)['/text']}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Confirm>
  )
}
