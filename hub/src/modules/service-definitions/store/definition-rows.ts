import type { Database, Sql, Tx } from '../../../platform/database.ts'
import type { DefinitionStorage } from '../app/storage.ts'
import type { ComponentDefinition, Service, VersionDefinition, VersionSummary } from '../domain/definition.ts'

interface ServiceRow extends Omit<Service, 'createdAt'> {
  readonly created_at: Date
}

interface VersionRow extends Omit<VersionSummary, 'createdAt' | 'releasedAt'> {
  readonly created_at: Date
  readonly released_at: Date | null
  readonly relations: VersionDefinition['relations']
  readonly components: readonly ComponentDefinition[]
}

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
    async services(visible, after, limit) {
      const rows = await database.sql<ServiceRow[]>`
        select * from definition_service
        where tenant = ${visible.tenant} and id > ${after ?? ''} and (${visible.all} or developer = ${visible.owner} or state not in ('draft', 'candidate'))
        order by id limit ${limit}`
      return rows.map(asService)
    },
    async summaries(tx, tenant, service) {
      const rows = await via(tx)<VersionRow[]>`
        select tenant, service, version, state, notes, created_at, released_at from definition_version
        where tenant = ${tenant} and service = ${service}`
      return rows.map(asSummary)
    },
    async version(tx, tenant, service, version) {
      const [row] = await via(tx)<VersionRow[]>`
        select v.*, (
          select coalesce(jsonb_agg(jsonb_build_object(
            'name', c.name, 'deviceClass', c.device_class, 'compatibility', c.compatibility, 'restart', c.restart,
            'health', c.health, 'manifest', jsonb_build_object('digest', c.manifest, 'size', c.manifest_size),
            'files', c.files, 'bytes', c.bytes) order by c.position), '[]')
          from definition_component c where c.tenant = v.tenant and c.service = v.service and c.version = v.version
        ) as components
        from definition_version v where v.tenant = ${tenant} and v.service = ${service} and v.version = ${version}`
      return row ? { ...asSummary(row), relations: row.relations, components: row.components } : null
    },
    async insertService(tx, service) {
      const inserted = await tx.sql`
        insert into definition_service (tenant, id, title, developer, state, created_at)
        values (${service.tenant}, ${service.id}, ${service.title}, ${service.developer}, ${service.state}, ${new Date(service.createdAt)})
        on conflict do nothing`
      return inserted.count === 1
    },
    insertVersion,
    async setServiceState(tx, tenant, id, state) {
      await tx.sql`
        update definition_service set state = ${state} where tenant = ${tenant} and id = ${id} and state <> ${state}`
    },
    async setVersionState(tx, { tenant, service, version }, state, { releasedAt, retiredAt }) {
      await tx.sql`
        update definition_version set state = ${state}, released_at = ${releasedAt === null ? null : new Date(releasedAt)},
          retired_at = ${retiredAt === null ? null : new Date(retiredAt)}
        where tenant = ${tenant} and service = ${service} and version = ${version}`
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
    insert into definition_version (tenant, service, version, state, notes, relations, created_at, released_at)
    values (${version.tenant}, ${version.service}, ${version.version}, ${version.state}, ${version.notes},
      ${sql.json(version.relations as never)}, ${new Date(version.createdAt)},
      ${version.releasedAt === null ? null : new Date(version.releasedAt)})`
  const rows = version.components.map((component, position) => ({
    position,
    name: component.name,
    device_class: component.deviceClass,
    compatibility: component.compatibility,
    restart: component.restart,
    health: component.health,
    manifest: component.manifest.digest,
    manifest_size: component.manifest.size,
    files: component.files,
    bytes: component.bytes,
  }))
  await sql`
    insert into definition_component (tenant, service, version, position, name, device_class, compatibility, restart, health,
      manifest, manifest_size, files, bytes)
    select ${version.tenant}, ${version.service}, ${version.version}, c.position, c.name, c.device_class, c.compatibility, c.restart,
      nullif(c.health, 'null'), c.manifest, c.manifest_size, c.files, c.bytes
    from jsonb_to_recordset(${sql.json(rows as never)}) as c (position int, name text, device_class text,
      compatibility text, restart text, health jsonb, manifest text, manifest_size int, files int, bytes bigint)`
}

function asService({ created_at: createdAt, ...row }: ServiceRow): Service {
  return { ...row, createdAt: createdAt.getTime() }
}

function asSummary(row: VersionRow): VersionSummary {
  const { tenant, service, version, state, notes } = row
  const releasedAt = row.released_at === null ? null : row.released_at.getTime()
  return { tenant, service, version, state, notes, createdAt: row.created_at.getTime(), releasedAt }
}
