import '@mantine/core/styles/Progress.css'
import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { useState } from 'react'
import { mine } from '#words/mine.ts'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { ChangeService, type Change } from './ChangeService.tsx'
import { WhyDialog } from './WhyDialog.tsx'

interface SubscribedServiceProps {
  readonly subscription: Schemas['Subscription']
  readonly title: string
  /** Those that are not settled. */
  readonly deliveries: readonly Schemas['Delivery'][]
  readonly nameOf: (device: string) => string
}

/** One service of the household: where it has come to, device by device, and what can be done. */
export function SubscribedService({ subscription, title, deliveries, nameOf }: SubscribedServiceProps) {
  const [change, setChange] = useState<Change | null>(null)
  const [asked, setAsked] = useState<string | null>(null)
  const { state, version } = subscription
  const changes: readonly Change[] = state === 'suspended' ? ['resume', 'remove'] : ['update', 'pause', 'remove']
  return (
    <Stack gap="xs" component="article" aria-label={title}>
      <Group gap="sm">
        <Text fw={650}>{title}</Text>
        <StateBadge state={state} label={mine.states[state] ?? state} />
        <Text size="sm" c="dimmed">
          {mine.version(version)}
        </Text>
      </Group>
      {deliveries.map((delivery) => (
        <DeliveryLine key={delivery.id} delivery={delivery} device={nameOf(delivery.device)} onWhy={setAsked} />
      ))}
      {state === 'active' || state === 'suspended' || state === 'degraded' ? (
        <Group gap="xs">
          {changes.map((each) => (
            <Button
              key={each}
              size="compact-sm"
              variant="default"
              aria-label={`${mine.actions[each]}: ${title}`}
              onClick={() => setChange(each)}
            >
              {mine.actions[each]}
            </Button>
          ))}
        </Group>
      ) : null}
      {change !== null && (
        <ChangeService change={change} subscription={subscription} title={title} onClose={() => setChange(null)} />
      )}
      {asked !== null && <WhyDialog delivery={asked} service={title} onClose={() => setAsked(null)} />}
    </Stack>
  )
}

function DeliveryLine({
  delivery,
  device,
  onWhy,
}: {
  delivery: Schemas['Delivery']
  device: string
  onWhy: (delivery: string) => void
}) {
  const { done, total } = delivery.progress
  const part = total > 0 ? Math.round((100 * done) / total) : 0
  return (
    <div>
      <Group gap="xs" justify="space-between">
        <Text size="sm">{`${device}: ${mine.deliveryStates[delivery.state] ?? delivery.state}`}</Text>
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={`${mine.why} ${device}`}
          onClick={() => onWhy(delivery.id)}
        >
          {mine.why}
        </Button>
      </Group>
      {delivery.state === 'accepted' && total > 0 && (
        <Progress value={part} aria-label={`${device}: ${part} %`} size="sm" mt={2} />
      )}
    </div>
  )
}
