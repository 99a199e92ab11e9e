import { Text } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { device as words } from '#words/device.ts'
import { Confirm } from '../../../../parts/Confirm.tsx'
import { useAction } from '../../../../parts/useAction.tsx'
import { ask } from '../ask.ts'
import { whenItHappens, type DeviceDialogProps } from './dialogProps.ts'

const requests = {
  report: { kind: 'query-capabilities' },
  log: { kind: 'collect-log', bytes: 65_536 },
} as const satisfies Record<string, Schemas['DeviceRequest']>

/** Asks a device for what needs nothing more to be said. */
export function AskDialog({ device, what, onClose }: DeviceDialogProps & { what: keyof typeof requests }) {
  const request = useAction({
    run: () => ask(device.id, requests[what]),
    done: () => words.dialogs[what].done,
    changes: [['device', device.id]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.dialogs[what].title}
      verb={words.actions[what]}
      isPending={request.isPending}
      error={request.error}
      onConfirm={() => request.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.dialogs[what].text}</Text>
      <Text size="sm">{whenItHappens(device)}</Text>
    </Confirm>
  )
}
