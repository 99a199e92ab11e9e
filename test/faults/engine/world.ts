import type { JsonObject } from '@sutler/engine'
import type { Database } from '../../../hub/src/platform/database.ts'
import type { Ledger } from './ledger.ts'

/** So many findings are told; of the rest, how many there are. */
const told = 200

/** What no instance can know alone: what went from one to another, what all of them counted, and what tasks did. */
export class World {
  readonly #wrong: string[] = []
  #more = 0
  timers = 0
  #paid = 0
  #received = 0
  #payments = 0
  #thanks = 0
  #tallied = 0
  /** Ids of signals between instances, and of tasks' ends, that have been sent (1) or taken (-1). */
  readonly #way = new Map<string, number>()
  /** Migration → how many instances it has moved. */
  readonly #moved = new Map<string, number>()
  readonly #tasks = { book: new Set<string>(), call: new Set<string>() }

  get findings(): readonly string[] {
    return this.#more > 0 ? [...this.#wrong, `and ${this.#more} more`] : this.#wrong
  }

  wrong(what: string): void {
    if (this.#wrong.length < told) this.#wrong.push(what)
    else this.#more++
  }

  emitted(id: string): void {
    this.#way.set(id, (this.#way.get(id) ?? 0) + 1)
  }

  arrived(id: string): void {
    this.#way.set(id, (this.#way.get(id) ?? 0) - 1)
  }

  started(task: string, key: string): void {
    const keys = this.#tasks[task as 'book' | 'call']
    if (keys.has(key)) this.wrong(`task ${task} was started twice as ${key}`)
    keys.add(key)
    this.emitted(`${key}/done`)
  }

  moved(migration: string): void {
    this.#moved.set(migration, (this.#moved.get(migration) ?? 0) + 1)
  }

  fired(url: string, names: readonly string[], args: JsonObject): void {
    if (names.includes('pay')) {
      this.#payments++
      this.#paid += Number(args['amount'])
    }
    if (names.includes('receive')) this.#received += Number(args['amount'])
    if (names.includes('thanks')) this.#thanks++
    if (url.startsWith('model:tally/') && names.includes('note')) this.#tallied++
  }

  async end(database: Database, ledger: Ledger): Promise<void> {
    for (const [id, count] of this.#way) {
      if (count > 0) this.wrong(`${id} was emitted and never taken`)
      // Ends of subinstances and returned signals are nobody's emission; that they are taken once each instance sees itself.
    }
    if (this.#paid !== this.#received) this.wrong(`${this.#paid} was paid, but ${this.#received} received`)
    if (this.#payments !== this.#thanks) this.wrong(`${this.#payments} payments were thanked for ${this.#thanks} times`)
    const [shared] = await database.sql<{ data: JsonObject }[]>`select data from engine_shared where model = 'tally'`
    const total = shared?.data['total']
    if (total !== this.#tallied) this.wrong(`the tallies’ total is ${total}, but they counted ${this.#tallied}`)
    await this.#checkTasks(database)
    await this.#checkSent(database, ledger)
    await this.#checkMoves(database)
  }

  async #checkTasks({ sql }: Database): Promise<void> {
    const booked = await sql<
      { key: string; count: number }[]
    >`select key, count(*)::int as count from booking group by key`
    for (const { key, count } of booked) {
      if (count > 1) this.wrong(`${key} was booked ${count} times`)
      if (!this.#tasks.book.has(key)) this.wrong(`${key} was booked, but its step is not there`)
    }
    if (booked.length < this.#tasks.book.size)
      this.wrong(`${this.#tasks.book.size - booked.length} bookings are missing`)
    const called = await sql<{ key: string }[]>`select distinct key from attempt`
    for (const { key } of called)
      if (!this.#tasks.call.has(key)) this.wrong(`${key} was called, but its step is not there`)
    if (called.length < this.#tasks.call.size)
      this.wrong(`${this.#tasks.call.size - called.length} calls were not made`)
  }

  async #checkMoves({ sql }: Database): Promise<void> {
    const rows = await sql<
      { id: string; moved: number; refused: number }[]
    >`select id, moved, refused from engine_migration`
    for (const { id, moved, refused } of rows) {
      const entered = this.#moved.get(id) ?? 0
      if (moved !== entered) this.wrong(`migration ${id} has moved ${moved} instances, histories say ${entered}`)
      if (refused > 0) this.wrong(`migration ${id} could not move ${refused} instances`)
    }
  }

  /** What a client's own transaction wrote beside the signals is there exactly when they are. */
  async #checkSent({ sql }: Database, ledger: Ledger): Promise<void> {
    const rows = await sql<{ instance: string; signal: string }[]>`select instance, signal from sent`
    const sent = new Set(rows.map(({ instance, signal }) => `${instance} ${signal}`))
    for (const { instance, signal } of rows)
      if (!ledger.tried.get(instance)?.has(signal))
        this.wrong(`${signal} to ${instance} was sent by a transaction that was undone`)
    for (const [instance, tried] of ledger.tried)
      for (const [signal, { committed }] of tried)
        if (committed && !sent.has(`${instance} ${signal}`))
          this.wrong(`the transaction that sent ${signal} to ${instance} is lost`)
  }
}
