import { actAsHub } from '../../platform/acting.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database.ts'
import type { Doorbells } from '../../platform/doorbells.ts'
import { CallerError } from '../../platform/errors.ts'
import { appendEvents } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { migrationEnded, unknownMigration, unknownModel } from '../errors.ts'
import type { Models } from '../models.ts'
import {
  cancelMigration,
  insertMigration,
  listMigrations,
  listRefused,
  readMigration,
  type Migration,
  type MigrationsOf,
  type MigrationOrder,
  type Refused,
} from '../store/migrations.ts'
import { planMigration } from './plan.ts'
import { previewMigration, type Preview } from './preview.ts'
import type { MigrationRunner } from './runner.ts'

export interface MigrationsOptions {
  readonly database: Database
  readonly clock: Clock
  readonly doorbells: Doorbells
  readonly models: Models
  readonly runner: MigrationRunner
}

/** Who asks for something, and why. */
interface Act {
  /** Principal id. */
  readonly by: string
  readonly reason: string
}

/** Moves of running instances between versions (engine.md section 6), as people ask for them. */
export class Migrations {
  readonly #options: MigrationsOptions

  constructor(options: MigrationsOptions) {
    this.#options = options
  }

  /** What a migration would do as things are now. @throws CallerError `unknown-model`, `migration-invalid` */
  async preview(order: MigrationOrder, page: { after: string; limit: number }): Promise<Preview> {
    const { database, models } = this.#options
    return await previewMigration(this.#options, order, await planMigration(models, database.sql, order), page)
  }

  /** Begins one; this hub or another one carries it out. @throws as `preview` */
  async begin(order: MigrationOrder, { by, reason }: Act): Promise<Migration> {
    const { database, clock, doorbells, models, runner } = this.#options
    await planMigration(models, database.sql, order)
    const now = clock.now()
    const about = { id: newId('mig', now), reason, by, createdAt: new Date(now) }
    const migration: Migration = { ...order, ...about, state: 'running', moved: 0, refused: 0, endedAt: null }
    await database.transaction(async (tx) => {
      await insertMigration(tx.sql, migration)
      const data = { migration: migration.id, from: order.from, to: order.to, by, reason }
      await appendEvents(tx, doorbells, [
        { type: 'migration.started', subject: order.model, tenant: order.tenant, household: null, data },
      ])
      tx.afterCommit(() => actAsHub(() => runner.ring()))
    })
    return migration
  }

  /** @throws CallerError `unknown-migration` */
  async one(of: MigrationsOf, id: string): Promise<Migration> {
    const migration = await readMigration(this.#options.database.sql, of, id)
    if (!migration) throw new CallerError(unknownMigration, `Model ${of.model} has no migration ${id}.`)
    return migration
  }

  /** Newest first. @throws CallerError `unknown-model` */
  async list(of: MigrationsOf, page: { limit: number; before?: string }): Promise<Migration[]> {
    const { database, models } = this.#options
    if (!(await models.find(database.sql, of.model, null))) {
      throw new CallerError(unknownModel, `No version of model ${of.model} is published.`)
    }
    return await listMigrations(database.sql, of, page)
  }

  /** Instances that one did not move, by id. @throws CallerError `unknown-migration` */
  async refused(of: MigrationsOf, id: string, page: { limit: number; after?: string }): Promise<Refused[]> {
    const migration = await this.one(of, id)
    return await listRefused(this.#options.database.sql, migration.id, page)
  }

  /** What was moved stays so. @throws CallerError `unknown-migration`, `migration-ended` */
  async cancel(of: MigrationsOf, id: string, { by, reason }: Act): Promise<Migration> {
    const { database, clock, doorbells } = this.#options
    const { tenant, model } = of
    const { state } = await this.one(of, id)
    await database.transaction(async (tx) => {
      if (!(await cancelMigration(tx.sql, id, clock.now())))
        throw new CallerError(
          migrationEnded,
          `Migration ${id} of model ${model} is ${state === 'running' ? 'done' : state}.`,
        )
      const data = { migration: id, by, reason }
      await appendEvents(tx, doorbells, [
        { type: 'migration.cancelled', subject: model, tenant, household: null, data },
      ])
    })
    return await this.one(of, id)
  }
}
