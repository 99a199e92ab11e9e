import type { Candidates } from './candidates.ts'
import { layersOf } from './install-order.ts'
import type { Placement } from './placement.ts'
import { placesOf } from './places.ts'
import type { Assigned, Resolved } from './problem.ts'
import { removalsOf } from './removals.ts'
import { isThere, needsOf, type Solution } from './solution.ts'

/** A solution in the words of the problem. */
export function answerOf(candidates: Candidates, placement: Placement, solution: Solution): Resolved {
  const { catalogue } = candidates
  const { choice } = solution
  const present = solution.services.filter((service) => isThere(catalogue, solution, service))
  const needs = new Map(
    present.map((service) => [catalogue.services[service]!.id, needsOf(catalogue, choice[service]!)]),
  )
  const assignment = present.map((service): Assigned => {
    const { service: id, version } = catalogue.version(choice[service]!)!
    const grounds = groundsOf(candidates, solution, service, needs)
    return { service: id, version, ...grounds, ...placesOf(candidates, placement, choice, service) }
  })
  const order = layersOf([...needs.keys()], (service) => needs.get(service) ?? [])
  return { ok: true, assignment, order, remove: removalsOf(candidates, solution, new Set(needs.keys())) }
}

/** @param needs of each service that is there, in the order in which they came up */
function groundsOf(
  { catalogue, wishOf }: Candidates,
  { recommendedBy }: Solution,
  service: number,
  needs: ReadonlyMap<string, readonly string[]>,
): Pick<Assigned, 'because' | 'by'> {
  if (wishOf.has(service)) return { because: 'wished' }
  const recommending = recommendedBy.get(service)
  if (recommending !== undefined) return { because: 'recommended', by: catalogue.services[recommending]!.id }
  const { id } = catalogue.services[service]!
  const [by] = [...needs].find(([, needed]) => needed.includes(id))!
  return { because: 'required', by }
}
