import type { Database } from '../../../platform/database.ts'
import type { LogRequest, LogRequests } from '../app/log-storage.ts'

export function logRows({ sql }: Pick<Database, 'sql'>): LogRequests {
  return {
    async insert(tx, requests) {
      await tx.sql`
        insert into developer_log_request (id, tenant, service, version, device, component, why, request, refused, asked_by,
          asked_by_name, asked_at)
        select r.id, r.tenant, r.service, r.version, r.device, r.component, r.why, r.request, r.refused, r."askedBy"->>'id',
          r."askedBy"->>'name', r."askedAt"
        from jsonb_to_recordset(${tx.sql.json(requests as never)}) as r (id text, tenant text, service text, version text, device text,
          component text, why text, request text, refused text, "askedBy" jsonb, "askedAt" timestamptz)`
    },
    page: (tenant, service, version, after, limit) => sql<LogRequest[]>`
      select id, tenant, service, version, device, component, why, request, refused, asked_at as "askedAt",
        jsonb_build_object('id', asked_by, 'name', asked_by_name) as "askedBy"
      from developer_log_request where tenant = ${tenant} and service = ${service} and version = ${version}
        ${after === undefined ? sql`` : sql`and id < ${after}`}
      order by id desc limit ${limit}`,
    async forget(before, limit) {
      await sql`
        delete from developer_log_request where id in (
          select id from developer_log_request where asked_at < ${before} order by asked_at limit ${limit})`
    },
  }
}
