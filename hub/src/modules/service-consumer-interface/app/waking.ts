import type { ConsumerDependencies } from './dependencies.ts'

/** Devices that wait to be woken at most; those beyond come by themselves. */
const bound = 10_000
/** Attempts under way at once. */
const atOnce = 32

/** Asks devices that are not connected to get in touch when something is queued for them, where their protocol has a way. */
export class Waking {
  readonly #deps: Pick<ConsumerDependencies, 'protocols' | 'identities' | 'log'>
  readonly #waiting = new Set<string>()
  #working: Promise<void> | null = null
  #stopped = false

  constructor(deps: Pick<ConsumerDependencies, 'protocols' | 'identities' | 'log'>) {
    this.#deps = deps
  }

  queued(devices: Iterable<string>): void {
    const { protocols } = this.#deps
    if (this.#stopped || !protocols.some(({ wake }) => wake !== undefined)) return
    for (const device of devices) {
      if (this.#waiting.size >= bound) break
      if (!protocols.some((protocol) => protocol.reaches(device))) this.#waiting.add(device)
    }
    if (this.#waiting.size > 0) this.#work()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#waiting.clear()
    await this.#working
  }

  #work(): void {
    this.#working ??= new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#rounds())
      .catch((error: unknown) => this.#deps.log.warn({ err: error }, 'devices could not be asked to get in touch'))
      .finally(() => {
        this.#working = null
      })
  }

  async #rounds(): Promise<void> {
    while (this.#waiting.size > 0) {
      const devices = [...this.#waiting].slice(0, atOnce)
      for (const device of devices) this.#waiting.delete(device)
      const spoken = await this.#deps.identities.protocolsOf(devices)
      await Promise.allSettled(
        devices.map((device) => this.#deps.protocols.find(({ name }) => name === spoken.get(device))?.wake?.(device)),
      )
    }
  }
}
