import { randomBytes } from 'node:crypto'
import type { Instance } from '@sutler/engine'
import type { Clock, Milliseconds } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/database.ts'
import type { Log } from '../../platform/log.ts'
import { InvariantError } from '../../platform/errors.ts'
import { addressKey } from '../address.ts'
import type { Models } from '../models.ts'
import { operatorEntry } from '../operations.ts'
import { lockInstance } from '../store/claim.ts'
import {
  endMigration,
  leaseMigration,
  limitPatience,
  moveInstance,
  nextInstances,
  noteProgress,
  releaseMigration,
  type LeasedMigration,
} from '../store/migrations.ts'
import { instanceOf, type InstanceRow } from '../store/rows.ts'
import { insertHistory, type HistoryRow } from '../store/writes.ts'
import { moved, planMigration, type MigrationPlan } from './plan.ts'

export interface RunnerOptions {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly models: Models
  /** Told of each commit that moved an instance. */
  readonly stepped: () => void
}

/** How often it is looked for migrations that another hub was asked for, or has left behind. */
const poll: Milliseconds = 1_000
/** A lease that is not renewed for so long is anybody's. */
const leaseFor: Milliseconds = 8_000
const patience: Milliseconds = 6_000
/** Instances looked for at once. */
const batch = 500

/** The lease is another hub's, or a person has cancelled the migration: what was under way is undone. */
class Fenced extends InvariantError {}

/**
 * Moves instances to another version, one after the other, each in one transaction with the migration's own progress: a hub
 * that is killed leaves nothing half done, and the next one goes on behind the last instance that was moved.
 */
export class MigrationRunner {
  readonly #options: RunnerOptions
  readonly #hub = randomBytes(9).toString('base64url')
  #leases = 0
  #stopping = false
  #cancel: () => void = () => {}
  #running: Promise<void> | null = null
  #again = false

  constructor(options: RunnerOptions) {
    this.#options = options
  }

  start(): void {
    this.#next(poll)
  }

  /** Ends after the instance under way; another hub goes on. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#cancel()
    await this.#running
  }

  /** There is one to run. */
  ring(): void {
    this.#again = true
    if (this.#stopping || this.#running) return
    this.#cancel()
    this.#again = false
    this.#running = this.#run()
      .catch((error: unknown) =>
        this.#options.log.warn({ err: error }, 'a migration could not go on; it is tried again'),
      )
      .finally(() => {
        this.#running = null
        this.#next(this.#again ? 0 : poll)
      })
  }

  #next(delay: Milliseconds): void {
    if (!this.#stopping) this.#cancel = this.#options.clock.after(delay, () => this.ring())
  }

  async #run(): Promise<void> {
    const { database, clock } = this.#options
    while (!this.#stopping) {
      const now = clock.now()
      const lease = `${this.#hub}#${++this.#leases}`
      const leased = await leaseMigration(database.sql, { lease, now, until: now + leaseFor })
      if (!leased) return
      try {
        await this.#migrate(leased)
      } catch (error) {
        if (!(error instanceof Fenced)) throw error
      }
    }
  }

  async #migrate(leased: LeasedMigration): Promise<void> {
    const { database, clock, models, log } = this.#options
    const { migration } = leased
    const plan = await planMigration(models, database.sql, migration)
    for (let { position } = leased; ;) {
      const next = await nextInstances(database.sql, migration, position, batch)
      for (const id of next.ids) {
        if (this.#stopping) return await releaseMigration(database.sql, leased)
        await database.transaction((tx) => this.#one(tx, leased, plan, id))
      }
      position = next.position
      if (!(await noteProgress(database.sql, leased, { position }, clock.now() + leaseFor))) throw fenced(leased)
      if (next.end) break
    }
    await endMigration(database.sql, leased, clock.now())
    log.info({ migration: migration.id, model: migration.model }, 'every instance of a migration was looked at')
  }

  async #one(tx: Tx, leased: LeasedMigration, plan: MigrationPlan, id: string): Promise<void> {
    const { clock, stepped } = this.#options
    const { tenant, model, instances } = leased.migration
    // Sent in one flight, here and below: a migration is as long as its round trips.
    const [found] = await Promise.all([lockInstance(tx.sql, { model, id }), limitPatience(tx.sql, patience)])
    const row = found?.tenant === tenant ? found : null
    const result = row ? moved(plan, instanceOf(row)) : { reasons: ['there is no such instance'] }
    const now = clock.now()
    const until = now + leaseFor
    if (row && 'instance' in result) {
      const [led] = await Promise.all([
        noteProgress(tx.sql, leased, { position: id, moved: true }, until),
        moveInstance(tx.sql, row, result.instance, row.entries + 1, now),
        insertHistory(tx.sql, [entryOf(leased, row, now, result.instance)]),
      ])
      if (!led) throw fenced(leased)
      tx.afterCommit(stepped)
      return
    }
    const reasons = 'reasons' in result ? result.reasons : []
    // One that has ended or moved since it was found is none of it any more, unless it was named.
    const meant = instances !== null || (row && !row.done && row.version === leased.migration.from)
    const progress = { position: id, ...(meant && { refused: { instance: id, reasons } }) }
    if (!(await noteProgress(tx.sql, leased, progress, until))) throw fenced(leased)
  }
}

function fenced({ migration, lease }: LeasedMigration): Fenced {
  return new Fenced(`migration ${migration.id} is not led by ${lease} any more`)
}

function entryOf({ migration }: LeasedMigration, row: InstanceRow, at: number, instance: Instance): HistoryRow {
  const { id, from, to, by, reason } = migration
  const act = { key: row.key, entry: row.entries + 1, at, kind: 'migrate', by, reason }
  const changed = JSON.stringify(instance.data) !== JSON.stringify(row.data)
  return operatorEntry(act, instance, {
    id: addressKey(row),
    args: { migration: id, from, to },
    ...(changed && { data: instance.data }),
  })
}
