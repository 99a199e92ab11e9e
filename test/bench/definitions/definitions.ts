import { BudgetSpent } from '../../../hub/src/modules/service-definitions/domain/resolver/budget.ts'
import type { Catalogue } from '../../../hub/src/modules/service-definitions/domain/resolver/catalogue.ts'
import type { Problem } from '../../../hub/src/modules/service-definitions/domain/resolver/problem.ts'
import { resolve } from '../../../hub/src/modules/service-definitions/domain/resolver/resolve.ts'
import { figure, type Bench, type Figures } from '../measure.ts'
import { catalogue, dense, entangled, nameOf, numbers, realistic, services, wishing } from './catalogues.ts'

/** Goal of the issue, milliseconds: 200 services × 50 versions, for a household. */
const goal = 50
const all = Array.from({ length: services }, (_, service) => service)
/** Sixteen services, spread over what is basic and what is not. */
const some = all.filter((service) => service % 13 === 7)

/**
 * What the resolver takes of the processor over catalogues of 200 services with 50 versions each, made by seeds; after they were loaded.
 */
export const bench: Bench = async ({ quick, say }): Promise<Figures> => {
  const rounds = quick ? 5 : 15
  const seeds = quick ? [1] : [1, 2, 3]
  const catalogues = { realistic: seeds.map(realistic), dense: seeds.map(dense), entangled: seeds.map(entangled) }
  const made = (kind: keyof typeof catalogues): Catalogue[] => catalogues[kind].map(catalogue)
  const [real, tight, worst] = [made('realistic'), made('dense'), made('entangled')]
  const unmet = { wishes: [...wishing(some).wishes, { service: nameOf(199), channel: 'stable', range: '<1' } as const] }
  const runs: readonly [name: string, catalogues: readonly Catalogue[], problem: Problem][] = [
    ['household', real, wishing(some)],
    ['all_services', real, wishing(all)],
    ['upgrade', real, wishing(some, { installed: old, keepRequired: true })],
    ['refused', real, wishing(some, unmet)],
    ['dense', tight, wishing(all)],
    ['too_entangled', worst, wishing(all)],
  ]
  const figures: Figures = {}
  for (const [name, over, problem] of runs) {
    const times = measured(over, problem, rounds)
    const more = name === 'too_entangled' ? { goal: 'ends' } : { goal: `≤ ${goal} ms`, ratio: middle(times) / goal }
    figures[`definitions.resolve_${name}`] = figure(times, 'ms of CPU', more)
    say(`${name}: ${middle(times).toFixed(1)} ms, ${outcome(over[0]!, problem)}`)
  }
  figures['definitions.load'] = figure(
    catalogues.realistic.map((services) => milliseconds(() => void catalogue(services))),
    'ms of CPU',
  )
  return figures
}

/** What the household has so far. */
const old = some.map((service) => ({ service: nameOf(service), version: numbers[12]! }))

function measured(over: readonly Catalogue[], problem: Problem, rounds: number): number[] {
  return over.flatMap((one) => {
    // The first two make what is kept with a catalogue, and the code warm.
    const times = Array.from({ length: rounds + 2 }, () => milliseconds(() => void outcome(one, problem)))
    return times.slice(2)
  })
}

function outcome(over: Catalogue, problem: Problem): string {
  try {
    const answer = resolve(over, problem)
    return answer.ok ? `${answer.assignment.length} services` : `${answer.reasons.length} reasons`
  } catch (error) {
    if (error instanceof BudgetSpent) return 'the budget ended it'
    throw error
  }
}

/** Of this process's processor time, which others that are busy do not lengthen. */
function milliseconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

function middle(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)]!
}
