import { backupLock } from '../../../platform/backup-lock.ts'
import type { Database, Sql, Tx } from '../../../platform/database.ts'
import type { BlobRow, BlobStorage, BlobUsage, VersionId } from '../app/blobs/storage.ts'

/** Statements over rows that may be many thousands go through in pieces of so many. */
const together = 5_000

/** The tables of stored files in PostgreSQL. */
export function blobRows(database: Database): BlobStorage {
  const { sql } = database
  return {
    async claim(digests, at, before) {
      // In order, so that two who claim the same do not wait for one another in a circle.
      const sorted = digests.toSorted()
      for (let i = 0; i < sorted.length; i += together) {
        await sql`
          insert into definition_blob (digest, claimed_at)
          select digest, ${new Date(at)} from unnest(${sorted.slice(i, i + together)}::text[]) as digest
          on conflict (digest) do update set claimed_at = excluded.claimed_at
          where definition_blob.claimed_at < ${new Date(before)}`
      }
    },
    async stored(digest, size) {
      await sql`update definition_blob set size = ${size}, lost_at = null where digest = ${digest} and size is distinct from ${size}`
    },
    keepList: (manifest, files, at) => database.transaction(async (tx) => keepList(tx, manifest, files, new Date(at))),
    async areKept(tx, manifests) {
      const [row] = await tx.sql<{ kept: number }[]>`
        select count(*)::int as kept from definition_manifest where digest = any(${[...manifests]}) and freed_at is null`
      return row!.kept === new Set(manifests).size
    },
    ...freeing(database),
    ...collecting(sql),
    ...scanning(sql),
  }
}

async function keepList(tx: Tx, manifest: string, files: ReadonlyMap<string, number>, at: Date): Promise<void> {
  const { sql } = tx
  // First the lock on the list: whoever may be letting go of it has ended then.
  await sql`
    insert into definition_manifest (digest, claimed_at, indexed) values (${manifest}, ${at}, true)
    on conflict (digest) do update set claimed_at = excluded.claimed_at, indexed = true, freed_at = null`
  const rows = [...files].map(([digest, size]) => ({ digest, size })).toSorted((a, b) => (a.digest < b.digest ? -1 : 1))
  await sql`
    insert into definition_blob (digest, size, claimed_at)
    select f.digest, f.size, ${at} from jsonb_to_recordset(${sql.json(rows)}) as f (digest text, size bigint)
    on conflict (digest) do update set claimed_at = excluded.claimed_at, size = excluded.size`
  await sql`
    insert into definition_manifest_file (manifest, digest)
    select ${manifest}, f.digest from jsonb_to_recordset(${sql.json(rows)}) as f (digest text)
    on conflict do nothing`
}

function freeing(database: Database): Pick<BlobStorage, 'unlisted' | 'retired' | 'free' | 'dropLists'> {
  const { sql } = database
  return {
    async unlisted(limit) {
      const rows = await sql<{ digest: string }[]>`
        select digest from definition_manifest where not indexed and freed_at is null order by digest limit ${limit}`
      return rows.map(({ digest }) => digest)
    },
    async retired(before, limit) {
      return sql<VersionId[]>`
        select tenant, service, version from definition_version
        where retired_at < ${new Date(before)} and freed_at is null order by retired_at limit ${limit}`
    },
    async free(tx, versions, at) {
      if (versions.length === 0) return []
      return tx.sql<VersionId[]>`
        update definition_version v set freed_at = ${new Date(at)}
        from jsonb_to_recordset(${tx.sql.json(versions as never)}) as f (tenant text, service text, version text)
        where v.tenant = f.tenant and v.service = f.service and v.version = f.version and v.state = 'retired' and v.freed_at is null
        returning v.tenant, v.service, v.version`
    },
    async dropLists(before, at, limit) {
      // Each statement sees what was committed before it began: the second looks once more at what the first has locked.
      return database.transaction(async ({ sql: locked }) => {
        const found = await locked<{ digest: string }[]>`
          select m.digest from definition_manifest m
          where m.freed_at is null and m.claimed_at < ${new Date(before)} and not ${kept(locked)}
          limit ${limit} for update of m skip locked`
        const digests = found.map(({ digest }) => digest)
        if (digests.length === 0) return 0
        const dropped = await locked<{ digest: string }[]>`
          update definition_manifest m set freed_at = ${new Date(at)} where m.digest = any(${digests}) and not ${kept(locked)}
          returning m.digest`
        await locked`delete from definition_manifest_file where manifest = any(${dropped.map(({ digest }) => digest)})`
        return dropped.length
      })
    },
  }
}

/** Whether a version that has its files has the list `m`. */
function kept(sql: Sql) {
  return sql`exists (select from definition_component c
    join definition_version v on v.tenant = c.tenant and v.service = c.service and v.version = c.version
    where c.manifest = m.digest and v.freed_at is null)`
}

