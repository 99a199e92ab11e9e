import type { Candidates } from './candidates.ts'
import { layersOf } from './install-order.ts'
import type { Installed, Removal } from './problem.ts'
import { isThere, needsOf, relationsOf, type Solution } from './solution.ts'

/** What is installed and is not among what is chosen; dependents before what they need. */
export function removalsOf(candidates: Candidates, solution: Solution, kept: ReadonlySet<string>): Removal[] {
  const gone = new Map(
    candidates.problem.installed.filter(({ service }) => !kept.has(service)).map((one) => [one.service, one]),
  )
  const needs = new Map([...gone].map(([service, installed]) => [service, neededBy(candidates, installed)]))
  const layers = layersOf([...gone.keys()], (service) => needs.get(service) ?? [])
  return layers
    .toReversed()
    .flatMap((layer) => layer.map((service) => removal(candidates, solution, gone.get(service)!)))
}

/** What an installed version needs. */
function neededBy({ catalogue }: Candidates, { service, version }: Installed): string[] {
  const number = catalogue.numberOf(service)
  const value = number === undefined ? undefined : catalogue.valueOf(number, version)
  return value === undefined ? [] : needsOf(catalogue, value)
}

function removal(candidates: Candidates, solution: Solution, installed: Installed): Removal {
  const replacing = replacerOf(candidates, solution, installed)
  return replacing === null
    ? {
        ...installed,
        because: 'unneeded',
        reason: `nobody wishes ${installed.service} any more, and nothing requires it`,
      }
    : { ...installed, because: 'replaced', reason: `${replacing} replaces ${installed.service} ${installed.version}` }
}

function replacerOf(candidates: Candidates, solution: Solution, { service, version }: Installed): string | null {
  const { catalogue } = candidates
  const number = catalogue.numberOf(service)
  const value = number === undefined ? undefined : catalogue.valueOf(number, version)
  for (const other of solution.services) {
    if (!isThere(catalogue, solution, other)) continue
    for (const rule of relationsOf(catalogue, solution.choice[other]!)) {
      if (rule.kind !== 'replaces' || rule.to !== number) continue
      if (value !== undefined && !catalogue.blocks(rule, value)) continue
      const { service: id, version: own } = catalogue.version(solution.choice[other]!)!
      return `${id} ${own}`
    }
  }
  return null
}
