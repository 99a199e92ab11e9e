import type { Clock, Milliseconds } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/database.ts'
import type { Log } from '../platform/log.ts'
import { removeMigrations } from './store/migrations.ts'
import { maySweep, removeEnded, removeHistory, removeStrayMail, type Swept } from './store/retention.ts'

/** How long what is over is kept. */
export interface RetentionPolicy {
  /** Ended instances, with their history, after their end. */
  readonly instances: Milliseconds
  /** Entries of any history, those of running instances included; migrations after their end. */
  readonly history: Milliseconds
}

export interface RetentionOptions {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly policy: RetentionPolicy
}

const firstAfter: Milliseconds = 60_000
const every: Milliseconds = 600_000
/** Rows removed in one transaction, and transactions of one sweep, at most: the next one goes on. */
const rows = 5_000
const batches = 400
/** Mail of nobody, so old that whoever sent it has committed long ago. */
const strayAfter: Milliseconds = 600_000

/** Removes what is past its retention, now and then, in small transactions. Of all hubs, one does it at a time. */
export class Retention {
  readonly #options: RetentionOptions
  #stopping = false
  #cancel: () => void = () => {}
  #running: Promise<unknown> = Promise.resolve()

  constructor(options: RetentionOptions) {
    this.#options = options
  }

  start(): void {
    this.#next(firstAfter)
  }

  /** Ends after the transaction under way. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#cancel()
    await this.#running
  }

  #next(wait: Milliseconds): void {
    const { clock, log } = this.#options
    this.#cancel = clock.after(wait, () => {
      this.#running = this.sweep()
        .catch((error: unknown) => log.warn({ err: error }, 'old instances could not be removed; it is tried again'))
        .finally(() => !this.#stopping && this.#next(every))
    })
  }

  /** One sweep now. @returns what went; nothing when another hub sweeps */
  async sweep(): Promise<Swept> {
    const { clock, log, policy } = this.#options
    const now = clock.now()
    const ended = await this.#repeat(({ sql }) => removeEnded(sql, now - policy.instances, rows))
    const old = await this.#repeat(async ({ sql }) => entriesOnly(await removeHistory(sql, now - policy.history, rows)))
    await this.#repeat(async ({ sql }) => entriesOnly(await removeStrayMail(sql, now - strayAfter, rows)))
    await this.#repeat(async ({ sql }) => entriesOnly(await removeMigrations(sql, now - policy.history, rows)))
    const swept = { instances: ended.instances, entries: ended.entries + old.entries }
    if (swept.instances + swept.entries > 0) log.info(swept, 'instances and history past their retention were removed')
    return swept
  }

  async #repeat(remove: (tx: Tx) => Promise<Swept>): Promise<Swept> {
    const all = { instances: 0, entries: 0 }
    for (let batch = 0; batch < batches && !this.#stopping; batch++) {
      const swept = await this.#options.database.transaction(async (tx) =>
        (await maySweep(tx.sql)) ? await remove(tx) : entriesOnly(0),
      )
      all.instances += swept.instances
      all.entries += swept.entries
      if (swept.instances < rows && swept.entries < rows) break
    }
    return all
  }
}

function entriesOnly(entries: number): Swept {
  return { instances: 0, entries }
}
