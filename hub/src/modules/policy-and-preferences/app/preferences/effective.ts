import type { Sql } from '../../../../platform/database.ts'
import type { EntityManagement } from '../../../entity-management/index.ts'
import { channelIn, type Channel } from '../../domain/preferences/channel.ts'
import { matters } from '../../domain/preferences/matter-names.ts'
import { resolve, type Resolved } from '../../domain/preferences/matters.ts'
import { zoneOf } from '../../domain/preferences/zone-of.ts'
import type { Zone } from '../../domain/situation.ts'
import { readSources, type Whose } from './read-sources.ts'

/** What holds for a household, or one of its devices, and who decided it. */
export interface Effective {
  readonly matters: readonly Resolved[]
  readonly timeZone: Zone
  readonly user: string | null
  readonly channel: Channel | null
}

export async function effectivePreferences(
  entities: EntityManagement,
  sql: Sql,
  whose: Whose,
  service: string | null,
): Promise<Effective> {
  const sources = (await readSources(entities, sql, [whose]))?.(whose) ?? {}
  const [home] = await entities.households([whose.household], sql)
  const report = whose.device === null ? null : ((await entities.device(whose.device, sql))?.capabilities ?? null)
  return {
    matters: matters.map((matter) => resolve(matter, sources)),
    timeZone: zoneOf(sources, report?.timeZone ?? null, home?.timeZone ?? null),
    user: sources.device?.user ?? null,
    channel: service === null ? null : channelIn(sources, service),
  }
}
