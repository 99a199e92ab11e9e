import type { EntityManagement } from '../../../entity-management/index.ts'
import type { Database } from '../../../../platform/database.ts'
import { channelIn, type Channel } from '../../domain/preferences/channel.ts'
import { readSources } from './read-sources.ts'

/** The channels that a household takes these services from, in one statement; devices have a say only where one device is meant. */
export async function channelsOf(
  { entities, database }: { readonly entities: EntityManagement; readonly database: Database },
  tenant: string,
  household: string,
  services: readonly string[],
): Promise<Map<string, Channel>> {
  const whose = { tenant, household, device: null }
  const sources = (await readSources(entities, database.sql, [whose]))?.(whose) ?? {}
  return new Map(services.map((service) => [service, channelIn(sources, service)]))
}
