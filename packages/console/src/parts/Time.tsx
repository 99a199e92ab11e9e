import { useSyncExternalStore } from 'react'
import { common } from '#words/common.ts'

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })
const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** One clock for all times on the page; once in half a minute is enough for “3 min ago”. */
const ticks = new Set<() => void>()
let now = Date.now()
setInterval(() => {
  now = Date.now()
  for (const tick of ticks) tick()
}, 30_000)

function subscribe(tick: () => void): () => void {
  ticks.add(tick)
  return () => ticks.delete(tick)
}

/** How long ago, or in how long, with the exact time on hover. @param at ISO 8601; null = never */
export function Time({ at }: { at: string | null | undefined }) {
  const current = useSyncExternalStore(subscribe, () => now)
  if (at === null || at === undefined) return <span>{common.never}</span>
  const date = new Date(at)
  return (
    <time dateTime={at} title={exact.format(date)} style={{ whiteSpace: 'nowrap' }}>
      {relativeTo(date.getTime(), current)}
    </time>
  )
}

/** “3 min. ago”, “in 2 hr.”; Unix milliseconds. */
export function relativeTo(at: number, current: number): string {
  const seconds = Math.round((at - current) / 1000)
  const [unit, size] = units.find((each) => Math.abs(seconds) >= each[1]) ?? []
  return unit === undefined || size === undefined ? common.justNow : relative.format(Math.trunc(seconds / size), unit)
}

/** The time itself, for histories. */
export function ExactTime({ at }: { at: string }) {
  return (
    <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
      {exact.format(new Date(at))}
    </time>
  )
}
