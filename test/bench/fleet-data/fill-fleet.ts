import type { connect } from '../../../hub/src/platform/database.ts'

type Sql = ReturnType<typeof connect>

/**
 * A seeded fleet straight into the tables of a hub: households of three devices, each device with a report, two subscriptions per
 * device. What a device is like depends on the seed and its number alone. Skewed as fleets are: many of some models, few of
 * others, one in ten thousand that is old, and a new model that only the newest hundredth has.
 */

export interface FleetSize {
  readonly devices: number
  readonly subscriptions: number
  readonly seed: number
  readonly tenant: string
}

const chunk = 50_000

/** @param sql of the owner, one connection */
export async function fillFleet(sql: Sql, size: FleetSize, say: (line: string) => void): Promise<void> {
  const tables = [
    'entity_device',
    'entity_presence',
    'entity_capabilities',
    'entity_fleet',
    'entity_search',
    'order_subscription',
  ]
  await sql`set synchronous_commit = off`
  await sql`set maintenance_work_mem = '512MB'`
  const indexes = size.devices > chunk ? await dropIndexes(sql, tables) : []
  for (let from = 0; from < size.devices; from += chunk) {
    const to = Math.min(from + chunk, size.devices)
    await addDevices(sql, size, from, to)
    say(`${to} devices`)
  }
  const perHousehold = Math.ceil(size.subscriptions / Math.ceil(size.devices / 3))
  await addSubscriptions(sql, size, perHousehold)
  await label(sql)
  // Reports have written each row of the fleet a second time: without this half of the table would be their leavings.
  if (indexes.length > 0) await sql`vacuum full entity_fleet`
  for (const definition of indexes) await sql.unsafe(definition)
  for (const table of ['entity_household', ...tables]) await sql`vacuum analyze ${sql(table)}`
  say(`${size.subscriptions} subscriptions, indexes, statistics`)
}

/** One device in a thousand has a tag and an attribute. */
async function label(sql: Sql): Promise<void> {
  for (const [table, key] of [
    ['entity_device', 'id'],
    ['entity_fleet', 'device'],
  ] as const)
    await sql`
      update ${sql(table)} set tags = '{trial}', attributes = '{"floor": 3}' where hashtext(${sql(key)}) % 1000 = 0`
}

