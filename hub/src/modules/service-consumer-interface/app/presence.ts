import type { ConsumerDependencies } from './dependencies.ts'

/** How long presence changes gather before they are written as one. */
const gatherFor = 100

/** Tells entity-management who can be reached, gathered: a storm of reconnects is a few statements. */
export class Presence {
  readonly #deps: Pick<ConsumerDependencies, 'entities' | 'clock' | 'log'>
  #changes = new Map<string, boolean>()
  #scheduled = false
  #writing: Promise<void> = Promise.resolve()

  constructor(deps: Pick<ConsumerDependencies, 'entities' | 'clock' | 'log'>) {
    this.#deps = deps
  }

  set(device: string, reachable: boolean): void {
    this.#changes.set(device, reachable)
    if (this.#scheduled) return
    this.#scheduled = true
    this.#deps.clock.after(gatherFor, () => void this.flush())
  }

  /** Writes what has gathered. */
  async flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write())
    await this.#writing
  }

  async #write(): Promise<void> {
    this.#scheduled = false
    const changes = this.#changes
    this.#changes = new Map()
    if (changes.size === 0) return
    try {
      await this.#deps.entities.markReachable([...changes].map(([device, reachable]) => ({ device, reachable })))
    } catch (error) {
      this.#deps.log.error({ err: error }, 'presence of devices could not be written; it is tried again')
      for (const [device, reachable] of changes) if (!this.#changes.has(device)) this.set(device, reachable)
    }
  }
}
