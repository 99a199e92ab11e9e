import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HubProcess } from '../support/hub-process.ts'
import { until } from '../support/until.ts'
import { allDeliveries, benchHub, publish } from './bench-hub.ts'
import { startProcess, type BenchProcess } from './bench-process.ts'
import type { FleetOrdered, FleetQuestion, FleetStarted } from './fleet-process.ts'
import { figure, quantile, type Bench, type BenchOptions, type Figures } from './measure.ts'
import { cpuSeconds, peakMemory } from './process-figures.ts'
import { smallService } from './small-service.ts'

/**
 * The main job at its usual size: 1,000 simulated devices in 334 households are enrolled, ordered a service of 3 files and
 * 100 KB, and confirmed. The fleet is a process of its own, the hub another, with its embedded PostgreSQL, fsync on.
 */

const devices = 1_000
/** As `npm run fleet` runs it. */
const fleetFlags = ['--max-semi-space-size=2']
const goal = 'at least 200 per second on 2 cores'

/** Numbers of one fresh hub. Rates per second, latencies in milliseconds, memory in bytes, CPU in milliseconds per device. */
interface Round {
  readonly confirmed: number
  readonly connected: number
  readonly ordering: number
  readonly latencies: readonly number[]
  readonly hubMemory: number | null
  readonly fleetMemory: number | null
  readonly cpu: { readonly hub: number; readonly database: number; readonly fleet: number }
}

export const bench: Bench = async (options) => {
  const rounds: Round[] = []
  for (let seed = 1; seed <= (options.quick ? 1 : 3); seed++) {
    rounds.push(await oneRound(options, seed))
    options.say(inWords(rounds.at(-1)!))
  }
  return figuresOf(rounds)
}

/** Everything at once with one fleet; then, with a second one on the same hub, step by step. */
async function oneRound({ quick, say }: BenchOptions, seed: number): Promise<Round> {
  await using resources = new AsyncDisposableStack()
  const hub = await benchHub({ resources }, {})
  await publish(hub)
  const database = await postmaster(hub)
  const fleet = startFleet(resources)
  const before = [cpuSeconds(hub.pid) - 0, cpuSeconds(database), cpuSeconds(fleet.pid)]
  const start = { do: 'start', hub: hub.url, token: hub.connection.token!, devices } as const
  const started = await ask<FleetStarted>(fleet, { ...start, seed: 2 * seed, service: smallService().id })
  const ordered = await ask<FleetOrdered>(fleet, { do: 'order', service: smallService().id })
  const settled = await settledAt(hub, devices)
  const after = [cpuSeconds(hub.pid), cpuSeconds(database), cpuSeconds(fleet.pid)]
  const [hubCpu, databaseCpu, fleetCpu] = after.map((value, index) => ((value - before[index]!) * 1000) / devices)
  const fleetMemory = peakMemory(fleet.pid)
  await fleet.stop()
  const steps = quick ? null : await stepByStep(hub, startFleet(resources), start, 2 * seed + 1)
  say('')
  return {
    confirmed: rate(devices, started.began, Math.max(...settled.values())),
    ...(steps ?? { connected: NaN, ordering: NaN }),
    latencies: latencies(ordered, settled),
    hubMemory: peakMemory(hub.pid),
    fleetMemory,
    cpu: { hub: hubCpu!, database: databaseCpu!, fleet: fleetCpu! },
  }
}
void [inWords, figuresOf, quantile, figure, goal, fleetFlags, join, readFile, until]
