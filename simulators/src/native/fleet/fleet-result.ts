import type { FaultRates } from '../plan/fault-plan.ts'
import type { Fleet } from './fleet.ts'
import { percentiles } from './statistics.ts'
import type { Percentiles, Statistics } from './statistics.ts'

/** Milliseconds by the fleet's clock; 0 = has not come. */
export interface Moments {
  /** The first enrolment was sent. */
  began: number
  /** Every device was connected (or given up). */
  ready: number
  lastOutcome: number
  ended: number
}

type Counts = { [Name in keyof Statistics as Statistics[Name] extends number ? Name : never]: number }

/** What became of a fleet. */
export interface FleetResult extends Counts {
  readonly devices: number
  readonly households: number
  readonly seed: number
  readonly faults: FaultRates
  readonly installed: number
  readonly removed: number
  readonly failed: number
  readonly rolledBack: number
  readonly declined: number
  /** State → how many orders; empty when they were not asked after. */
  readonly orders: Readonly<Record<string, number>>
  /** Milliseconds, until the hub had acknowledged the outcome. */
  readonly latency: { readonly offerToOutcome: Percentiles; readonly orderToOutcome: Percentiles }
  /** `start`: until all were connected and their orders placed; `confirmed`: until the last outcome; both from the first enrolment. */
  readonly seconds: { readonly start: number; readonly confirmed: number; readonly total: number }
  /** Installed, per second from the first enrolment to the last outcome. */
  readonly confirmedPerSecond: number
  readonly memory: { readonly rss: number; readonly peakRss: number; readonly heapUsed: number }
  readonly bytes: { readonly http: number; readonly mqttReceived: number; readonly mqttSent: number }
  /** CPU time of the whole process, seconds. */
  readonly cpuSeconds: number
  readonly problems: readonly { readonly problem: string; readonly times: number }[]
}

/** The state of a fleet at this moment. */
export function fleetResult(fleet: Fleet, orders: Readonly<Record<string, number>> = {}): FleetResult {
  const { statistics, options, moments, traffic } = fleet
  const { reports } = statistics
  const usage = process.resourceUsage()
  const memory = process.memoryUsage()
  const since = (moment: number): number => Math.max(0, moment - moments.began) / 1000
  const confirmed = since(moments.lastOutcome)
  const installed = reports.installed ?? 0
  return {
    devices: options.devices,
    households: fleet.households.length,
    seed: options.seed,
    faults: options.faults,
    ...counts(statistics),
    installed,
    removed: reports.removed ?? 0,
    failed: reports.failed ?? 0,
    rolledBack: reports['rolled-back'] ?? 0,
    declined: reports.declined ?? 0,
    orders,
    latency: {
      offerToOutcome: percentiles(statistics.offerToOutcome),
      orderToOutcome: percentiles(statistics.orderToOutcome),
    },
    seconds: {
      start: since(moments.ready),
      confirmed,
      total: since(moments.ended === 0 ? fleet.wheel.now() : moments.ended),
    },
    confirmedPerSecond: confirmed === 0 ? 0 : installed / confirmed,
    memory: { rss: memory.rss, peakRss: usage.maxRSS * 1024, heapUsed: memory.heapUsed },
    bytes: { http: fleet.http.bytesReceived, mqttReceived: traffic.received, mqttSent: traffic.sent },
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    problems: statistics.problems,
  }
}

function counts(statistics: Statistics): Counts {
  const numbers = Object.entries(statistics).filter(([, value]) => typeof value === 'number')
  return Object.fromEntries(numbers) as unknown as Counts
}
