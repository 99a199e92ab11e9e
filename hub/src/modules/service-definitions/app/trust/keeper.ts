import { Gauge } from 'prom-client'
import { OutsideError } from '../../../../platform/errors.ts'
import type { Clock } from '../../../../platform/clock.ts'
import type { Log } from '../../../../platform/log.ts'
import type { Metrics } from '../../../../platform/metrics.ts'
import { repeat } from '../../../../platform/repeat.ts'
import { trustNotInitialised } from './errors.ts'
import type { Trust } from './index.ts'

interface KeeperDeps {
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
}

const every = 60_000

/** Keeps the repository fresh, and says by a measurement how long each part of it lasts. */
export class TrustKeeper {
  readonly #trust: Trust
  readonly #deps: KeeperDeps
  #root: { readonly at: number; readonly text: string } | null = null

  constructor(trust: Trust, deps: KeeperDeps) {
    this.#trust = trust
    this.#deps = deps
    const { clock } = deps
    void new Gauge({
      name: 'sutler_trust_remaining_seconds',
      help: 'Until the signed metadata of a role in force end; negative once they have',
      labelNames: ['role'],
      registers: [deps.metrics],
      async collect() {
        this.reset()
        for (const { role, expires } of await trust.ends()) this.set({ role }, expires - clock.now() / 1000)
      },
    })
  }

  /** The first round at once. Returns the way to stop. */
  start(): () => void {
    const { clock, log } = this.#deps
    const what = 'keep signed metadata fresh'
    const work = () => this.#trust.freshen()
    work().catch((error: unknown) => log.warn({ err: error }, `could not ${what}; trying again later`))
    return repeat({ clock, log, every, what, work })
  }

  /** What new devices start from: a second old at most, since they go on from any. @throws OutsideError `trust-not-initialised` */
  async root(): Promise<string> {
    const now = this.#deps.clock.monotonic()
    if (this.#root !== null && now - this.#root.at < 1_000) return this.#root.text
    const bytes = await this.#trust.root()
    if (bytes === null) throw new OutsideError(trustNotInitialised, 'Nobody has given it a root yet.')
    this.#root = { at: now, text: Buffer.from(bytes).toString('utf8') }
    return this.#root.text
  }
}
