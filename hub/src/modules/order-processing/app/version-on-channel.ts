import type { VersionDefinition } from '../../service-definitions/index.ts'
import type { OrderRequest } from '../contract.ts'
import type { OrderDependencies } from './dependencies.ts'

type Item = OrderRequest['items'][number]
export type Channel = 'alpha' | 'beta' | 'stable'

/** From the least steady; each has all that the steadier ones have. */
const channels = ['alpha', 'beta', 'stable'] as const

/** The channels that the household prefers for what is installed without a version or channel of its own: one look for all. */
export async function preferredChannels(
  { channelsOf }: Pick<OrderDependencies, 'channelsOf'>,
  tenant: string,
  { household, items }: OrderRequest,
): Promise<ReadonlyMap<string, Channel>> {
  const open = items.filter(
    ({ action, version, channel }) =>
      (action === 'add' || action === 'modify') && version === undefined && channel === undefined,
  )
  const services = open.map(({ service }) => service)
  return services.length === 0 ? new Map() : channelsOf(tenant, household, services)
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
  const wanted = new Set<string>(channels.slice(channels.indexOf(channel)))
  const { services } = await deps.definitions.catalogue(null, tenant, [service])
  const offered = (services.find(({ id }) => id === service)?.versions ?? []).filter(
    ({ state, channel: on }) => state === 'released' && on !== null && wanted.has(on),
  )
  // Newest first. On the steady channel a pre-release counts only where there is nothing else.
  const steady = channel === 'stable' ? offered.find((each) => !each.version.includes('-')) : undefined
  const newest = steady ?? offered[0]
  return newest === undefined ? null : deps.definitions.version(tenant, service, newest.version)
}
