/** Latencies in milliseconds. */
export interface Percentiles {
  readonly count: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly max: number
}

const mostProblems = 20

/** What happened in a fleet, as plain counts. */
export class Statistics {
  enrolled = 0
  /** Devices connected at this moment. */
  online = 0
  /** Devices that were connected, with their capabilities acknowledged, at least once. */
  ready = 0
  connections = 0
  connectionsLost = 0
  refusedConnections = 0
  clocksCorrected = 0
  absences = 0
  kills = 0
  restarts = 0
  /** Publishes to the hub, doubled ones not counted. */
  messages = 0
  duplicatesSent = 0
  reordered = 0
  offers = 0
  declinesSent = 0
  renewals = 0
  manifests = 0
  files = 0
  /** Of the files, without manifests. */
  fileBytes = 0
  ordersPlaced = 0
  /** Reports that the hub has acknowledged, by result. */
  readonly reports: Record<string, number> = { installed: 0, removed: 0, failed: 0, 'rolled-back': 0, declined: 0 }
  readonly offerToOutcome: number[] = []
  readonly orderToOutcome: number[] = []
  /** What went wrong, each text once with its count. */
  readonly #problems = new Map<string, number>()

  /** Counts something that should not have happened. */
  problem(kind: string, detail: string): void {
    const text = `${kind}: ${detail}`
    const before = this.#problems.get(text)
    if (before !== undefined || this.#problems.size < mostProblems) this.#problems.set(text, (before ?? 0) + 1)
  }

  get problems(): { problem: string; times: number }[] {
    return [...this.#problems].map(([problem, times]) => ({ problem, times }))
  }

  report(result: string): void {
    this.reports[result] = (this.reports[result] ?? 0) + 1
  }
}

/** Percentiles by nearest rank; zeros when there is no sample. */
export function percentiles(samples: readonly number[]): Percentiles {
  const sorted = [...samples].sort((one, other) => one - other)
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
  return { count: sorted.length, p50: rank(0.5), p90: rank(0.9), p99: rank(0.99), max: rank(1) }
}
