import { answer } from '@sutler/client'
import { connect } from '../../hub/src/platform/database.ts'
import { startHub } from '../support/hub-process.ts'
import { until } from '../support/until.ts'
import { publish } from './bench-hub.ts'
import { openServer } from './engine/server.ts'
import { fillFleet } from './fleet-data/fill-fleet.ts'
import { figure, type Bench } from './measure.ts'
import { cpuSeconds, familyCpuSeconds, residentMemory } from './process-figures.ts'
import { smallService } from './small-service.ts'

/**
 * A campaign over all devices of a seeded fleet is planned: each device is looked at, judged by its own capability report, given
 * its place, and written down with the reason where it is left out. The hub is a process of its own; nobody else asks it.
 */
export const bench: Bench = async ({ quick, say, resources }) => {
  const devices = quick ? 50_000 : 1_000_000
  const server = await openServer(resources)
  const unlimited = { SUTLER_REQUEST_RATE: '100000000', SUTLER_REQUEST_RATE_PER_ADDRESS: '100000000' }
  const hub = await startHub({ databaseUrl: server.url(), env: unlimited })
  resources.defer(() => hub.stop())
  await publish(hub)
  const sql = connect(server.url(), { max: 1 })
  resources.defer(() => sql.end({ timeout: 5 }))
  const size = { devices, subscriptions: 2 * devices, seed: 1, tenant: 'main' }
  await fillFleet(sql, size, (line) => say(line))
  const [rates, growth, hubCpu, databaseCpu]: [number[], number[], number[], number[]] = [[], [], [], []]
  const used = () => ({ hub: cpuSeconds(hub.pid), database: familyCpuSeconds(server.pid) })
  for (let round = 0; round <= (quick ? 2 : 3); round++) {
    const [before, cpu] = [residentMemory(hub.pid), used()]
    const milliseconds = await planned(hub)
    // The first warms up.
    if (round === 0) continue
    const after = used()
    rates.push((devices * 1_000) / milliseconds)
    hubCpu.push(((after.hub - cpu.hub) * 1e6) / devices)
    databaseCpu.push(((after.database - cpu.database) * 1e6) / devices)
    if (before !== null) growth.push(((residentMemory(hub.pid) ?? before) - before) / 1e6)
    say(
      `${rates.at(-1)!.toFixed(0)} devices/s; CPU per device: hub ${hubCpu.at(-1)!.toFixed(0)} µs, database ${databaseCpu.at(-1)!.toFixed(0)} µs`,
    )
  }
  return {
    'campaigns.planned_per_s': figure(rates, '1/s', { ratio: Math.min(...rates) / 20_000, goal: '≥ 20,000 devices/s' }),
    'campaigns.hub_cpu': figure(hubCpu, 'µs/device'),
    'campaigns.database_cpu': figure(databaseCpu, 'µs/device', { goal: 'with the hub’s ≤ 50 µs on one core' }),
    ...(growth.length === 0
      ? {}
      : { 'campaigns.memory_growth': figure(growth, 'MB', { goal: 'flat: ≤ 50 MB per plan' }) }),
  }
}

/** Milliseconds from the request to the plan. */
async function planned(hub: Awaited<ReturnType<typeof startHub>>): Promise<number> {
  const began = performance.now()
  const body = {
    name: 'all of them',
    selection: { filter: "device.state == 'active' || device.state == 'quarantined'" },
    order: { action: 'add', service: smallService().id },
    waves: [{ count: 1_000 }, { percent: 10 }],
  }
  const { id } = answer(await hub.api.POST('/api/v1/campaigns', { body: body as never }))
  await until(
    async () => {
      const { state, why } = answer(await hub.api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } }))
      if (state === 'failed') throw new Error(why)
      return state === 'planned'
    },
    { deadline: 600_000, what: 'the campaign is planned' },
  )
  return performance.now() - began
}
