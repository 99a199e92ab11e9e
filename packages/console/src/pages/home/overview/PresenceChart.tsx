import { Skeleton, Text, Title } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { overview } from '#words/overview.ts'
import { ChartSection } from './ChartSection.tsx'
import { number } from './numbers.ts'
import { presence } from './queries.ts'

const words = overview.presence
const lines = [
  { label: words.connected, colour: 'teal' },
  { label: words.all, colour: 'gray', dashed: true },
]

interface PresenceChartProps {
  readonly span: 'day' | 'month'
  /** How it is now: the last point. */
  readonly fleet: Schemas['FleetTally'] | undefined
}

export function PresenceChart({ span, fleet }: PresenceChartProps) {
  const { data } = useQuery(presence(span))
  const points = useMemo(() => {
    const now = fleet === undefined ? [] : [{ ...fleet, at: fleet.countedAt }]
    return [...(data?.points ?? []), ...now].map(({ at, devices, reachable }) => ({ at, values: [reachable, devices] }))
  }, [data, fleet])
  if (data === undefined || fleet === undefined) return <Skeleton height={280} />
  if (data.points.length === 0)
    return (
      <section>
        <Title order={2}>{words.title}</Title>
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      </section>
    )
  const connected = points.map(({ values }) => values[0]!)
  const summary = words.summary(number(fleet.reachable), number(Math.min(...connected)), number(Math.max(...connected)))
  return <ChartSection title={words.title} summary={summary} lines={lines} points={points} />
}
