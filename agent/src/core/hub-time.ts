import { readJson } from './trust.ts'
import { AgentError } from './errors.ts'
import type { AgentPlatform } from './platform.ts'
import type { AgentSettings } from './settings.ts'

/** The hub's time as far as it is known: the device's own clock may be years off. */
export class HubTime {
  private readonly platform: AgentPlatform
  private readonly settings: AgentSettings
  private readonly hub: string
  private offset = 0
  private lastSigned = 0

  /** @param hub base URL */
  constructor(platform: AgentPlatform, settings: AgentSettings, hub: string) {
    this.platform = platform
    this.settings = settings
    this.hub = hub
  }

  /** Ms since the epoch. */
  now(): number {
    return this.platform.clock.now() + this.offset
  }

  /** A time to sign: later than any signed before, as the hub demands. */
  nextToSign(): number {
    this.lastSigned = Math.max(this.now(), this.lastSigned + 1)
    return this.lastSigned
  }

  /**
   * Asks the hub for its time.
   * @returns by how many ms the idea of it changed
   * @throws AgentError `network`
   */
  async correct(stop: AbortSignal): Promise<number> {
    const url = `${this.hub}/healthz`
    const answer = await this.platform.http.request({ method: 'GET', url, idle: this.settings.idle, stop })
    const body = await readJson(answer)
    const time = Date.parse(String((body as { time?: unknown } | null)?.time))
    if (Number.isNaN(time)) throw new AgentError('network', `${url} tells no time`)
    const change = time - this.now()
    this.offset += change
    // What was signed by a wrong clock lies in the hub's future or past: it never counted there.
    if (Math.abs(change) > 60_000) this.lastSigned = 0
    return change
  }
}
