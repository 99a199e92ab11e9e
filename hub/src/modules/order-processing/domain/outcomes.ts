import type { Milliseconds, WallTime } from '../../../platform/clock.ts'

export const hour: Milliseconds = 3_600_000
export const day: Milliseconds = 24 * hour

/** How many deliveries came to this end in one hour. */
export interface Outcome {
  readonly hour: WallTime
  readonly state: 'confirmed' | 'failed' | 'cancelled'
  readonly deliveries: number
}

/** Of one hour, or day. */
export interface OutcomePoint {
  /** When it began, ISO 8601. */
  readonly at: string
  readonly confirmed: number
  readonly failed: number
  readonly cancelled: number
}

export const spans = { day: { step: hour, steps: 24 }, month: { step: day, steps: 30 } } as const

/** When the first point of a span begins: hours and days are those of UTC. */
export function beginningOf(span: keyof typeof spans, now: WallTime): WallTime {
  const { step, steps } = spans[span]
  return now - (now % step) - (steps - 1) * step
}

/** A point for each step of the span, oldest first, also where nothing happened. The last step is the one under way. */
export function pointsOf(span: keyof typeof spans, outcomes: readonly Outcome[], now: WallTime): OutcomePoint[] {
  const { step, steps } = spans[span]
  const beginning = beginningOf(span, now)
  const counts = Array.from({ length: steps }, () => ({ confirmed: 0, failed: 0, cancelled: 0 }))
  for (const { hour: at, state, deliveries } of outcomes) {
    const point = counts[Math.floor((at - beginning) / step)]
    if (point !== undefined) point[state] += deliveries
  }
  return counts.map((point, index) => ({ at: new Date(beginning + index * step).toISOString(), ...point }))
}
