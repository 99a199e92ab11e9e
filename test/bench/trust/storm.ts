import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClaim, createHousehold } from '../../journeys/household.ts'
import type { HubProcess } from '../../support/hub-process.ts'
import { benchHub } from '../bench-hub.ts'
import { startProcess, type BenchProcess } from '../bench-process.ts'
import { figure, median, quantile, type BenchOptions, type Figures } from '../measure.ts'
import { cpuSeconds, peakMemory, residentMemory } from '../process-figures.ts'
import { together } from './post-once.ts'
import type { Watched } from './storm-device.ts'
import type { StormQuestion } from './storm-process.ts'

/** How long a hub is left alone before its memory is read, milliseconds. */
const rest = 5_000

/** One storm. Seconds; bytes. */
interface Storm {
  /** From the kill to the hub being up again. */
  readonly away: number
  /** Of each device: from the hub being up to its being back, and to its first attempt. */
  readonly back: readonly number[]
  readonly asked: readonly number[]
  /** Attempts that failed after the hub was up, by reason. */
  readonly failed: Readonly<Record<string, number>>
  readonly hubCpu: number
  readonly peak: number
  readonly resident: number
}

/**
 * All devices are connected by mutual TLS; the hub is killed and started again; they come back with the agent's backoff. Then
 * they lose the network for a moment, with TLS sessions to resume and without. The devices are a process of its own.
 */
export async function storm({ quick, say, resources }: BenchOptions): Promise<Figures> {
  const hub = await benchHub({ resources })
  const devices = startProcess('trust/storm-process.ts', ['--max-semi-space-size=16'])
  resources.defer(() => devices.stop())
  const count = quick ? 300 : 2_000
  await enrol(hub, devices, count)
  const idle = await idleHub(hub)
  await ask(devices, { do: 'connect' })
  const storms: Storm[] = []
  for (let round = 1; round <= (quick ? 1 : 3); round++) {
    storms.push(await oneStorm(hub, devices))
    say(inWords(storms.at(-1)!))
  }
  const cuts = await cutRounds(hub, devices, quick ? 1 : 2)
  say(`after a cut: ${cuts.with.toFixed(2)} ms of hub CPU for each with tickets, ${cuts.without.toFixed(2)} ms without`)
  return figuresOf({ count, idle, storms, cuts })
}

function ask<Answer = void>(devices: BenchProcess, question: StormQuestion): Promise<Answer> {
  return devices.ask<Answer>(question)
}

async function enrol(hub: HubProcess, devices: BenchProcess, count: number): Promise<void> {
  const household = await createHousehold(hub)
  const claims = await together(16, Array.from({ length: count }), () => createClaim(hub, household))
  const place = { port: Number(new URL(hub.secure.url).port), authority: await readFile(hub.secure.ca, 'utf8') }
  await ask(devices, { do: 'enrol', place, mqttPort: Number(new URL(hub.secure.mqtt).port), claims })
}

/** Bytes that a hub with this database has at its peak, before anybody is connected. */
async function idleHub(hub: HubProcess): Promise<number> {
  await hub.kill()
  await hub.restart()
  await sleep(rest)
  return peakMemory(hub.pid) ?? 0
}

async function oneStorm(hub: HubProcess, devices: BenchProcess): Promise<Storm> {
  await ask(devices, { do: 'watch', tickets: true })
  const killed = Date.now()
  await hub.kill()
  await hub.restart()
  const up = Date.now()
  const before = cpuSeconds(hub.pid)
  const watched = await ask<Watched[]>(devices, { do: 'back' })
  const since = (at: number): number => Math.max(0, at - up) / 1000
  const failed: Record<string, number> = {}
  for (const { failures } of watched)
    for (const { at, why } of failures) if (at > up) failed[why] = (failed[why] ?? 0) + 1
  return {
    away: (up - killed) / 1000,
    back: watched.map(({ back }) => since(back)),
    asked: watched.map(({ attempts }) => since(attempts.find((at) => at >= up) ?? 0)),
    failed,
    hubCpu: cpuSeconds(hub.pid) - before,
    peak: peakMemory(hub.pid) ?? 0,
    resident: residentMemory(hub.pid) ?? 0,
  }
}

