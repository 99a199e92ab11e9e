import type { WallTime } from '../../../../platform/clock.ts'
import { closesAt, opensAfter, type Window } from './window.ts'

/** When a set of windows lets something through: within any `allow` window, if there are such, and within no `deny` window. */

export type Opening =
  | { readonly open: true; readonly within: string | null }
  /** `until` null: never again. Not `sure`: so far it stays closed, and further nobody has looked. */
  | { readonly open: false; readonly until: WallTime | null; readonly sure: boolean; readonly because: string }

export interface Search {
  /** What else must be passed: the end of what holds at a time, null when nothing does. */
  readonly more?: (at: WallTime) => WallTime | null
  /** Closings that are looked past for the next time that is open. */
  readonly budget?: number
}

/** `sure` until the budget is used up: whoever decides a delivery asks again then. */
export function openingAt(
  windows: readonly Window[],
  now: WallTime,
  timeZone: string,
  { more = () => null, budget = 100 }: Search = {},
): Opening {
  const first = closedAt(windows, now, timeZone)
  if (first === null && more(now) === null) return { open: true, within: nameOfOpen(windows, now, timeZone) }
  const because = first?.because ?? ''
  let at = now
  for (let left = budget; left > 0; left -= 1) {
    const closed = closedAt(windows, at, timeZone)
    const until = closed === null ? more(at) : closed.until
    if (closed !== null && until === null) return { open: false, until: null, sure: true, because }
    if (until === null) return { open: false, until: at, sure: true, because }
    at = until
  }
  return { open: false, until: at, sure: false, because }
}

interface Closed {
  /** When to look again; null: never. */
  readonly until: WallTime | null
  readonly because: string
}

function closedAt(windows: readonly Window[], now: WallTime, timeZone: string): Closed | null {
  for (const window of windows) {
    if (window.kind !== 'deny') continue
    const until = closesAt(window, now, timeZone)
    if (until !== null) return { until, because: `within ${window.name}` }
  }
  const allowing = windows.filter(({ kind }) => kind === 'allow')
  if (allowing.length === 0 || allowing.some((window) => closesAt(window, now, timeZone) !== null)) return null
  const next = allowing.flatMap((window) => opensAfter(window, now, timeZone) ?? [])
  const because = `outside of ${allowing.map(({ name }) => name).join(', ')}`
  return { until: next.length === 0 ? null : Math.min(...next), because }
}

function nameOfOpen(windows: readonly Window[], now: WallTime, timeZone: string): string | null {
  const open = windows.find((window) => window.kind === 'allow' && closesAt(window, now, timeZone) !== null)
  return open?.name ?? null
}
