import type { Sql } from '../../../platform/database.ts'
import type { AuditOrder, AuditStore } from '../app/storage.ts'
import type { SignedHead } from '../domain/audit-head.ts'

interface EntryRow {
  chain: number
  position: number
  entry: string
}

interface ExportedRow {
  position: number
  hash: Buffer
  entry: string | null
  digest: Buffer | null
  tenant: string | null
  at: Date | null
  about: string[] | null
}

export const auditStore: AuditStore = {
  async append(sql, entries) {
    await sql`
      select audit_append(
        ${entries.map((entry) => JSON.stringify(entry))}::text[], ${entries.map(({ tenant }) => tenant)}::text[],
        ${entries.map(({ at }) => at)}::text[], ${entries.map(({ about }) => arrayText(about))}::text[])`
  },

  async page(sql, { tenant, since, ids, action, limit, sort, after }) {
    const [by, of] =
      action === undefined ? ['', ''] : [`"action":${JSON.stringify(action)}`, `"type":${JSON.stringify(action)}`]
    const place = after && sql`(${after.at}, ${after.chain}::smallint, ${after.position}::bigint)`
    const beyond = place === undefined ? sql`` : sql`and (at, chain, position) ${towards(sql, sort)} ${place}`
    return await sql<EntryRow[]>`
      select chain, position, entry from registration.registration_audit_entry
      where tenant = ${tenant} and at >= ${since} and about @> ${[...ids]}::text[]
        and (${by} = '' or position(${by} in entry) > 0 or position(${of} in entry) > 0)
        ${beyond}
      order by ${sort === 'newest' ? sql`at desc, chain desc, position desc` : sql`at, chain, position`} limit ${limit}`
  },

  async settleKey(sql, { publicKey, sealed }) {
    await sql`
      insert into registration.registration_audit_key (public_key, sealed) values (${publicKey}, ${sealed})
      on conflict do nothing`
    const [row] = await sql<{ public_key: string; sealed: Buffer }[]>`
      select public_key, sealed from registration.registration_audit_key`
    return { publicKey: row!.public_key, sealed: Buffer.from(row!.sealed) }
  },

  async lockLastHead(sql) {
    await sql`select pg_advisory_xact_lock(8482)`
    const [row] = await sql<SignedHead[]>`
      select number, head, signature, cut from registration.registration_audit_head order by number desc limit 1`
    return row
  },

  async ends(sql) {
    const rows = await sql<{ position: number; hash: Buffer }[]>`
      select position, hash from registration.registration_audit_chain order by chain`
    return rows.map(({ position, hash }) => ({ position, hash: Buffer.from(hash) }))
  },

  async addHead(sql, { number, head, signature }) {
    await sql`select registration.audit_add_head(${number}, ${head}, ${signature})`
  },

  async heads(sql, { sort, after, limit }) {
    const beyond = after === undefined ? sql`` : sql`where number ${towards(sql, sort)} ${after}`
    return await sql<SignedHead[]>`
      select number, head, signature, cut from registration.registration_audit_head
      ${beyond} order by number ${sort === 'newest' ? sql`desc` : sql``} limit ${limit}`
  },

  async lastHeadBefore(sql, before) {
    const [row] = await sql<SignedHead[]>`
      select number, head, signature, cut from registration.registration_audit_head
      where at < ${before} order by at desc, number desc limit 1`
    return row ?? null
  },

  async cut(sql, number, statement) {
    await sql`select registration.audit_cut(${number}, ${statement})`
  },

  async rows(sql, { tenant, chain, after, until, limit }) {
    const rows = await sql<ExportedRow[]>`
      select * from registration.audit_rows(${tenant}, ${chain}::smallint, ${after}, ${until}, ${limit})`
    return rows.map((row) => ({
      ...row,
      hash: Buffer.from(row.hash).toString('hex'),
      digest: row.digest === null ? null : Buffer.from(row.digest).toString('hex'),
    }))
  },

  async strays(sql) {
    return await sql<{ chain: number; position: number }[]>`select chain, position from registration.audit_strays()`
  },
}

/** What comes after a place in that order. */
function towards(sql: Sql, sort: AuditOrder) {
  return sort === 'newest' ? sql`<` : sql`>`
}

/** An array as PostgreSQL writes it (documentation 8.15.6). */
function arrayText(elements: readonly string[]): string {
  return `{${elements.map((each) => `"${each.replaceAll(/[\\"]/g, '\\$&')}"`).join(',')}}`
}
