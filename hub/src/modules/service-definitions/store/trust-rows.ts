import type { Database, Sql, Tx } from '../../../platform/database.ts'
import type { OnlineKey } from '../../../signer/requests.ts'
import type { StoredAssignment, TrustFile, TrustStorage } from '../app/trust/storage.ts'

type FileRow = Omit<TrustFile, 'expires'> & { readonly expires: Date }
type AssignmentRow = Omit<StoredAssignment, 'expires'> & { readonly expires: Date }

/** Advisory locks of this module (two-key form): `trustLock` alone for the repository, with a device's hash for assignments. */
const trustLock = 7_120
const assignmentLock = 7_121

/** Signed metadata in PostgreSQL: all hubs serve the same. */
export function trustRows(database: Database): TrustStorage {
  const via = (tx: Tx | null): Sql => tx?.sql ?? database.sql
  return {
    ...assignmentRows(via),
    async lock({ sql }, wait) {
      if (!wait) {
        const [row] = await sql<{ got: boolean }[]>`select pg_try_advisory_xact_lock(${trustLock}, 0) as got`
        return row!.got
      }
      await sql`select pg_advisory_xact_lock(${trustLock}, 0)`
      return true
    },
    async newest(tx, role) {
      const [row] = await via(tx)<FileRow[]>`
        select role, version, bytes, sha256, expires from definition_trust_file
        where role = ${role} order by version desc limit 1`
      return row ? asFile(row) : null
    },
    async summaries(tx) {
      const rows = await via(tx)<Omit<FileRow, 'bytes'>[]>`
        select distinct on (role) role, version, sha256, expires from definition_trust_file order by role, version desc`
      return rows.map((row) => ({ ...row, expires: seconds(row.expires) }))
    },
    async file(role, version) {
      const [row] = await database.sql<FileRow[]>`
        select role, version, bytes, sha256, expires from definition_trust_file
        where role = ${role} and version = ${version}`
      return row ? asFile(row) : null
    },
    async add({ sql }, { role, version, bytes, sha256, expires }, at) {
      await sql`
        insert into definition_trust_file (role, version, bytes, sha256, expires, created_at)
        values (${role}, ${version}, ${Buffer.from(bytes)}, ${sha256}, ${new Date(expires * 1000)}, ${at})`
    },
    async prune({ sql }, role, keep) {
      await sql`
        delete from definition_trust_file where role = ${role} and version <= (
          select version from definition_trust_file where role = ${role} order by version desc offset ${keep} limit 1)`
    },
    async warn({ sql }, role, version, at) {
      const rows = await sql`
        update definition_trust_file set warned_at = ${at}
        where role = ${role} and version = ${version} and warned_at is null`
      return rows.count === 1
    },
    async onlineKeys(tx) {
      return via(tx)<OnlineKey[]>`
        select role, key_id as "keyId", scheme, public from definition_trust_online_key order by role, key_id limit 1000`
    },
    async addOnlineKeys(keys, at) {
      for (const key of keys)
        await database.sql`
          insert into definition_trust_online_key (key_id, role, scheme, public, seen_at)
          values (${key.keyId}, ${key.role}, ${key.scheme}, ${key.public}, ${at})
          on conflict (key_id) do update set seen_at = excluded.seen_at`
    },
  }
}

function assignmentRows(
  via: (tx: Tx | null) => Sql,
): Pick<TrustStorage, 'assignment' | 'lockAssignment' | 'putAssignment'> {
  return {
    async assignment(tx, device) {
      const [row] = await via(tx)<AssignmentRow[]>`
        select device, version, root, snapshot, content, expires, bytes from definition_trust_assignment
        where device = ${device}`
      return row ? { ...row, expires: seconds(row.expires) } : null
    },
    async lockAssignment({ sql }, device) {
      await sql`select pg_advisory_xact_lock(${assignmentLock}, hashtext(${device}))`
    },
    async putAssignment({ sql }, { device, version, root, snapshot, content, expires, bytes }) {
      await sql`
        insert into definition_trust_assignment (device, version, root, snapshot, content, expires, bytes)
        values (${device}, ${version}, ${root}, ${snapshot}, ${content}, ${new Date(expires * 1000)}, ${Buffer.from(bytes)})
        on conflict (device) do update set version = excluded.version, root = excluded.root, snapshot = excluded.snapshot,
          content = excluded.content, expires = excluded.expires, bytes = excluded.bytes`
    },
  }
}

function asFile(row: FileRow): TrustFile {
  return { ...row, expires: seconds(row.expires) }
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000)
}
