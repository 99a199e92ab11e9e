import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { overview } from '#words/overview.ts'
import { ChartSection } from './ChartSection.tsx'
import { number } from './numbers.ts'
import { outcomes } from './queries.ts'

const words = overview.outcomes
const lines = [
  { label: words.failed, colour: 'red', bars: true },
  { label: words.cancelled, colour: 'gray', bars: true },
  { label: words.confirmed, colour: 'teal', bars: true },
]

export function OutcomesChart({ span }: { span: 'day' | 'month' }) {
  const { data } = useQuery(outcomes(span))
  const points = useMemo(
    () =>
      data?.points.map(({ at, confirmed, failed, cancelled }) => ({ at, values: [failed, cancelled, confirmed] })) ??
      [],
    [data],
  )
  if (data === undefined) return <Skeleton height={280} />
  const sum = (index: number): number => points.reduce((total, { values }) => total + values[index]!, 0)
  const [failed, cancelled, confirmed] = [sum(0), sum(1), sum(2)]
  const summary =
    failed + cancelled + confirmed === 0
      ? words.none
      : words.summary(number(confirmed), number(failed), number(cancelled))
  return <ChartSection title={words.title} summary={summary} lines={lines} points={points} isStacked />
}
