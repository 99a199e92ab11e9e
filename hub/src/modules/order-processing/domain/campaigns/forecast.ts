import type { Milliseconds, WallTime } from '../../../../platform/clock.ts'
import { gateAfter, type CampaignDocument } from './document.ts'
import { timeToPlace } from './rate.ts'

/** When a campaign will probably be done, seen from how long deliveries took lately. Pure. */

/** How long deliveries to one class of devices took from the order to the device's proof. */
export interface Behaviour {
  readonly class: string
  /** Of the day (UTC) in which they were ordered; null = all hours together. */
  readonly hour: number | null
  readonly deliveries: number
  readonly median: Milliseconds
  readonly p90: Milliseconds
}

export interface Forecast {
  /** If devices answer as the middle one did, and as the slowest tenth did. */
  readonly likely: WallTime
  readonly late: WallTime
  /** What it is based on, for people. */
  readonly basis: string
}

/** Where nothing is known of a class: a guess, which the basis says. */
const guess = { median: 60 * 60_000, p90: 24 * 60 * 60_000 }
/** Fewer deliveries than this say nothing. */
const enough = 5

export interface ForecastInput {
  readonly document: CampaignDocument
  /** Devices of each wave, in turn. */
  readonly waves: readonly number[]
  /** Devices by class. */
  readonly classes: ReadonlyMap<string, number>
  readonly behaviour: readonly Behaviour[]
  /** The share of the time in which windows are open; 1 = always. */
  readonly openShare: number
}

export function forecast({ document, waves, classes, behaviour, openShare }: ForecastInput, from: WallTime): Forecast {
  const hour = new Date(from).getUTCHours()
  const known = [...classes.keys()].flatMap((name) => behaviourOf(name, hour, behaviour) ?? [])
  const slowest = (of: 'median' | 'p90'): number =>
    Math.max(0, ...[...classes.keys()].map((name) => known.find((each) => each.class === name)?.[of] ?? guess[of]))
  const finish = (answer: Milliseconds): WallTime => {
    const spent = waves.reduce((sum, size, index) => {
      const soak = gateAfter(document.gates, index + 1)?.soak ?? 0
      return sum + timeToPlace(document.rate, size) / Math.max(openShare, 0.001) + Math.max(answer, soak)
    }, 0)
    return Math.round(from + Math.min(spent, document.within))
  }
  return { likely: finish(slowest('median')), late: finish(slowest('p90')), basis: basisOf(classes, known) }
}

/** How a class behaved at this hour of the day, if enough is known of it, otherwise at any. */
function behaviourOf(name: string, hour: number, behaviour: readonly Behaviour[]): Behaviour | undefined {
  const own = behaviour.filter((each) => each.class === name && each.deliveries >= enough)
  return own.find((each) => each.hour === hour) ?? own.find((each) => each.hour === null)
}

/** Behaviour by class and hour, and by class alone, from single deliveries. */
export function behaviourFrom(
  deliveries: readonly { readonly class: string; readonly hour: number; readonly took: Milliseconds }[],
): Behaviour[] {
  const groups = new Map<string, { class: string; hour: number | null; took: number[] }>()
  for (const { class: name, hour, took } of deliveries)
    for (const at of [hour, null]) {
      const key = `${name}/${at}`
      const group = groups.get(key) ?? { class: name, hour: at, took: [] }
      group.took.push(took)
      groups.set(key, group)
    }
  return [...groups.values()].map(({ class: name, hour, took }) => {
    const sorted = took.toSorted((a, b) => a - b)
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
    return { class: name, hour, deliveries: sorted.length, median: at(0.5), p90: at(0.9) }
  })
}

function basisOf(classes: ReadonlyMap<string, number>, known: readonly Behaviour[]): string {
  const said = known.map(({ class: name, hour, deliveries, median, p90 }) => {
    const when = hour === null ? '' : ` at this hour of the day`
    return `${name}: ${deliveries} deliveries of the last 30 days${when}, half of them within ${minutes(median)}, nine in ten within ${minutes(p90)}`
  })
  const unknown = [...classes.keys()].filter((name) => !known.some((each) => each.class === name))
  if (unknown.length > 0)
    said.push(`${unknown.join(', ')}: too few past deliveries, so an hour (at the latest a day) is assumed`)
  return said.join('; ')
}

function minutes(time: Milliseconds): string {
  return time < 60_000 ? `${Math.ceil(time / 1_000)} s` : `${Math.round(time / 60_000)} min`
}
