import { until } from '../support/until.ts'
import type { HubProcess } from '../support/hub-process.ts'
import { allDeliveries, benchHub, publish } from './bench-hub.ts'
import { startFleet, type FleetProcess } from './fleet-client.ts'
import type { FleetOrdered } from './fleet-process.ts'
import { figure, median, quantile, type Bench, type Figures } from './measure.ts'
import { cpuSeconds, familyCpuSeconds, peakMemory, postmaster } from './process-figures.ts'
import { smallService } from './small-service.ts'

/**
 * The main job at its usual size: 1,000 simulated devices in 334 households are enrolled, ordered a service of 3 files and
 * 100 KB, and confirmed. The fleet is a process of its own, the hub another, with its embedded PostgreSQL, fsync on.
 * Making the households and their claims is part of it. A first fleet is not counted.
 */

const devices = 1_000
const service = smallService().id

/** Rates per second, latencies in milliseconds, memory in bytes, CPU in milliseconds per device. */
interface Round {
  readonly confirmed: number
  readonly connected: number
  readonly ordering: number
  readonly latencies: readonly number[]
  readonly hubMemory: number | null
  readonly fleetMemory: number | null
  readonly cpu: Readonly<Record<'hub' | 'database' | 'fleet', number>>
}

export const bench: Bench = async (options) => {
  const { resources, quick, say } = options
  const hub = await benchHub({ resources })
  await publish(hub)
  const fleet = startFleet({ resources })
  // Both programs are then as they are after the first minute of their lives: compiled.
  await wholeJourney(hub, fleet, 0, quick ? 300 : devices)
  const rounds: Round[] = []
  for (let round = 1; round <= (quick ? 1 : 4); round++) {
    const whole = await wholeJourney(hub, fleet, 2 * round)
    const steps = await stepByStep(hub, fleet, 2 * round + 1)
    rounds.push({ ...whole, ...steps, hubMemory: peakMemory(hub.pid), fleetMemory: peakMemory(fleet.pid) })
    say(inWords(rounds.at(-1)!))
  }
  return figuresOf(rounds)
}

/** Everything at once, as a fleet does it that nobody holds back. */
async function wholeJourney(hub: HubProcess, fleet: FleetProcess, seed: number, size = devices) {
  const server = await postmaster(hub.data)
  const used = () => ({ hub: cpuSeconds(hub.pid), database: familyCpuSeconds(server), fleet: cpuSeconds(fleet.pid) })
  const before = used()
  const { began } = await fleet.start({ hub, devices: size, seed, service })
  const settled = await settledAt(hub, await fleet.order(service), size)
  const after = used()
  const perDevice = (name: keyof typeof after): number => ((after[name] - before[name]) * 1000) / size
  return {
    confirmed: rate(began, Math.max(...settled.map(({ at }) => at))),
    latencies: settled.map(({ at, orderedAt }) => at - orderedAt),
    cpu: { hub: perDevice('hub'), database: perDevice('database'), fleet: perDevice('fleet') },
  }
}

/** First all are enrolled and connected, then all orders are placed. */
async function stepByStep(hub: HubProcess, fleet: FleetProcess, seed: number) {
  const { began, ready } = await fleet.start({ hub, devices, seed, service: null })
  const settled = await settledAt(hub, await fleet.order(service), devices)
  const first = Math.min(...settled.map(({ orderedAt }) => orderedAt))
  return { connected: rate(began, ready), ordering: rate(first, Math.max(...settled.map(({ at }) => at))) }
}

function inWords({ confirmed, connected, ordering, cpu }: Round): string {
  const rates = [confirmed, connected, ordering].map((value) => value.toFixed(0))
  const times = Object.entries(cpu).map(([name, value]) => `${name} ${value.toFixed(1)} ms`)
  return `per second ${rates[0]} in all, ${rates[1]} connected, ${rates[2]} ordered; CPU per device: ${times.join(', ')}`
}

function rate(from: number, to: number): number {
  return (devices * 1000) / (to - from)
}

/** When each device's order was sent and when the hub took its proof, unix milliseconds. */
async function settledAt(
  hub: HubProcess,
  { orders }: FleetOrdered,
  size: number,
): Promise<{ orderedAt: number; at: number }[]> {
  const sent = new Map(orders)
  return until(
    async () => {
      const own = (await allDeliveries(hub)).filter(({ order }) => sent.has(order))
      const wrong = own.find(({ state }) => ['failed', 'cancelled'].includes(state))
      if (wrong) throw new Error(`delivery ${wrong.id} is ${wrong.state}: ${wrong.detail}`)
      if (own.length !== size || own.some(({ state }) => state !== 'confirmed')) return null
      return own.map(({ order, settledAt }) => ({ orderedAt: sent.get(order)!, at: Date.parse(settledAt!) }))
    },
    { what: 'every delivery is confirmed' },
  )
}

function figuresOf(rounds: readonly Round[]): Figures {
  const pick = (name: 'confirmed' | 'connected' | 'ordering'): number[] => rounds.map((round) => round[name])
  const latency = (q: number) =>
    figure(
      rounds.map(({ latencies }) => quantile(latencies, q)),
      'ms',
    )
  const memory = (name: 'hubMemory' | 'fleetMemory') =>
    rounds.flatMap((round) => (round[name] === null ? [] : [round[name] / 1e6]))
  const cpu = (name: keyof Round['cpu']): string =>
    `${name} ${median(rounds.map((round) => round.cpu[name])).toFixed(1)} ms`
  const figures: Figures = {
    'journey.confirmed_per_s': figure(pick('confirmed'), '1/s', {
      goal: '≥ 200 on 2 cores',
      against: `CPU per device: ${cpu('hub')}, ${cpu('database')}, ${cpu('fleet')}`,
    }),
    'journey.connected_per_s': figure(pick('connected'), '1/s', { against: 'enrolled and connected only' }),
    'journey.confirmed_per_s_ordering': figure(pick('ordering'), '1/s', { against: 'already connected' }),
    'journey.latency_p50': latency(0.5),
    'journey.latency_p99': latency(0.99),
  }
  for (const [name, values] of [
    ['hub', memory('hubMemory')],
    ['fleet', memory('fleetMemory')],
  ] as const)
    if (values.length > 0) figures[`journey.${name}_peak_memory`] = figure(values, 'MB')
  return figures
}
