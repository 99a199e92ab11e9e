import type { SutlerClient } from '@sutler/client'
import { connect } from '../../../hub/src/platform/database.ts'
import { startHub, type HubProcess } from '../../support/hub-process.ts'
import { WireDevice } from '../../support/wire-device.ts'
import { createClaim, createHousehold } from '../../journeys/household.ts'
import { openServer } from '../engine/server.ts'
import { figure, quantile, type Bench, type Figures } from '../measure.ts'
import { cpuSeconds } from '../process-figures.ts'
import { deviceList } from './device-list.ts'
import { fillFleet } from './fill-fleet.ts'
import { filters, unindexed } from './filters.ts'
import { overview } from './overview.ts'
import { searches } from './search.ts'

/**
 * A fleet of a million devices and two million subscriptions (50,000 with --quick) in PostgreSQL as a hub starts it, asked over
 * HTTP: the first page of many filters, lists by 50 callers at once, searches, counts, and what a report costs the hub that says nothing new.
 */
export const bench: Bench = async ({ quick, part, say, resources }) => {
  const server = await openServer(resources)
  const unlimited = { SUTLER_REQUEST_RATE: '1000000', SUTLER_REQUEST_RATE_PER_ADDRESS: '1000000' }
  const databaseUrl = await server.create('fleet')
  const hub = await startHub({ databaseUrl, env: unlimited })
  resources.defer(() => hub.stop())
  const size = {
    devices: quick ? 50_000 : 1_000_000,
    subscriptions: part !== null ? 100 : quick ? 100_000 : 2_000_000,
    seed: 1,
  }
  const began = performance.now()
  const sql = connect(databaseUrl, { max: 1 })
  await fillFleet(sql, { ...size, tenant: 'main' }, say)
  await sql.end({ timeout: 5 })
  const seconds = (performance.now() - began) / 1000
  say(`filled in ${seconds.toFixed(0)} s`)
  const rounds = quick ? 40 : 100
  const goal = 'p99 < 100 ms'
  const found = part === 'list' ? {} : await searches(hub.api, rounds, say)
  if (part === 'search') return found
  const lists = await deviceList(hub.api, quick ? 6 : 20, say)
  if (part === 'list') return lists
  return {
    ...found,
    ...lists,
    'fleet.fill': figure([seconds], 's', { goal: '< 180 s' }),
    ...(await firstPages(hub.api, filters, rounds, say, goal)),
    ...(await firstPages(hub.api, unindexed, 10, say)),
    ...(await overview(hub.api, rounds, say)),
    ...(await counts(hub.api, say)),
    ...(await reportThatChangesNothing(hub, quick ? 500 : 3000)),
  }
}

/** p99 of each filter's first page of 50, over HTTP, the devices with their reports in it; one figure for all of them. */
async function firstPages(
  api: SutlerClient,
  table: Readonly<Record<string, string>>,
  rounds: number,
  say: (line: string) => void,
  goal?: string,
): Promise<Figures> {
  const all: number[] = []
  const figures: Figures = {}
  for (const [name, filter] of Object.entries(table)) {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const began = performance.now()
      await api.GET('/api/v1/devices', { params: { query: { filter, limit: 50 } } })
      // The first one of all finds cold caches: a hub that is asked is warm.
      if (round > 0) times.push(performance.now() - began)
    }
    all.push(...times)
    const [median, late] = [quantile(times, 0.5), quantile(times, 0.99)]
    say(`${name}: p50 ${median.toFixed(1)} ms, p99 ${late.toFixed(1)} ms`)
    figures[`fleet.first_page ${name}`] = {
      value: late,
      unit: 'ms p99',
      min: Math.min(...times),
      max: Math.max(...times),
      runs: times.length,
      ...(goal === undefined ? { against: 'no index' } : { goal }),
    }
  }
  if (goal !== undefined)
    figures['fleet.first_page'] = {
      value: quantile(all, 0.99),
      unit: 'ms p99',
      min: Math.min(...all),
      max: Math.max(...all),
      runs: all.length,
      goal,
    }
  return figures
}

async function counts(api: SutlerClient, say: (line: string) => void): Promise<Figures> {
  const figures: Figures = {}
  for (const name of [
    'a third',
    'a model of few',
    'a version in place',
    'a range of versions in place',
    'system and version',
  ]) {
    const times: number[] = []
    for (let round = 0; round < 5; round++) {
      const began = performance.now()
      await api.GET('/api/v1/devices/count', { params: { query: { filter: filters[name]! } } })
      times.push(performance.now() - began)
    }
    figures[`fleet.count ${name}`] = figure(times, 'ms')
    say(`count of ${name}: ${quantile(times, 0.5).toFixed(0)} ms`)
  }
  return figures
}

/** One device that says the same again and again, each time waiting for the acknowledgement: nothing is shared with others. */
async function reportThatChangesNothing(hub: HubProcess, reports: number): Promise<Figures> {
  const household = await createHousehold(hub)
  const device = await WireDevice.start(hub, await createClaim(hub, household))
  const report = { t: 'capabilities', class: 'phone', hardware: { model: 'PH-1', arch: 'arm64', cpus: 8 } } as const
  const rest = {
    os: { name: 'android', version: '15.0' },
    memory: { total: 8e9 },
    storage: { total: 64e9, free: 32e9 },
    runtimes: { node: '24.0.0' },
    features: ['suspend'],
    tz: 'Europe/Berlin',
    installed: Array.from({ length: 5 }, (_, i) => ({
      service: `service-${i}`,
      version: '1.0.0',
      component: 'phone',
      manifest: new Uint8Array(32).fill(i),
      epoch: 1,
    })),
  }
  const say = () => device.say({ ...report, ...rest })
  for (let i = 0; i < 200; i++) await say()
  const runs: number[] = []
  for (let round = 0; round < 5; round++) {
    const before = cpuSeconds(hub.pid)
    for (let i = 0; i < reports / 5; i++) await say()
    runs.push(((cpuSeconds(hub.pid) - before) * 1000) / (reports / 5))
  }
  await device.disconnect()
  return { 'fleet.same_report': figure(runs, 'ms CPU', { goal: '< 2 ms' }) }
}
