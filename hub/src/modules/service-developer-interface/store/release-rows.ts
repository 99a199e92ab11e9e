import type { Database, Sql } from '../../../platform/database.ts'
import type { ReleaseRequest, ReleaseRequests } from '../app/release-storage.ts'

export function releaseRows({ sql }: Pick<Database, 'sql'>): ReleaseRequests {
  return {
    async insert(tx, { askedBy, ...request }) {
      const inserted = await tx.sql`
        insert into developer_release_request (id, tenant, developer, service, version, channel, note, state, asked_by, asked_by_name,
          asked_at)
        values (${request.id}, ${request.tenant}, ${request.developer}, ${request.service}, ${request.version}, ${request.channel},
          ${request.note}, ${request.state}, ${askedBy.id}, ${askedBy.name}, ${request.askedAt})
        on conflict do nothing`
      return inserted.count === 1
    },
    async find(id) {
      const [row] = await sql<ReleaseRequest[]>`
        select ${columns(sql)} from developer_release_request where id = ${id}`
      return row ?? null
    },
    async lock(tx, id) {
      const [row] = await tx.sql<ReleaseRequest[]>`
        select ${columns(tx.sql)} from developer_release_request where id = ${id} for update`
      return row ?? null
    },
    async settle(tx, { id, state, decidedBy, decidedAt, reason }) {
      await tx.sql`
        update developer_release_request set state = ${state}, decided_by = ${decidedBy?.id ?? null},
          decided_by_name = ${decidedBy?.name ?? null}, decided_at = ${decidedAt}, reason = ${reason}
        where id = ${id}`
    },
    page: (scope, { limit, after, state, service }) => sql<ReleaseRequest[]>`
      select ${columns(sql)} from developer_release_request where tenant = ${scope.tenant}
        and (${scope.all} or developer = ${scope.owner})
        ${after === undefined ? sql`` : sql`and id < ${after}`} ${state === undefined ? sql`` : sql`and state = ${state}`}
        ${service === undefined ? sql`` : sql`and service = ${service}`}
      order by id desc limit ${limit}`,
    async forget(before, limit) {
      const rows = await sql`
        delete from developer_release_request where id in (
          select id from developer_release_request where decided_at < ${before} order by decided_at limit ${limit})`
      return rows.count
    },
  }
}

function columns(sql: Sql) {
  return sql`id, tenant, developer, service, version, channel, note, state, asked_at as "askedAt",
    jsonb_build_object('id', asked_by, 'name', asked_by_name) as "askedBy", decided_at as "decidedAt", reason,
    case when decided_by is not null then jsonb_build_object('id', decided_by, 'name', decided_by_name) end as "decidedBy"`
}
