import { answer, type SutlerClient } from '@sutler/client'
import { connect } from '../../hub/src/platform/database.ts'
import { publishTestService } from '../journeys/household.ts'
import { startHub } from '../support/hub-process.ts'
import { openServer } from './engine/server.ts'
import { figure, quantile, type Bench, type Figures } from './measure.ts'

/**
 * What a developer asks of a service on a million devices (50,000 with --quick) that had two versions each: how many have which, by
 * day, and why it failed; while as many differences wait to be added up as a hub at its fastest brings in between.
 */

const service = 'radio'
const [older, newer] = ['1.0.0', '2.0.0']
const goal = 'p99 < 100 ms'

export const bench: Bench = async ({ quick, say, resources }) => {
  const server = await openServer(resources)
  const unlimited = { SUTLER_REQUEST_RATE: '1000000', SUTLER_REQUEST_RATE_PER_ADDRESS: '1000000' }
  const databaseUrl = await server.create('adoption')
  const hub = await startHub({ databaseUrl, env: unlimited })
  resources.defer(() => hub.stop())
  for (const version of [older, newer])
    await publishTestService(hub, service, version, [{ deviceClass: 'phone', files: { a: version } }])
  const began = performance.now()
  const sql = connect(databaseUrl, { max: 1 })
  await fill(sql, quick ? 50_000 : 1_000_000, say)
  await sql.end({ timeout: 5 })
  say(`filled in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  return asked(hub.api, quick ? 40 : 200, say)
}

/** Deliveries of both versions: of the newer one, one in fifty failed, for five hundred different reasons, and one in ten is open. */
async function fill(sql: ReturnType<typeof connect>, devices: number, say: (line: string) => void): Promise<void> {
  await sql`set synchronous_commit = off`
  await sql`
    insert into order_order (id, tenant, household, requested_by, decision, origin_kind, origin_id, priority, all_or_nothing, conducted, phase,
      state, created_at, updated_at)
    values ('ord-bench', 'main', 'hh-bench', 'usr-bench', 'dec-bench', 'person', 'usr-bench', 4, false, false, 'carrying-out', 'inProgress', now(), now())`
  await sql`
    insert into order_subscription (id, tenant, household, service, version, state, commercial, created_at, updated_at)
    values ('sub-bench', 'main', 'hh-bench', ${service}, ${newer}, 'active', 'authorized', now(), now())`
  await sql`
    insert into order_item (id, order_id, position, action, service, version, subscription, state)
    values ('itm-bench', 'ord-bench', 0, 'add', ${service}, ${newer}, 'sub-bench', 'inProgress')`
  const chunk = 50_000
  for (const version of [older, newer])
    for (let from = 0; from < devices; from += chunk) {
      const state =
        version === older
          ? sql`'confirmed'`
          : sql`
        case when i % 50 = 0 then 'failed' when i % 10 = 1 then 'pending' else 'confirmed' end`
      await sql`
        with made as (
          insert into order_delivery (id, tenant, order_id, item, subscription, household, device, kind, service, version, component,
            manifest_size, files, bytes, purpose, state, detail, created_at, updated_at, settled_at)
          select 'dlv-' || ${version}::text || lpad(i::text, 10, '0'), 'main', 'ord-bench', 'itm-bench', 'sub-bench', 'hh-' || i / 3, 'dev-' || i,
            'install', ${service}, ${version}, 'phone', 100, 1, 5, 'carry-out', state,
            case when state = 'failed' then 'failed: health-check-failed: reason ' || i / 50 % 500 else '' end, at, at,
            case when state <> 'pending' then at end
          from (select i, ${state} as state, now() - i % 86 * interval '1 day' as at
            from generate_series(${from}::int, ${Math.min(from + chunk, devices) - 1}::int) as i) as drawn
          returning *),
        failures as (
          insert into order_failure (tenant, service, version, delivery)
          select tenant, service, version, id from made where state = 'failed'),
        days as (
          insert into order_adoption_day (tenant, service, version, day, confirmed, failed)
          select tenant, service, version, settled_at::date, count(*) filter (where state = 'confirmed'), count(*) filter (where state = 'failed')
          from made where state in ('confirmed', 'failed') group by 1, 2, 3, 4)
        insert into order_standing (device, service, standing, tenant, epoch, version, component)
        select device, service, standing, tenant, epoch, case when holds then version end, component
        from made, lateral (values
          ('installed', state = 'confirmed', true), ('pending', true, state = 'pending'),
          ('failed', true, state = 'failed')) as s (standing, concerned, holds)
        where concerned
        on conflict (device, service, standing) do update set epoch = excluded.epoch, version = excluded.version`
      say(`${version} for ${Math.min(from + chunk, devices)} devices`)
    }
  await sql`vacuum analyze order_delivery, order_failure, order_adoption, order_adoption_day`
  await sql`
    insert into order_adoption (tenant, service, version, component, standing, devices)
    select 'main', ${service}, ${newer}, 'phone', 'pending', case when i % 2 = 0 then 1 else -1 end from generate_series(1, 6000) as i`
}

async function asked(api: SutlerClient, rounds: number, say: (line: string) => void): Promise<Figures> {
  const params = { path: { service, version: newer } }
  const questions: Readonly<Record<string, () => Promise<unknown>>> = {
    service: async () => {
      const query = { params: { path: { service } } }
      const { versions } = answer(await api.GET('/api/v1/services/{service}/adoption', query))
      if (versions[0]!.installed === 0) throw new RangeError('nothing was counted')
    },
    version: () => api.GET('/api/v1/services/{service}/versions/{version}/adoption', { params }),
    failures: () => api.GET('/api/v1/services/{service}/versions/{version}/failures', { params }),
  }
  const figures: Figures = {}
  for (const [name, ask] of Object.entries(questions)) {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const began = performance.now()
      await ask()
      times.push(performance.now() - began)
    }
    // Grouped reasons are given again for a moment: the first answer is the one that was worked for.
    const [first] = times
    say(
      `${name}: first ${first!.toFixed(1)} ms, p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`,
    )
    figures[`adoption.${name}`] = { ...figure(times, 'ms p99', { goal }), value: quantile(times, 0.99) }
    if (name === 'failures') figures['adoption.failures_grouped'] = figure([first!], 'ms')
  }
  return figures
}
