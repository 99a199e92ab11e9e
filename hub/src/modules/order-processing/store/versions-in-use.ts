import type { Database } from '../../../platform/database.ts'
import type { VersionId } from '../../service-definitions/index.ts'

/**
 * Those of `versions` that a subscription which has not ended is to, that are on their way to a device, or that some device has: the
 * last confirmed delivery of their service brought them. Reads whole tables: asked now and then, for retired versions only.
 */
export async function versionsInUse({ sql }: Database, versions: readonly VersionId[]): Promise<VersionId[]> {
  return sql<VersionId[]>`
    select v.tenant, v.service, v.version
    from jsonb_to_recordset(${sql.json(versions as never)}) as v (tenant text, service text, version text)
    where exists (select from order_subscription s
        where s.tenant = v.tenant and s.service = v.service and s.version = v.version and s.state <> 'ended')
      or exists (select from order_delivery d
        where d.tenant = v.tenant and d.service = v.service and d.version = v.version and d.kind = 'install'
          and (d.settled_at is null or (d.state = 'confirmed' and not exists (select from order_delivery n
            where n.device = d.device and n.service = d.service and n.epoch > d.epoch and n.state = 'confirmed'))))`
}
