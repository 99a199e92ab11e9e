import type { Database, Sql, Tx } from '../../../platform/database.ts'
import type { DefinitionStorage, RelatedVersion } from '../app/storage.ts'
import type { ComponentDefinition, Service, VersionDefinition, VersionSummary } from '../domain/definition.ts'

interface ServiceRow extends Omit<Service, 'createdAt'> {
  readonly created_at: Date
  readonly revision: string
}

interface VersionRow extends Omit<VersionSummary, 'createdAt' | 'releasedAt' | 'publishedBy'> {
  readonly published_by: string
  readonly created_at: Date
  readonly released_at: Date | null
  readonly relations: VersionDefinition['relations']
  readonly components: readonly ComponentDefinition[]
}

/** What a version of `definition_version v` is made of. */
const componentsOfVersion = (sql: Sql) => sql`
  select coalesce(jsonb_agg(jsonb_build_object(
    'name', c.name, 'deviceClass', c.device_class, 'compatibility', c.compatibility, 'restart', c.restart,
    'role', c.role, 'reports', c.reports,
    'health', c.health, 'after', c.after, 'manifest', jsonb_build_object('digest', c.manifest, 'size', c.manifest_size),
    'files', c.files, 'bytes', c.bytes) order by c.position), '[]')
  from definition_component c where c.tenant = v.tenant and c.service = v.service and c.version = v.version`

/** This module's tables in PostgreSQL. */
export function definitionRows(database: Database): DefinitionStorage {
  const via = (tx: Tx | null): Sql => tx?.sql ?? database.sql
  return {
    async service(tx, tenant, id) {
      const [row] = await via(tx)<
        ServiceRow[]
      >`select * from definition_service where tenant = ${tenant} and id = ${id}`
      return row ? asService(row) : null
    },
    async lockService(tx, tenant, id) {
      const [row] = await tx.sql<ServiceRow[]>`
        select * from definition_service where tenant = ${tenant} and id = ${id} for update`
      return row ? asService(row) : null
    },
    async services(visible, category, after, limit) {
      const rows = await database.sql<ServiceRow[]>`
        select * from definition_service
        where tenant = ${visible.tenant} and id > ${after ?? ''} and (${visible.all} or developer = ${visible.owner} or state not in ('draft', 'candidate'))
          and (${category}::text is null or categories @> array[${category}::text])
        order by id limit ${limit}`
      return rows.map(asService)
    },
    async called(visible, text, limit) {
      const inside = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
      const rows = await database.sql<ServiceRow[]>`
        select * from definition_service
        where tenant = ${visible.tenant} and (${visible.all} or developer = ${visible.owner} or state not in ('draft', 'candidate'))
          and (id ilike ${inside} or title ilike ${inside})
        order by not (id ilike ${inside.slice(1)} or title ilike ${inside.slice(1)}), id limit ${limit}`
      return rows.map(asService)
    },
    async summaries(tx, tenant, service) {
      const rows = await via(tx)<VersionRow[]>`
        select tenant, service, version, state, channel, notes, published_by, created_at, released_at from definition_version
        where tenant = ${tenant} and service = ${service}`
      return rows.map(asSummary)
    },
    async version(tx, tenant, service, version) {
      const sql = via(tx)
      const [row] = await sql<VersionRow[]>`
        select v.*, (${componentsOfVersion(sql)}) as components
        from definition_version v where v.tenant = ${tenant} and v.service = ${service} and v.version = ${version}`
      return row ? asVersion(row) : null
    },
    async versionsOf(tx, tenant, services) {
      const sql = via(tx)
      const rows = await sql<VersionRow[]>`
        select v.*, (${componentsOfVersion(sql)}) as components
        from definition_version v where v.tenant = ${tenant} and v.service = any(${[...services]}) and v.state not in ('draft', 'candidate')`
      return rows.map(asVersion)
    },
    async revisions(tx, wanted) {
      const pairs = wanted.flatMap(({ tenant, services }) => services.map((id) => ({ tenant, id })))
      const rows = await via(tx)<(Pick<ServiceRow, 'id' | 'revision'> & { tenant: string })[]>`
        select s.tenant, s.id, s.revision from definition_service s
        join (select distinct * from unnest(${pairs.map(({ tenant }) => tenant)}::text[], ${pairs.map(({ id }) => id)}::text[])) as w (tenant, id)
          on s.tenant = w.tenant and s.id = w.id`
      const found = Map.groupBy(rows, ({ tenant }) => tenant)
      return new Map(
        [...found].map(([tenant, own]) => [tenant, new Map(own.map(({ id, revision }) => [id, revision]))]),
      )
    },
    async insertService(tx, service) {
      const inserted = await tx.sql`
        insert into definition_service (tenant, id, title, developer, categories, parental, state, created_at)
        values (${service.tenant}, ${service.id}, ${service.title}, ${service.developer}, ${[...service.categories]},
          ${service.parental}, ${service.state}, ${new Date(service.createdAt)})
        on conflict do nothing`
      return inserted.count === 1
    },
    async releaseRule(tx, tenant) {
      const [row] = await via(tx)<{ second_person: boolean; changed_by: string; changed_at: Date }[]>`
        select second_person, changed_by, changed_at from definition_release_rule where tenant = ${tenant}`
      if (row === undefined) return { secondPerson: false, changedBy: null, changedAt: null }
      return { secondPerson: row.second_person, changedBy: row.changed_by, changedAt: row.changed_at.getTime() }
    },
    async setReleaseRule(tx, tenant, secondPerson, by, at) {
      await tx.sql`
        insert into definition_release_rule (tenant, second_person, changed_by, changed_at)
        values (${tenant}, ${secondPerson}, ${by}, ${new Date(at)})
        on conflict (tenant) do update set second_person = excluded.second_person, changed_by = excluded.changed_by,
          changed_at = excluded.changed_at`
    },
    insertVersion,
    async setServiceState(tx, tenant, id, state) {
      await tx.sql`
        update definition_service set state = ${state}, revision = revision + 1 where tenant = ${tenant} and id = ${id}`
    },
    async setServiceDetails(tx, { tenant, id, title, categories, parental }) {
      await tx.sql`
        update definition_service set title = ${title}, categories = ${[...categories]}, parental = ${parental}
        where tenant = ${tenant} and id = ${id}`
    },
    async setVersionState(tx, { tenant, service, version }, state, { releasedAt, retiredAt }, channel) {
      await tx.sql`
        update definition_version set state = ${state}, released_at = ${releasedAt === null ? null : new Date(releasedAt)},
          retired_at = ${retiredAt === null ? null : new Date(retiredAt)}, channel = ${channel}
        where tenant = ${tenant} and service = ${service} and version = ${version}`
    },
    async around(visible, service, limit) {
      const rows = await database.sql<RelatedVersion[]>`
        select v.service, v.version, v.state, v.relations from definition_version v
        join definition_service s on s.tenant = v.tenant and s.id = v.service
        where v.tenant = ${visible.tenant} and (v.service = ${service} or v.relations @> ${database.sql.json([{ service }])})
          and (${visible.all} or s.developer = ${visible.owner} or v.state not in ('draft', 'candidate'))
        order by v.created_at desc limit ${limit}`
      return [...rows]
    },
    async isManifest(digest) {
      const rows = await database.sql`
        select 1 from definition_component c join definition_version v using (tenant, service, version)
        where c.manifest = ${digest} and v.freed_at is null limit 1`
      return rows.length > 0
    },
  }
}

