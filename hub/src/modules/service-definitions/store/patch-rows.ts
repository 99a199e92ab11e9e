import type { Database } from '../../../platform/database.ts'
import type { PatchStorage, StoredPatch, WantedPatch } from '../app/blobs/patch-storage.ts'
import type { VersionId } from '../app/blobs/storage.ts'

/** The table of patches in PostgreSQL. */
export function patchRows(database: Database): PatchStorage {
  const { sql } = database
  const made = () => sql`from_digest as "from", to_digest as "to", patch as digest, size`
  return {
    async unplanned(limit) {
      return sql<VersionId[]>`
        select tenant, service, version from definition_version
        where state in ('candidate', 'released') and (patches_planned_at is null or patches_planned_at < released_at)
        order by coalesce(released_at, created_at) desc limit ${limit}`
    },
    plan: ({ tenant, service, version }, pairs, at) =>
      database.transaction(async (tx) => {
        await tx.sql`
          insert into definition_patch (from_digest, to_digest, from_size, to_size, state, due_at)
          select p.from, p.to, p."fromSize", p."toSize", 'wanted', ${new Date(at)}
          from jsonb_to_recordset(${tx.sql.json(pairs as never)}) as p ("from" text, "to" text, "fromSize" bigint, "toSize" bigint)
          order by p.from, p.to on conflict do nothing`
        await tx.sql`
          update definition_version set patches_planned_at = ${new Date(at)}
          where tenant = ${tenant} and service = ${service} and version = ${version}`
      }),
    async take(at, until) {
      const [row] = await sql<WantedPatch[]>`
        update definition_patch p set due_at = ${new Date(until)}, attempts = attempts + 1
        from (select from_digest, to_digest from definition_patch where state = 'wanted' and due_at <= ${new Date(at)}
          order by due_at, to_size limit 1 for update skip locked) as next
        where p.from_digest = next.from_digest and p.to_digest = next.to_digest
        returning p.from_digest as "from", p.from_size as "fromSize", p.to_digest as "to", p.to_size as "toSize", attempts`
      return row ?? null
    },
    async end({ from, to }, end) {
      const [patch, size] = end.state === 'made' ? [end.patch, end.size] : [null, null]
      const detail = end.state === 'made' ? '' : end.detail
      await sql`
        update definition_patch set state = ${end.state}, patch = ${patch}, size = ${size}, detail = ${detail},
          due_at = ${end.state === 'wanted' ? new Date(end.due) : sql`due_at`}
        where from_digest = ${from} and to_digest = ${to}`
    },
    async to(digests) {
      return sql<StoredPatch[]>`
        select ${made()} from definition_patch where state = 'made' and to_digest = any(${[...digests]})`
    },
    async find(from, to) {
      const [row] = await sql<StoredPatch[]>`
        select ${made()} from definition_patch where from_digest = ${from} and to_digest = ${to} and state = 'made'`
      return row ?? null
    },
    async used({ from, to }, at, before) {
      await sql`
        update definition_patch set used_at = ${new Date(at)}
        where from_digest = ${from} and to_digest = ${to} and (used_at is null or used_at < ${new Date(before)})`
    },
    async drop(before, limit) {
      const dropped = await sql`
        delete from definition_patch p using (
          select from_digest, to_digest from definition_patch d
          where (d.state = 'made' and coalesce(d.used_at, d.due_at) < ${new Date(before)})
            or not exists (select from definition_manifest_file f where f.digest = d.from_digest)
            or not exists (select from definition_manifest_file f where f.digest = d.to_digest)
          limit ${limit}) as old
        where p.from_digest = old.from_digest and p.to_digest = old.to_digest`
      return dropped.count
    },
  }
}
