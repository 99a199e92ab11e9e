import { Group, Text } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { device as words } from '#words/device.ts'
import { bytes } from './bytes.ts'
import { Progress } from './Progress.tsx'
import { RowLink } from './RowLink.tsx'
import { StateBadge } from './StateBadge.tsx'

type Delivery = Schemas['Delivery']

/** “Install tv-guide 1.2.0 (app)” */
export function deliveryTitle({ kind, service, version, component }: Delivery): string {
  return words.deliveries[kind](`${service} ${version} (${component})`)
}

/** A delivery under way: how far it is, and why it waits. */
export function DeliveryProgress({ delivery }: { delivery: Delivery }) {
  const { progress } = delivery
  return (
    <div>
      <Group gap="sm">
        <RowLink to="order" id={delivery.order}>
          {deliveryTitle(delivery)}
        </RowLink>
        <StateBadge state={delivery.state} />
        {delivery.state === 'accepted' && progress.total > 0 && (
          <Progress
            done={progress.done}
            total={progress.total}
            words={`${progress.stage} ${bytes(progress.done)} / ${bytes(progress.total)}`}
          />
        )}
      </Group>
      {delivery.detail !== '' && (
        <Text size="sm" c="dimmed">
          {delivery.detail}
        </Text>
      )}
    </div>
  )
}
