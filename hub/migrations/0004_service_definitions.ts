import { sql, type Kysely } from 'kysely'

/** Services, their versions, and what a version is made of. File lists are not here: a manifest blob has them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table definition_service (
      id text primary key,
      title text not null,
      developer text not null,
      state text not null,
      created_at timestamptz not null
    )`.execute(db)
  await sql`
    create table definition_version (
      service text not null references definition_service,
      version text not null,
      state text not null,
      notes text not null,
      relations jsonb not null,
      created_at timestamptz not null,
      released_at timestamptz,
      primary key (service, version)
    )`.execute(db)
  await sql`
    create table definition_component (
      service text not null,
      version text not null,
      position int not null,
      name text not null,
      device_class text not null,
      compatibility text not null,
      restart text not null,
      health jsonb,
      manifest text not null,
      manifest_size int not null,
      files int not null,
      bytes bigint not null,
      primary key (service, version, position),
      unique (service, version, name),
      foreign key (service, version) references definition_version
    )`.execute(db)
  // The files route asks by manifest: only manifests of published components are served.
  await sql`create index definition_component_manifest on definition_component (manifest)`.execute(db)
}
