import type { AgentErrorCode } from '../errors.ts'
import type { Clock } from '../platform.ts'
import type { Job } from '../state.ts'

interface Trouble {
  /** Of the job: another one starts afresh. */
  readonly directory: string
  readonly code: AgentErrorCode
  /** Failures of that code in a row. */
  readonly failures: number
}

/** Failures that say nothing of the job, only of the way to the hub. */
const waitsForHub: ReadonlySet<AgentErrorCode> = new Set(['network', 'too-slow', 'truncated'])

/** Which job is next: one that waits after a failure lets the others go first. Kept in memory only. */
export class Schedule {
  private readonly clock: Clock
  /** Service → monotonic ms before which it is not tried. */
  private readonly notBefore = new Map<string, number>()
  private readonly troubles = new Map<string, Trouble>()
  private ring: (() => void) | null = null
  private rung = false

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** The first job that need not wait. */
  pick(jobs: readonly Job[]): Job | null {
    const now = this.clock.monotonic()
    return jobs.find(({ service }) => (this.notBefore.get(service) ?? now) <= now) ?? null
  }

  /** Resolves when there may be a job to pick. */
  async idle(): Promise<void> {
    // A wait that ended since `pick` looked is a job to pick: nothing else would tell.
    if (!this.rung && !this.waitEnded()) {
      const next = Math.min(...this.notBefore.values())
      let cancel = (): void => undefined
      await new Promise<void>((resolve) => {
        this.ring = resolve
        if (next !== Number.POSITIVE_INFINITY) cancel = this.clock.after(next - this.clock.monotonic(), resolve)
      })
      cancel()
    }
    this.ring = null
    this.rung = false
  }

  /** Forgets the waits that are over. @returns whether there was one */
  private waitEnded(): boolean {
    const now = this.clock.monotonic()
    const over = [...this.notBefore].filter(([, time]) => time <= now)
    for (const [service] of over) this.notBefore.delete(service)
    return over.length > 0
  }

  wake(): void {
    this.rung = true
    this.ring?.()
  }

  defer(service: string, delay: number): void {
    this.notBefore.set(service, this.clock.monotonic() + delay)
  }

  /** Counts a failure. @returns failures of this code in a row */
  failed({ service, directory }: Job, code: AgentErrorCode): number {
    const known = this.troubles.get(service)
    const again = known !== undefined && known.code === code && known.directory === directory
    const failures = again ? known.failures + 1 : 1
    this.troubles.set(service, { directory, code, failures })
    return failures
  }

  succeeded(service: string): void {
    this.troubles.delete(service)
    this.notBefore.delete(service)
  }

  /** The hub can be reached again: what waited because it could not be is tried at once, its failures forgotten. */
  reachable(): void {
    for (const [service, { code }] of this.troubles) if (waitsForHub.has(code)) this.succeeded(service)
  }

  /** Lets a service be tried at once. */
  forget(service: string): void {
    this.notBefore.delete(service)
  }
}