/** Whether something that is kept needs the file `b`. */
function needed(sql: Sql) {
  return sql`(exists (select from definition_manifest_file f where f.digest = b.digest)
    or exists (select from definition_manifest m where m.digest = b.digest and m.freed_at is null)
    or exists (select from definition_patch p where p.patch = b.digest))`
}

function collecting(sql: Sql): Pick<BlobStorage, 'unneeded' | 'forget' | 'usage'> {
  return {
    async unneeded(before, limit) {
      const rows = await sql<{ digest: string }[]>`
        select b.digest from definition_blob b where b.claimed_at < ${new Date(before)} and not ${needed(sql)}
        order by b.claimed_at limit ${limit}`
      return rows.map(({ digest }) => digest)
    },
    async forget(tx, digests, before) {
      const [free] = await tx.sql`select 1 where pg_try_advisory_xact_lock(${backupLock})`
      if (free === undefined) return []
      const locked = await tx.sql<{ digest: string }[]>`
        select digest from definition_blob where digest = any(${[...digests]}) order by digest for update skip locked`
      // A statement of its own: what came to need one of them before it was locked is seen only now.
      return tx.sql<{ digest: string; size: number | null }[]>`
        delete from definition_blob b where b.digest = any(${locked.map(({ digest }) => digest)})
          and b.claimed_at < ${new Date(before)} and not ${needed(tx.sql)}
        returning b.digest, b.size`
    },
    async usage() {
      const [row] = await sql<Record<string, number>[]>`
        with known as (select b.size, b.lost_at, ${needed(sql)} as needed from definition_blob b where b.size is not null)
        select count(*)::int as "stored blobs", coalesce(sum(size), 0)::bigint as "stored bytes",
          count(*) filter (where needed)::int as "needed blobs", coalesce(sum(size) filter (where needed), 0)::bigint as "needed bytes",
          count(*) filter (where not needed)::int as "waiting blobs",
          coalesce(sum(size) filter (where not needed), 0)::bigint as "waiting bytes",
          count(lost_at)::int as "lost blobs", coalesce(sum(size) filter (where lost_at is not null), 0)::bigint as "lost bytes",
          (select count(*)::int from definition_patch where state = 'made') as "patches blobs",
          (select coalesce(sum(size), 0)::bigint from definition_patch where state = 'made') as "patches bytes",
          (select coalesce(sum(c.files), 0)::int from definition_component c join definition_version v using (tenant, service, version)
            where v.freed_at is null) as "unshared blobs",
          (select coalesce(sum(c.bytes), 0)::bigint from definition_component c join definition_version v using (tenant, service, version)
            where v.freed_at is null) as "unshared bytes"
        from known`
      const amount = (what: string) => ({ blobs: row![`${what} blobs`]!, bytes: row![`${what} bytes`]! })
      const parts = ['stored', 'needed', 'patches', 'waiting', 'lost', 'unshared'].map((what) => [what, amount(what)])
      return Object.fromEntries(parts) as BlobUsage
    },
  }
}

function scanning(sql: Sql): Pick<BlobStorage, 'beginningWith' | 'adopt' | 'setLost' | 'neededBy'> {
  return {
    async beginningWith(prefix) {
      const rows = await sql<
        { digest: string; size: number | null; claimed: Date; lost: Date | null; needed: boolean }[]
      >`
        select b.digest, b.size, b.claimed_at as claimed, b.lost_at as lost, ${needed(sql)} as needed
        from definition_blob b where b.digest >= ${prefix} and b.digest < ${`${prefix}g`}`
      const asRow = ({ claimed, lost, ...row }: (typeof rows)[number]): BlobRow => {
        return { ...row, claimedAt: claimed.getTime(), lostAt: lost?.getTime() ?? null }
      }
      return rows.map(asRow)
    },
    async adopt(found, at) {
      const rows = [...found].map(([digest, size]) => ({ digest, size }))
      await sql`
        insert into definition_blob (digest, size, claimed_at)
        select f.digest, f.size, ${new Date(at)} from jsonb_to_recordset(${sql.json(rows)}) as f (digest text, size bigint)
        order by f.digest
        on conflict (digest) do update set size = excluded.size where definition_blob.size is null`
    },
    async setLost(tx, digests, at) {
      const rows = await tx.sql<{ digest: string }[]>`
        update definition_blob set lost_at = ${at === null ? null : new Date(at)}
        where digest = any(${[...digests]}) and (lost_at is null) = ${at !== null}
        returning digest`
      return rows.map(({ digest }) => digest)
    },
    async neededBy(digest, limit) {
      return sql<VersionId[]>`
        select distinct c.tenant, c.service, c.version from definition_component c
        where c.manifest = ${digest} or c.manifest in (select manifest from definition_manifest_file f where f.digest = ${digest})
        order by c.tenant, c.service, c.version limit ${limit}`
    },
  }
}
