import type { Bundle } from './bundle.ts'
import { Hub } from './hub.ts'
import type { Random } from './random.ts'

/** How long a hub may take to load or to start: machines are busy. */
const patience = 30_000

/** Processes that have their code loaded and wait. */
const spares = 3

/** So many hubs at work, each replaced when it is killed by one whose code is loaded already. */
export class Hubs {
  readonly #bundle: Bundle
  readonly #url: string
  readonly #spares: Hub[] = []
  readonly #started: Hub[] = []
  readonly #working: Hub[] = []

  private constructor(bundle: Bundle, url: string) {
    this.#bundle = bundle
    this.#url = url
  }

  static async start(options: { bundle: Bundle; url: string; count: number }): Promise<Hubs> {
    const hubs = new Hubs(options.bundle, options.url)
    for (let n = 0; n < spares; n++) hubs.#spare()
    await Promise.all(Array.from({ length: options.count }, () => hubs.add()))
    return hubs
  }

  get working(): readonly Hub[] {
    return this.#working
  }

  /** Any that is at work; null when none is. */
  any(random: Random): Hub | null {
    return this.#working.length > 0 ? random.one(this.#working) : null
  }

  /** Kills it and puts another one in its place. @returns when it was killed, milliseconds since the epoch */
  async replace(hub: Hub): Promise<number> {
    const at = Date.now()
    hub.kill()
    this.retire(hub)
    await this.add()
    return at
  }

  /** Counts it no longer among those at work. */
  retire(hub: Hub): void {
    const index = this.#working.indexOf(hub)
    if (index >= 0) this.#working.splice(index, 1)
  }

  /** Puts one more to work. */
  async add(): Promise<Hub> {
    const hub = this.#spares.shift() ?? this.#fork()
    this.#spare()
    await timely(hub.loaded, 'loaded')
    hub.start(this.#url)
    await timely(hub.working, 'started')
    this.#working.push(hub)
    void hub.ended.then(() => this.retire(hub))
    return hub
  }

  async stop(): Promise<void> {
    for (const hub of this.#started) hub.kill()
    await Promise.all(this.#started.map(({ ended }) => ended))
  }

  #spare(): void {
    this.#spares.push(this.#fork())
  }

  #fork(): Hub {
    const hub = new Hub(this.#bundle)
    this.#started.push(hub)
    void hub.ended.then(() => this.#started.splice(this.#started.indexOf(hub), 1))
    return hub
  }
}

async function timely(step: Promise<void>, what: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`a hub process has not ${what} within ${patience} ms`)), patience)
  })
  await Promise.race([step, late]).finally(() => clearTimeout(timer))
}
