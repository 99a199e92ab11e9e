import { Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { mine } from '#words/mine.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { useAction } from '../../parts/useAction.tsx'

/** What a subscriber can do to a service that the household has. */
export type Change = 'pause' | 'resume' | 'remove' | 'update'

const actions = { pause: 'suspend', resume: 'resume', remove: 'remove', update: 'modify' } as const

interface ChangeServiceProps {
  readonly change: Change
  readonly subscription: Schemas['Subscription']
  readonly title: string
  readonly onClose: () => void
}

export function ChangeService({ change, subscription, title, onClose }: ChangeServiceProps) {
  const { household, service } = subscription
  const order = useAction({
    run: async () =>
      answer(await api.POST('/api/v1/orders', { body: { household, items: [{ action: actions[change], service }] } })),
    done: () => mine.ordered,
    changes: [['subscriptions'], ['deliveries'], ['orders']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={mine.actions[`${change}Title`](title)}
      verb={mine.actions[change]}
      isDangerous={change === 'remove'}
      isPending={order.isPending}
      error={order.error}
      onConfirm={() => order.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{mine.actions[`${change}Text`]}</Text>
    </Confirm>
  )
}