/** CPU of the hub for each device that comes back after a cut, milliseconds, medians; which of them were resumed, at most. */
interface Cuts {
  readonly with: number
  readonly without: number
  readonly resumed: number
  readonly ratios: readonly number[]
  readonly all: readonly number[]
}

async function cutRounds(hub: HubProcess, devices: BenchProcess, rounds: number): Promise<Cuts> {
  const [on, off, resumed]: [number[], number[], number[]] = [[], [], []]
  // The first brings tickets of this hub.
  await oneCut(hub, devices, false)
  for (let round = 0; round < rounds; round++)
    for (const tickets of round % 2 === 0 ? [true, false] : [false, true]) {
      const cut = await oneCut(hub, devices, tickets)
      if (tickets) resumed.push(cut.resumed)
      ;(tickets ? on : off).push(cut.cpu)
    }
  const ratios = on.map((cpu, round) => cpu / off[round]!)
  return { with: median(on), without: median(off), resumed: median(resumed), ratios, all: on }
}

async function oneCut(hub: HubProcess, devices: BenchProcess, tickets: boolean) {
  await ask(devices, { do: 'watch', tickets })
  const before = cpuSeconds(hub.pid)
  await ask(devices, { do: 'cut' })
  const watched = await ask<Watched[]>(devices, { do: 'back' })
  const cpu = ((cpuSeconds(hub.pid) - before) * 1000) / watched.length
  return { cpu, resumed: watched.filter((each) => each.resumed).length / watched.length }
}

function inWords({ away, back, asked, failed, hubCpu, peak }: Storm): string {
  const seconds = (values: readonly number[]): string =>
    [0.5, 0.99, 1].map((q) => quantile(values, q).toFixed(1)).join(', ')
  return (
    `hub away ${away.toFixed(1)} s; back after ${seconds(back)} s (half, 99 %, all), asked after ${seconds(asked)} s; ` +
    `failed ${JSON.stringify(failed)}; hub ${hubCpu.toFixed(1)} s of CPU, ${(peak / 1e6).toFixed(0)} MB`
  )
}

interface Measured {
  readonly count: number
  readonly idle: number
  readonly storms: readonly Storm[]
  readonly cuts: Cuts
}

function figuresOf({ count, idle, storms, cuts }: Measured): Figures {
  const each = (value: (storm: Storm) => number): number[] => storms.map(value)
  const waits = (q: number): Figures[string] =>
    figure(
      each(({ back }) => quantile(back, q)),
      's',
      {
        against: `their own first attempts after that: ${median(each(({ asked }) => quantile(asked, q))).toFixed(1)} s`,
        ratio: median(each(({ back, asked }) => quantile(back, q) / quantile(asked, q))),
      },
    )
  const away = median(each((storm) => storm.away)).toFixed(1)
  const failures = each(({ failed }) => Object.values(failed).reduce((sum, times) => sum + times, 0))
  const reasons = Object.keys(Object.assign({}, ...storms.map(({ failed }) => failed))).join(', ') || 'none'
  const perDevice = (bytes: number): number => (bytes - idle) / count / 1000
  return {
    'trust.storm_all_back': waits(1),
    'trust.storm_back_p99': waits(0.99),
    'trust.storm_failed': figure(failures, `of ${count}`, { against: `hub away ${away} s; reasons: ${reasons}` }),
    'trust.storm_hub_cpu': figure(
      each(({ hubCpu }) => (hubCpu * 1000) / count),
      'ms',
      { against: 'CPU for each device' },
    ),
    ...(idle > 0 && {
      'trust.storm_hub_peak': figure(
        each(({ peak }) => peak / 1e6),
        'MB',
        { against: `idle hub ${(idle / 1e6).toFixed(0)} MB`, ratio: median(each(({ peak }) => peak / idle)) },
      ),
      'trust.storm_hub_per_device': figure(
        each(({ peak }) => perDevice(peak)),
        'KB',
        { against: `at the peak; afterwards ${median(each(({ resident }) => perDevice(resident))).toFixed(0)} KB` },
      ),
    }),
    'trust.resumed_cpu': figure(cuts.all, 'ms', {
      against: `hub’s CPU for each after a cut; whole handshakes ${cuts.without.toFixed(2)} ms; ${(cuts.resumed * 100).toFixed(0)} % resumed`,
      ratio: median(cuts.ratios),
    }),
  }
}
