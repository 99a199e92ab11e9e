import { between, randomFor } from './random.ts'

/** Share of the devices, 0 to 1, that show each fault. */
export interface FaultRates {
  /** Loses its connection for a while, a few times. */
  readonly offline: number
  /** Downloads at a throttled rate. */
  readonly slow: number
  /** Its first installs fail. */
  readonly failing: number
  /** Sends messages twice. */
  readonly duplicates: number
  /** Its clock is wrong by hours until it has asked the hub. */
  readonly skew: number
  /** Its messages overtake one another. */
  readonly reorder: number
  /** Loses power in the middle of an install, and begins it anew. */
  readonly killed: number
}

export const noFaults: FaultRates = {
  offline: 0,
  slow: 0,
  failing: 0,
  duplicates: 0,
  skew: 0,
  reorder: 0,
  killed: 0,
}

/** The absence of one device. */
export interface Absence {
  /** Milliseconds of connection before it. */
  readonly after: number
  /** Its length in milliseconds. */
  readonly lasts: number
}

/** What will go wrong with one device. */
export interface FaultPlan {
  readonly absences: readonly Absence[]
  /** Bytes per second; 0 = as fast as it goes. */
  readonly slowRate: number
  /** How many installs fail before one succeeds. */
  readonly failures: number
  readonly duplicates: boolean
  /** Milliseconds that its clock is ahead (or, negative, behind). */
  readonly clockOffset: number
  readonly reorder: boolean
  /** How many installs are cut off by a loss of power. */
  readonly kills: number
}

const healthy: FaultPlan = {
  absences: [],
  slowRate: 0,
  failures: 0,
  duplicates: false,
  clockOffset: 0,
  reorder: false,
  kills: 0,
}

const hour = 3_600_000

/** The fault plan of a device: the same for the same arguments; each fault is drawn independently of the other rates. */
export function faultPlan(seed: number, index: number, rates: FaultRates): FaultPlan {
  const struck = (fault: keyof FaultRates) => randomFor(seed, fault, index)() < rates[fault]
  const random = randomFor(seed, 'faults', index)
  const absences = Array.from({ length: between(random, 1, 3) }, () => ({
    after: between(random, 200, 2000),
    lasts: between(random, 200, 2000),
  }))
  const slowRate = between(random, 64, 512) * 1024
  const failures = between(random, 1, 3)
  const clockOffset = between(random, 1, 48) * hour * (random() < 0.5 ? -1 : 1)
  const kills = between(random, 1, 2)
  const plan: FaultPlan = {
    absences: struck('offline') ? absences : [],
    slowRate: struck('slow') ? slowRate : 0,
    failures: struck('failing') ? failures : 0,
    duplicates: struck('duplicates'),
    clockOffset: struck('skew') ? clockOffset : 0,
    reorder: struck('reorder'),
    kills: struck('killed') ? kills : 0,
  }
  return isHealthy(plan) ? healthy : plan
}

/** Healthy devices share one plan: most of a large fleet. */
function isHealthy(plan: FaultPlan): boolean {
  const counts = plan.absences.length + plan.slowRate + plan.failures + plan.kills
  return counts === 0 && plan.clockOffset === 0 && !plan.duplicates && !plan.reorder
}
