import { sql, type Kysely } from 'kysely'

/**
 * What filters over a fleet read (docs/decisions/0024): one narrow row per device, with its own statistics and indexes, so that
 * the planner knows what is rare. What changes with mere use (free storage, presence) is not in it. Texts of reports are cut to
 * 256 characters, because an index entry has a bound and a device could say anything.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await functions(db)
  await sql`
    create table entity_fleet (
      device text primary key references entity_device (id),
      tenant text not null default current_setting('sutler.tenant', true),
      household text not null,
      class text collate "C" not null,
      serial text collate "C" not null,
      name text collate "C" not null,
      state text not null default 'active',
      created_at timestamptz not null,
      reported boolean not null default false,
      report_class text collate "C",
      model text collate "C",
      arch text collate "C",
      cpus float8,
      os_name text collate "C",
      os_version text collate "C",
      os_version_key text collate "C" generated always as (entity_version_key(os_version)) stored,
      memory_total float8,
      storage_total float8,
      time_zone text collate "C",
      terms bigint[]
    )`.execute(db)
  await indexes(db)
  await reporting(db)
  await sql`
    insert into entity_fleet (device, tenant, household, class, serial, name, state, created_at)
    select id, tenant, household, class, left(serial, 256), left(name, 256), state, created_at from entity_device`.execute(
    db,
  )
  await sql`select entity_fleet_report(array(select device from entity_capabilities))`.execute(db)
}

async function functions(db: Kysely<unknown>): Promise<void> {
  // The same as versionKey() of packages/expressions; a test compares them.
  await sql`
    create function entity_version_key(version text) returns text
    language plpgsql immutable strict parallel safe as $$
    declare
      m text[];
    begin
      if length(version) > 128 then return null; end if;
      m := regexp_match(version,
        '^v?([0-9]{1,9})(?:\\.([0-9]{1,9}))?(?:\\.([0-9]{1,9}))?(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?$');
      if m is null then return null; end if;
      version := lpad(m[1], 9, '0') || '.' || lpad(coalesce(m[2], '0'), 9, '0') || '.' || lpad(coalesce(m[3], '0'), 9, '0');
      if m[4] is null then return version || '~'; end if;
      if m[4] ~ '(^|\\.)(\\.|$)' then return null; end if;
      return version || '-' || (
        select string_agg(
          case when id ~ '^[0-9]+$' then '0' || lpad(length(plain)::text, 3, '0') || plain else '1' || id end || '!', '' order by n)
        from (select id, n, regexp_replace(id, '^0+(?=[0-9])', '') as plain
          from unnest(string_to_array(m[4], '.')) with ordinality as u(id, n)) as identifiers);
    end $$`.execute(db)
  await sql`
    create function entity_term(kind text, a text, b text, c text) returns bigint
    language sql immutable parallel safe
    return hashtextextended(c, hashtextextended(b, hashtextextended(a, hashtextextended(kind, 0))))`.execute(db)
  await sql`
    create function entity_terms(report jsonb) returns bigint[]
    language sql immutable parallel safe as $$
      select coalesce(array_agg(term), '{}') from (
        select entity_term('feature', feature, '', '') as term from jsonb_array_elements_text(report->'features') as feature
        union all
        select unnest(array[entity_term('runtime', key, '', ''), entity_term('runtime is', key, value, '')])
        from jsonb_each_text(report->'runtimes')
        union all
        select unnest(array[
          entity_term('installed', i.service, '', ''), entity_term('installed version', i.service, i.version, ''),
          entity_term('installed component', i.service, '', i.component),
          entity_term('installed version of component', i.service, i.version, i.component)])
        from jsonb_to_recordset(report->'installed') as i(service text, version text, component text)) as terms
    $$`.execute(db)
}

async function indexes(db: Kysely<unknown>): Promise<void> {
  await sql`create index entity_fleet_tenant on entity_fleet (tenant, device)`.execute(db)
  await sql`create index entity_fleet_household on entity_fleet (household, device)`.execute(db)
  // Ending with the device: one value’s devices come in the order of pages, however many there are and wherever they lie.
  for (const column of ['class', 'report_class', 'model', 'arch', 'os_name', 'os_version', 'time_zone'])
    await sql`create index ${sql.raw(`entity_fleet_${column}`)} on entity_fleet (tenant, ${sql.raw(column)}, device)`.execute(
      db,
    )
  for (const column of ['os_version_key', 'serial', 'name', 'created_at', 'memory_total'])
    await sql`create index ${sql.raw(`entity_fleet_${column}`)} on entity_fleet (tenant, ${sql.raw(column)})`.execute(
      db,
    )
  await sql`create index entity_fleet_state on entity_fleet (tenant, state, device) where state <> 'active'`.execute(db)
  await sql`create index entity_fleet_terms on entity_fleet using gin (terms) with (fastupdate = off)`.execute(db)
  await sql`alter table entity_fleet alter column terms set statistics 1000`.execute(db)
  await sql`create statistics entity_fleet_kinds (mcv, dependencies) on class, model, os_name, os_version from entity_fleet`.execute(
    db,
  )
}

/** Brings these devices’ rows in step with their latest reports; touches no column that people change. */
async function reporting(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function entity_fleet_report(devices text[]) returns void language sql as $$
      update entity_fleet f set reported = true,
        report_class = left(c.report->>'class', 256),
        model = left(c.report#>>'{hardware,model}', 256),
        arch = left(c.report#>>'{hardware,arch}', 256),
        cpus = (c.report#>'{hardware,cpus}')::float8,
        os_name = left(c.report#>>'{os,name}', 256),
        os_version = left(c.report#>>'{os,version}', 256),
        memory_total = (c.report#>'{memory,total}')::float8,
        storage_total = (c.report#>'{storage,total}')::float8,
        time_zone = left(c.report->>'timeZone', 256),
        terms = entity_terms(c.report)
      from entity_capabilities c
      where c.device = any(devices) and f.device = c.device
    $$`.execute(db)
}
