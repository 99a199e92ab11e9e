import type { Model, Transition } from '@sutler/engine'

/**
 * One machine of three regions that run side by side, twice: as a document of ours and as a machine of XState. Each signal
 * toggles its region; `all` toggles the three of them; each transition counts.
 */
export const regions = {
  order: ['ordered', 'active'],
  link: ['offline', 'online'],
  health: ['good', 'bad'],
} as const

/** The signals in the order in which they are sent, again and again. */
export const signals = ['order', 'link', 'health', 'all'] as const

/** What all that are compared have to count to: a signal to one region counts once, `all` thrice. */
export function countAfter(sent: number): number {
  const rounds = Math.floor(sent / signals.length)
  return rounds * 6 + (sent % signals.length)
}

/** Ours. `when`: a guard of each transition, in CEL. */
export function parallelModel(when?: string): Model {
  const transitions: Transition[] = Object.entries(regions).flatMap(([region, [one, other]]) =>
    [region, 'all'].flatMap((on) =>
      [
        { name: `${region} ${on} there`, from: [one], to: [other] },
        { name: `${region} ${on} back`, from: [other], to: [one] },
      ].map((move) => ({ ...move, on, set: { n: 'data.n + 1' }, ...(when === undefined ? {} : { when }) })),
    ),
  )
  return {
    model: 'parallel',
    version: '1.0.0',
    data: { n: 0 },
    states: Object.values(regions).flat(),
    initial: Object.values(regions).map(([first]) => first),
    final: [],
    transitions,
  }
}