/** To be made again at the end, at once and in order, which takes a fraction of the time. */
async function dropIndexes(sql: Sql, tables: readonly string[]): Promise<string[]> {
  const rows = await sql<{ name: string; definition: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class t on t.oid = i.indrelid
    where t.relname = any(${[...tables]}::text[]) and not exists (select 1 from pg_constraint where conindid = i.indexrelid)`
  for (const { name } of rows) await sql.unsafe(`drop index ${name}`)
  return rows.map((row) => row.definition)
}

async function addDevices(sql: Sql, { seed, tenant, devices }: FleetSize, from: number, to: number) {
  await sql`
    insert into entity_household (id, tenant, name, time_zone, created_at)
    select 'hh-' || lpad(h::text, 10, '0'), ${tenant}, 'Household ' || h,
      (array['Europe/Berlin', 'Europe/Dublin', 'Europe/Madrid', 'Asia/Tokyo'])[h % 4 + 1], now()
    from generate_series(${Math.ceil(from / 3)}::int, ${Math.ceil(to / 3) - 1}::int) as h
    on conflict do nothing`
  await sql.unsafe('drop table if exists pg_temp.made')
  // r(n) is a number from 0 to 1 that depends on seed, device and n.
  await sql.unsafe(
    `create temp table made as
     with numbers as (
       select i, (hashint8extended(i, $1::bigint * 64 + n) & 1048575) / 1048576.0 as r, n
       from generate_series($2::int, $3::int) as i, generate_series(1, 8) as n),
     drawn as (select i, array_agg(r order by n) as r from numbers group by i)
     select i, 'dev-' || lpad(i::text, 10, '0') as id, 'hh-' || lpad((i / 3)::text, 10, '0') as household,
       (array['phone', 'set-top-box', 'gateway'])[i % 3 + 1] as class, r,
       case when i >= $4::int * 0.99 then 'NEW-1'
         when r[1] < 0.0001 then 'OLD-1'
         else (array['PH', 'STB', 'GW'])[i % 3 + 1] || '-' || (1 + floor(r[2] * r[2] * 60))::int end as model,
       floor(r[3] * 6)::int as os, floor(r[4] * r[4] * 5)::int as guide
     from drawn`,
    [seed, from, to - 1, devices],
  )
  await sql`
    insert into entity_device (id, tenant, household, class, serial, identities, name, state, created_at)
    select id, ${tenant}, household, class, 'SN-' || lpad(i::text, 10, '0'),
      array['{"mac":"00:50:' || rtrim(regexp_replace(lpad(to_hex(i), 8, '0'), '(..)', '\\1:', 'g'), ':') || '"}'],
      initcap(class) || ' ' || i % 1000, case when r[5] < 0.002 then 'quarantined' else 'active' end,
      timestamptz '2024-01-01' + i * interval '20 seconds' from made order by i`
  await sql`
    insert into entity_presence (device, reachable, changed_at) select id, r[6] < 0.7, now() from made order by i`
  await addReports(sql)
  await sql`
    insert into entity_fleet (device, tenant, household, class, serial, name, state, created_at)
    select id, tenant, household, class, serial, name, state, created_at from entity_device
    where id in (select id from made) order by id`
  await sql`select entity_fleet_report(array(select id from made))`
}

async function addReports(sql: Sql): Promise<void> {
  await sql`
    insert into entity_capabilities (device, digest, lasting_digest, report, reported_at)
    select id, sha256(id::bytea), sha256(id::bytea), jsonb_build_object(
        'class', class,
        'hardware', jsonb_build_object('model', model, 'arch', case when r[7] < 0.8 then 'arm64' else 'x64' end, 'cpus', 2 << (i % 3)),
        'os', jsonb_build_object('name', case when class = 'phone' then 'android' else 'linux' end, 'version', (11 + os) || '.' || i % 4),
        'memory', jsonb_build_object('total', 536870912::bigint << (i % 5)),
        'storage', jsonb_build_object('total', 68719476736, 'free', floor(r[8] * 68719476736)),
        'runtimes', jsonb_build_object('node', (20 + 2 * (i % 3)) || '.0.0'),
        'features', case when class = 'phone' then '["suspend"]'::jsonb else '["restart", "suspend"]'::jsonb end,
        'timeZone', (array['Europe/Berlin', 'Europe/Dublin', 'Europe/Madrid', 'Asia/Tokyo'])[i / 3 % 4 + 1],
        'installed', (case when guide > 0 then jsonb_build_array(jsonb_build_object('service', 'tv-guide', 'version', '1.' || guide || '.0',
          'component', class, 'manifest', encode(sha256('m'::bytea), 'hex'), 'epoch', 1)) else '[]'::jsonb end)
          || jsonb_build_array(jsonb_build_object('service', 'home-' || i % 7, 'version', '2.0.0', 'component', 'main',
            'manifest', encode(sha256('n'::bytea), 'hex'), 'epoch', 1))),
      now()
    from made order by i`
}

async function addSubscriptions(sql: Sql, { tenant, devices, subscriptions }: FleetSize, each: number) {
  for (let from = 0; from < subscriptions; from += 4 * chunk) {
    const to = Math.min(from + 4 * chunk, subscriptions) - 1
    await sql`
      insert into order_subscription (id, tenant, household, service, version, state, commercial, created_at, updated_at)
      select 'sub-' || lpad(s::text, 10, '0'), ${tenant}, 'hh-' || lpad((s / ${each}::int)::text, 10, '0'), 'service-' || s % ${each}::int,
        '1.0.0', 'active', 'active', now(), now()
      from generate_series(${from}::int, ${to}::int) as s where s / ${each}::int < ceil(${devices}::int / 3.0)`
  }
}
