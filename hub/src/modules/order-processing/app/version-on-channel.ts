import { offers, type Channel, type VersionDefinition } from '../../service-definitions/index.ts'
import type { OrderRequest } from '../contract.ts'
import type { OrderDependencies } from './dependencies.ts'

type Item = OrderRequest['items'][number]

/**
 * The channels of what is installed without a version or channel of its own: the one that the household keeps to for a service, or
 * the one that it prefers. One look for all.
 */
export async function preferredChannels(
  { channelsOf, storage }: Pick<OrderDependencies, 'channelsOf' | 'storage'>,
  tenant: string,
  { household, items }: OrderRequest,
): Promise<ReadonlyMap<string, Channel>> {
  const open = items.filter(
    ({ action, version, channel }) =>
      (action === 'add' || action === 'modify') && version === undefined && (channel ?? null) === null,
  )
  const services = open.map(({ service }) => service)
  if (services.length === 0) return new Map()
  const had = open.filter(({ action, channel }) => action === 'modify' && channel === undefined)
  const [preferred, kept] = await Promise.all([
    channelsOf(tenant, household, services),
    had.length === 0
      ? []
      : storage.keptChannels(
          household,
          had.map(({ service }) => service),
        ),
  ])
  return new Map([...preferred, ...kept])
}

/** The version that an item means: the one that it names, or the newest released one on the channel. */
export async function versionOf(
  deps: Pick<OrderDependencies, 'definitions'>,
  tenant: string,
  item: Item,
  channel: Channel,
): Promise<VersionDefinition | null> {
  const { service, version } = item
  if (version !== undefined) return deps.definitions.version(tenant, service, version)
  const { services } = await deps.definitions.catalogue(null, tenant, [service])
  const offered = (services.find(({ id }) => id === service)?.versions ?? []).filter(
    ({ state, channel: on }) => state === 'released' && on !== null && offers(channel, on),
  )
  // Newest first. On the steady channel a pre-release counts only where there is nothing else.
  const steady = channel === 'stable' ? offered.find((each) => !each.version.includes('-')) : undefined
  const newest = steady ?? offered[0]
  return newest === undefined ? null : deps.definitions.version(tenant, service, newest.version)
}
