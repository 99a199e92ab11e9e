import type { Tx } from '../../../platform/database.ts'
import type { OrderDependencies } from './dependencies.ts'
import type { HouseholdDevice } from './prepare-order.ts'
import { activeDevices, keep } from './resolve-household.ts'
import type { LivingSubscription } from './storage.ts'

/**
 * Why what two households have could not be one household's as it is, in sentences that say what to do. What is wrong with one
 * of them alone is not looked at: it is so already.
 * @param living of both @param devices of both
 */
export async function heldApart(
  { definitions }: Pick<OrderDependencies, 'definitions'>,
  tx: Tx,
  tenant: string,
  living: readonly LivingSubscription[],
  devices: readonly HouseholdDevice[],
): Promise<string[]> {
  const owner = new Map(living.map(({ service, household }) => [service, household]))
  const areOfBoth = (services: readonly string[]) => new Set(services.flatMap((each) => owner.get(each) ?? [])).size > 1
  if (!areOfBoth([...owner.keys()])) return []
  const installed = living.map(({ service, version }) => ({ service, version }))
  const catalogue = await definitions.catalogue(tx, tenant, [...owner.keys()], installed)
  const answer = definitions.resolve(catalogue, {
    devices: activeDevices(devices),
    wishes: living.filter(({ required }) => !required).map(keep),
    installed,
    keepRequired: true,
  })
  if (!answer.ok)
    return answer.reasons
      .filter(({ services }) => areOfBoth(services))
      .map(({ sentence }) => `${sentence}: order the removal of one of them, and wait for the end.`)
  const known = new Map(installed.map(({ service, version }) => [service, version]))
  return [
    ...answer.assignment.flatMap(({ service, version }) => {
      const has = known.get(service)
      if (has === undefined || has === version) return []
      return `In one household ${service} would have to be ${version}, and ${owner.get(service)} has ${has}: order that first.`
    }),
    ...answer.remove
      .filter(({ because }) => because === 'replaced')
      .map(
        ({ service, reason }) => `${service} of ${owner.get(service)} would go (${reason}): order its removal first.`,
      ),
  ]
}
