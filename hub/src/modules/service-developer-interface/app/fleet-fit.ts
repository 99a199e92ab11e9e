import { compatibilityMistake } from '@sutler/composition'
import type { Access, Principal } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import type { EntityManagement, TargetRow } from '../../entity-management/index.ts'
import { invalidComposition, type ServiceDefinitions } from '../../service-definitions/index.ts'
import type { FitBody } from '../contract-fit.ts'
import { fleetFit, type FleetFit } from '../domain/fleet-fit.ts'

export interface FleetFitDeps {
  readonly access: Access
  readonly definitions: Pick<ServiceDefinitions, 'fit'>
  readonly entities: Pick<EntityManagement, 'targets'>
}

/** Devices that are in use. */
const selection = { filter: "device.state == 'active'" }

/**
 * Judges one page of the tenant's devices: which component each would get. Devices that report the same are judged once.
 * @returns counts of this page, and where the next one begins
 * @throws CallerError `forbidden`, `invalid-composition`
 */
export async function pageFleetFit(
  deps: FleetFitDeps,
  principal: Principal,
  version: FitBody,
  after: string | null,
  limit: number,
): Promise<FleetFit & { readonly next: string | null }> {
  deps.access.authorise(principal, 'fleet-fit.read')
  requireUsable(version)
  const { targets } = deps.entities
  const { rows, last, more } = await targets.page(principal.tenant, selection, after, limit)
  const made = new Set(version.components.map(({ deviceClass }) => deviceClass))
  const groups = Map.groupBy(rows, (row) => (made.has(row.class) ? `${row.class} ${row.digest}` : row.class))
  const first = [...groups.values()].map((each) => each[0]!)
  const reports = await targets.reports(first.filter((row) => made.has(row.class)).map(({ device }) => device))
  const fitOf = ({ device, class: name }: TargetRow) => {
    if (!made.has(name)) return null
    const found = deps.definitions.fit(version, reports.get(device) ?? null, name)
    return found.component === null ? { reason: found.reason } : { component: found.component.name }
  }
  const alike = [...groups.values()].map((each) => ({
    class: each[0]!.class,
    devices: each.length,
    fit: fitOf(each[0]!),
  }))
  const names = version.components.map(({ name }) => name)
  return { ...fleetFit(names, alike), next: more ? last : null }
}

function requireUsable({ components }: FitBody): void {
  const places = components.flatMap(({ compatibility }, index) => {
    const mistake = compatibilityMistake(compatibility)
    return mistake === null ? [] : [{ pointer: `/components/${index}/compatibility`, detail: mistake }]
  })
  if (places.length > 0) throw new CallerError(invalidComposition, `${places[0]!.detail}.`, { places })
}
