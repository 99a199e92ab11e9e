import type { AcsSession } from './acs-session.ts'

interface Kept {
  readonly session: AcsSession
  /** Milliseconds on the monotonic clock. */
  touched: number
  /** Requests of one session are taken one after the other. */
  working: Promise<unknown>
}

/** The sessions that are open on this hub: one per device, each bounded in time. */
export class Sessions {
  readonly #byId = new Map<string, Kept>()
  readonly #byDevice = new Map<string, string>()
  readonly #monotonic: () => number
  readonly #patience: number
  readonly limit: number

  /** @param patience milliseconds that a device may take for its next request */
  constructor(limit: number, patience: number, monotonic: () => number) {
    this.limit = limit
    this.#patience = patience
    this.#monotonic = monotonic
  }

  get size(): number {
    return this.#byId.size
  }

  /** Whether one more device may open a session now. */
  admits(device: string): boolean {
    if (this.#byId.size >= this.limit) this.#sweep()
    return this.#byId.size < this.limit || this.#byDevice.has(device)
  }

  /** @returns the session of the same device that was open: it is over */
  open(session: AcsSession): AcsSession | null {
    const before = this.#byDevice.get(session.device)
    const abandoned = before === undefined ? null : (this.#byId.get(before)?.session ?? null)
    if (before !== undefined) this.#byId.delete(before)
    this.#byId.set(session.id, { session, touched: this.#monotonic(), working: Promise.resolve() })
    this.#byDevice.set(session.device, session.id)
    return abandoned
  }

  /** Runs `work` with the session once what it is busy with is done; null where it is not open any more. */
  async with<Result>(id: string, work: (session: AcsSession) => Promise<Result>): Promise<Result | null> {
    const kept = this.#byId.get(id)
    if (kept === undefined || this.#monotonic() - kept.touched > this.#patience) return null
    kept.touched = this.#monotonic()
    const result = kept.working.then(() => (this.#byId.get(id) === kept ? work(kept.session) : null))
    // The next message is taken whatever became of this one, which is told to whoever sent it.
    kept.working = result.catch(() => undefined)
    return result
  }

  /** Empty where no such session is open. */
  deviceOf(id: string): string {
    return this.#byId.get(id)?.session.device ?? ''
  }

  /** The device may not come in any more. */
  cutOff(device: string): void {
    this.close(this.#byDevice.get(device) ?? '')
  }

  close(id: string): void {
    const kept = this.#byId.get(id)
    this.#byId.delete(id)
    if (kept && this.#byDevice.get(kept.session.device) === id) this.#byDevice.delete(kept.session.device)
  }

  /** Waits for what is being worked on. */
  async end(): Promise<void> {
    await Promise.all([...this.#byId.values()].map(({ working }) => working))
    this.#byId.clear()
    this.#byDevice.clear()
  }

  #sweep(): void {
    const now = this.#monotonic()
    for (const [id, { touched }] of this.#byId) if (now - touched > this.#patience) this.close(id)
  }
}
