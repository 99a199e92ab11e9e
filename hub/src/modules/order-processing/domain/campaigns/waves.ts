import { createHash } from 'node:crypto'
import { maximumWaves, type WavePlan, type WaveSize } from './document.ts'

/** Dividing targets into waves: by a lot that each household draws, so that the same campaign always divides alike. Pure. */

/** Lots are drawn from 0 (inclusive) to this (exclusive). */
export const lots = 2 ** 31

/** The lot of a household in a campaign: all of its devices go in the same wave. Evenly spread, and the same at every hub. */
export function lotOf(campaign: string, household: string): number {
  return createHash('sha256').update(`${campaign}/${household}`).digest().readUInt32BE(0) >>> 1
}

/**
 * A wave before it is known which lots it takes: of the targets of a group (a band of their own), or the next so many of all
 * others.
 */
export interface PlannedWave {
  readonly number: number
  /** 0 = all targets that are in no wave's group; otherwise the number of the wave whose group it is. */
  readonly band: number
  /** Devices to take of its band, by lot; null = all that are left. */
  readonly take: number | null
}

/**
 * The waves of so many targets. The last one takes what is left, so that no target is forgotten: where the waves that were
 * written do not reach everybody, one more is added.
 * @param bands how many targets there are in each band
 */
export function divide(plan: WavePlan, bands: ReadonlyMap<number, number>): PlannedWave[] {
  const ordinary = bands.get(0) ?? 0
  const sizes = 'first' in plan ? growing(plan, ordinary) : plan
  const total = [...bands.values()].reduce((sum, each) => sum + each, 0)
  const waves: PlannedWave[] = []
  let left = ordinary
  for (const [index, size] of sizes.entries()) {
    const number = index + 1
    if ('group' in size) {
      waves.push({ number, band: number, take: null })
      continue
    }
    const take = Math.min(left, 'count' in size ? size.count : Math.ceil((total * size.percent) / 100))
    left -= take
    waves.push({ number, band: 0, take })
  }
  return withRest(waves, left)
}

/** The last ordinary wave takes all; where a group's wave comes last, or targets are left, a wave of the rest is added. */
function withRest(waves: PlannedWave[], left: number): PlannedWave[] {
  const last = waves.at(-1)
  if (last?.band === 0 && left === 0) return [...waves.slice(0, -1), { ...last, take: null }]
  return [...waves, { number: waves.length + 1, band: 0, take: null }]
}

function growing({ first, factor }: Extract<WavePlan, { first: unknown }>, total: number): WaveSize[] {
  let next = 'count' in first ? first.count : Math.max(1, Math.ceil((total * first.percent) / 100))
  const sizes: WaveSize[] = []
  for (let taken = 0; taken < total && sizes.length < maximumWaves - 1; taken += next, next = Math.ceil(next * factor))
    sizes.push({ count: next })
  return sizes.length === 0 ? [{ count: next }] : sizes
}

/** The groups whose devices get waves of their own, by the wave's number. */
export function groupsOf(plan: WavePlan): Map<number, string> {
  if ('first' in plan) return new Map()
  return new Map(plan.flatMap((size, index) => ('group' in size ? [[index + 1, size.group] as const] : [])))
}
