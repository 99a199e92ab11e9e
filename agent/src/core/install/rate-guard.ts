import { AgentError } from '../errors.ts'
import type { Clock } from '../platform.ts'
import type { AgentSettings } from '../settings.ts'

/** Gives up what comes too slowly: somebody may be holding it back byte by byte. */
export class RateGuard {
  private readonly clock: Clock
  private readonly settings: Pick<AgentSettings, 'leastRate' | 'rateWindow'>
  private readonly what: string
  private start: number
  private bytes = 0

  constructor(clock: Clock, settings: Pick<AgentSettings, 'leastRate' | 'rateWindow'>, what: string) {
    this.clock = clock
    this.settings = settings
    this.what = what
    this.start = clock.monotonic()
  }

  /** @throws AgentError `too-slow` */
  arrived(bytes: number): void {
    const { leastRate, rateWindow } = this.settings
    this.bytes += bytes
    const elapsed = this.clock.monotonic() - this.start
    if (elapsed < rateWindow) return
    if (this.bytes < (leastRate * elapsed) / 1000)
      throw new AgentError('too-slow', `${this.what} comes at ${Math.round((this.bytes * 1000) / elapsed)} B/s`)
    this.start += elapsed
    this.bytes = 0
  }
}
