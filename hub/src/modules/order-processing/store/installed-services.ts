import type { Sql } from '../../../platform/database.ts'
import type { Channel } from '../../service-definitions/index.ts'

/** A service that a household has. */
export interface InstalledService {
  readonly service: string
  readonly version: string
  /** Whether it is there only because another service needs it. */
  readonly required: boolean
  /** The version that it is pinned to, and the channel that is kept to for it. */
  readonly pinned: string | null
  readonly channel: Channel | null
}

/** Of a household, by service. */
export async function installedServices(sql: Sql, household: string): Promise<InstalledService[]> {
  return await sql<InstalledService[]>`
    select s.service, s.version, coalesce((
      select i.origin = 'required' from order_item i where i.subscription = s.id and i.action = 'add'
      order by i.id desc limit 1), false) as required, s.pinned, s.channel
    from order_subscription s where s.household = ${household} and s.state <> 'ended' order by s.service`
}