async function insertVersion(tx: Tx, version: VersionDefinition): Promise<void> {
  const { sql } = tx
  await sql`
    insert into definition_version (tenant, service, version, state, channel, notes, relations, published_by, created_at, released_at)
    values (${version.tenant}, ${version.service}, ${version.version}, ${version.state}, ${version.channel}, ${version.notes},
      ${sql.json(version.relations as never)}, ${version.publishedBy}, ${new Date(version.createdAt)},
      ${version.releasedAt === null ? null : new Date(version.releasedAt)})`
  const rows = version.components.map((component, position) => ({
    position,
    name: component.name,
    device_class: component.deviceClass,
    compatibility: component.compatibility,
    restart: component.restart,
    role: component.role,
    reports: component.reports,
    health: component.health,
    after: component.after,
    manifest: component.manifest.digest,
    manifest_size: component.manifest.size,
    files: component.files,
    bytes: component.bytes,
  }))
  await sql`
    insert into definition_component (tenant, service, version, position, name, device_class, compatibility, restart, role, reports,
      health, after, manifest, manifest_size, files, bytes)
    select ${version.tenant}, ${version.service}, ${version.version}, c.position, c.name, c.device_class, c.compatibility, c.restart,
      c.role, nullif(c.reports, 'null'), nullif(c.health, 'null'), c.after, c.manifest, c.manifest_size, c.files, c.bytes
    from jsonb_to_recordset(${sql.json(rows as never)}) as c (position int, name text, device_class text,
      compatibility text, restart text, role text, reports jsonb, health jsonb, after jsonb, manifest text, manifest_size int, files int, bytes bigint)`
}

function asService(row: ServiceRow): Service {
  const { tenant, id, title, developer, categories, parental, state, created_at: createdAt } = row
  return { tenant, id, title, developer, categories, parental, state, createdAt: createdAt.getTime() }
}

function asVersion(row: VersionRow): VersionDefinition {
  return { ...asSummary(row), relations: row.relations, components: row.components }
}

function asSummary(row: VersionRow): VersionSummary {
  const { tenant, service, version, state, channel, notes, published_by: publishedBy } = row
  const releasedAt = row.released_at === null ? null : row.released_at.getTime()
  return {
    tenant,
    service,
    version,
    state,
    channel,
    notes,
    createdAt: row.created_at.getTime(),
    publishedBy,
    releasedAt,
  }
}
