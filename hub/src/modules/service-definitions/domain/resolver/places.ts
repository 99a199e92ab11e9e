import { fit, untested } from '../fit.ts'
import { stagesOf } from '@sutler/composition'
import type { Candidates } from './candidates.ts'
import { ConstraintSet, constraintCount } from './constraints.ts'
import type { Placement } from './placement.ts'
import type { Assigned, CatalogueVersion, LeftOut, PlacedComponent } from './problem.ts'

/** Which device gets which component of a chosen version, and which one none, and why. */
export function placesOf(
  candidates: Candidates,
  placement: Placement,
  choice: Int32Array,
  service: number,
): Pick<Assigned, 'devices' | 'leftOut'> {
  const { catalogue, problem, wishOf } = candidates
  const value = choice[service]!
  const version = catalogue.version(value)!
  const places = placement.places(value, choice, everything(candidates))!
  const names = Array.from(placement.components(value), (component) => version.components[component]?.name)
  const going = names.filter((name, device) => places[device] === 1 && name !== undefined) as string[]
  const stages = stagesOf(version.components, new Set(going))
  const wanted = wishOf.get(service)?.devices
  const devices: PlacedComponent[] = []
  const leftOut: LeftOut[] = []
  for (const [at, { id, report, class: deviceClass, tester = false }] of problem.devices.entries()) {
    const component = names[at]
    if (places[at] === 1 && component !== undefined)
      devices.push({ device: id, component, stage: stages.get(component)! })
    else if (wanted === undefined || wanted.includes(id)) {
      const judged = fit(version, report, deviceClass)
      const misfit = untested(version, tester) ?? (judged.component === null ? judged.reason : null)
      const reason = misfit ?? withoutBase(candidates, placement, choice, version, at)
      leftOut.push({ device: id, reason })
    }
  }
  return { devices, leftOut }
}

/** Why a device that a version fits does not get it: something that it extends does not go there. */
function withoutBase(
  candidates: Candidates,
  placement: Placement,
  choice: Int32Array,
  { service, version, relations }: CatalogueVersion,
  device: number,
): string {
  const { catalogue } = candidates
  const held = everything(candidates)
  const missing = relations
    .filter(({ kind }) => kind === 'extends')
    .map((relation) => relation.service)
    .filter((base) => placement.places(choice[catalogue.numberOf(base)!]!, choice, held)?.[device] !== 1)
  return `${service} ${version} extends ${missing.join(' and ')}, which this device does not get`
}

function everything({ catalogue }: Candidates): ConstraintSet {
  return ConstraintSet.all(constraintCount(catalogue))
}
