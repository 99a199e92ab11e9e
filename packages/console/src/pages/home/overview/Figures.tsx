import { Skeleton, Text } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { Link } from '@tanstack/react-router'
import { overview as words } from '#words/overview.ts'
import classes from './Figures.module.css'
import { countIn, number, percent, running } from './numbers.ts'

interface FiguresProps {
  readonly fleet: Schemas['FleetTally'] | undefined
  readonly work: Schemas['WorkTally'] | undefined
  readonly lately: Schemas['OutcomeSeries'] | undefined
}

interface Figure {
  readonly name: string
  readonly value: number | undefined
  readonly beside: string | undefined
  readonly to: string
  readonly search?: Readonly<Record<string, string>>
}

const openOrders = ['acknowledged', 'pending', 'held', 'inProgress', 'assessingCancellation', 'pendingCancellation']

/** The few numbers that say how it goes; each leads to what it counts. */
export function Figures({ fleet, work, lately }: FiguresProps) {
  const sum = (state: 'confirmed' | 'failed'): number | undefined =>
    lately?.points.reduce((total, point) => total + point[state], 0)
  const confirmed = sum('confirmed')
  const figures: Figure[] = [
    { name: words.figures.devices, value: fleet?.devices, beside: undefined, to: '/devices' },
    {
      name: words.figures.connected,
      value: fleet?.reachable,
      beside: fleet && words.figures.connectedOf(percent(fleet.reachable, fleet.devices)),
      to: '/devices',
      search: { q: 'device.reachable' },
    },
    {
      name: words.figures.orders,
      value: work && countIn(work.orders, openOrders, 'orders'),
      beside: undefined,
      to: '/orders',
      search: { stage: 'open' },
    },
    {
      name: words.figures.deliveries,
      value: work && work.deliveries.reduce((total, { deliveries }) => total + deliveries, 0),
      beside: work && words.figures.held(countIn(work.deliveries, ['held'], 'deliveries')),
      to: '/deliveries',
      search: { stage: 'open' },
    },
    {
      name: words.figures.failed,
      value: sum('failed'),
      beside:
        confirmed === undefined ? undefined : `${words.figures.failedWhen}, ${words.figures.confirmed(confirmed)}`,
      to: '/deliveries',
      search: { state: 'failed', made: '24h' },
    },
    {
      name: words.figures.campaigns,
      value: work && countIn(work.campaigns, running, 'campaigns'),
      beside: work && words.figures.paused(countIn(work.campaigns, ['paused'], 'campaigns')),
      to: '/campaigns',
    },
  ]
  return (
    <ul className={classes['figures']} aria-label={words.figures.label}>
      {figures.map(({ name, value, beside, to, search }) => (
        <li key={name}>
          <Link className={classes['figure']} to={to} search={(search ?? {}) as never}>
            <Text size="sm" c="dimmed">
              {name}
            </Text>
            {value === undefined ? (
              <Skeleton height={24} width={72} my={4} />
            ) : (
              <div className={classes['value']}>{number(value)}</div>
            )}
            <Text size="xs" c="dimmed">
              {beside ?? ' '}
            </Text>
          </Link>
        </li>
      ))}
    </ul>
  )
}
