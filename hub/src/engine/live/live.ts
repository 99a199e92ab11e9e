import { actAsHub } from '../../platform/acting.ts'
import type { Clock, Milliseconds } from '../../platform/clock.ts'
import { readWithin } from '../../platform/bounded.ts'
import { databaseOverloaded, type Database, type Sql } from '../../platform/database.ts'
import { OutsideError } from '../../platform/errors.ts'
import type { Log } from '../../platform/log.ts'
import { horizon } from '../../platform/horizon.ts'
import {
  committedAfter,
  entriesOf,
  modelsBetween,
  stepsAfter,
  summariseHistory,
  type CommitPlace,
  type Step,
} from '../store/steps.ts'
import { Lane } from './lane.ts'
import { Watch } from './watch.ts'

export interface LiveOptions {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}

/** What other hubs do is looked for so often, as long as somebody follows. */
const poll: Milliseconds = 250
/** This hub's commits within so long are one look. */
const gathering: Milliseconds = 10
/** Entries read at once, and held for one reader: what a slow one has not taken stays in the database. */
const page = 20
/** Transactions looked at by one statement: at first, and at most; and how long one may take. */
const firstSlice = 256
const widestSlice = 65_536
const longest: Milliseconds = 1_000
/** Readers that read at once: however many there are, the hub’s work finds connections. */
const atOnce = 3

/** How often the newest part of history gets into its index while a model is followed: until then it is read whole. */
const summariseEvery: Milliseconds = 2_000

/** A step with where it stands among those that are followed. */
export interface Followed<Place> {
  readonly step: Step
  readonly place: Place
}

/**
 * Steps as they are committed, by this hub or another one, for those who follow an instance or a model. Nobody's commit does
 * anything for it: while somebody follows, one or two small queries a look tell who has something to read, and each reads for
 * itself, as fast as it is listened to.
 */
export class Live {
  readonly #options: LiveOptions
  readonly #watches = new Set<Watch>()
  readonly #lane = new Lane(atOnce)
  /** The transaction before which the last look found all to have ended. */
  #horizon: number | null = null
  #summarised = -Infinity
  #cancel: () => void = () => {}
  /** A look is due soon, or under way and to be followed by another. */
  #soon = false
  #looking = false
  #stopped = false

  constructor(options: LiveOptions) {
    this.#options = options
  }

  /** This hub has committed steps. */
  stepped(): void {
    if (this.#watches.size === 0 || this.#soon) return
    this.#soon = true
    if (!this.#looking) actAsHub(() => this.#lookIn(gathering))
  }

  /** Ends every following. */
  stop(): void {
    this.#stopped = true
    this.#cancel()
    for (const watch of this.#watches) watch.end()
  }

  /** Entries of one instance after the given one, by its key; ends when it is removed, on `abort`, and when the hub stops. */
  async *instance(key: number, after: number, abort: AbortSignal): AsyncGenerator<Followed<number>, void, void> {
    const watch = this.#watch(key, abort)
    try {
      for (let entry = after; ;) {
        const news = await watch.beyond(entry)
        if (news === null) return
        for (;;) {
          const from = entry
          const steps = await this.#read((sql) => stepsAfter(sql, key, from, page))
          if (steps === null) throw tooSlow(key)
          for (const step of steps) yield { step, place: (entry = step.entry) }
          if (steps.length < page || abort.aborted) break
        }
        // What was not there to be read is past its retention.
        entry = Math.max(entry, news.known)
      }
    } finally {
      this.#watches.delete(watch)
    }
  }

  /** Entries of all instances of a model behind `after`, in the order of their transactions; ends as `instance` does. */
  async *model(
    of: { readonly model: string; readonly tenant: string },
    after: CommitPlace,
    abort: AbortSignal,
  ): AsyncGenerator<Followed<CommitPlace>, void, void> {
    const name = of.model
    const watch = this.#watch(name, abort)
    try {
      let slice = firstSlice
      for (let place = after; ;) {
        const news = await watch.beyond(place.xact)
        if (news === null) return
        if (news.read > place.xact) place = beginOf(news.read)
        const from = place
        const until = Math.min(news.known, from.xact + slice)
        const steps = await this.#read((sql) => committedAfter(sql, of, { after: from, until, limit: page }))
        if (steps === null && slice === 1) throw tooSlow(name)
        // So many transactions at once that a look reads about as much as it takes.
        if (steps === null) slice = Math.max(1, slice >> 4)
        else if (steps.length === page) slice = Math.max(1, slice >> 1)
        else if (steps.length < page / 2) slice = Math.min(slice << 1, widestSlice)
        if (steps === null) continue
        for (const followed of steps) {
          place = followed.place
          yield followed
        }
        if (steps.length < page) place = beginOf(until)
      }
    } finally {
      this.#watches.delete(watch)
    }
  }

  /** The place behind every step that can be read now. */
  async end(): Promise<CommitPlace> {
    return beginOf(Number(await horizon(this.#options.database.sql)))
  }

  #read<T>(read: (sql: Sql) => Promise<T>): Promise<T | null> {
    return this.#lane.run(() => readWithin(this.#options.database, longest, read, { byIndex: true }))
  }

  #watch(of: number | string, abort: AbortSignal): Watch {
    const watch = new Watch(of, abort)
    this.#watches.add(watch)
    if (this.#stopped) watch.end()
    else {
      this.#soon = true
      // It looks for all who follow.
      if (!this.#looking) actAsHub(() => this.#lookIn(0))
    }
    return watch
  }

  #lookIn(delay: Milliseconds): void {
    this.#cancel()
    this.#cancel = this.#options.clock.after(delay, () => {
      this.#looking = true
      this.#soon = false
      this.#look()
        .catch((error: unknown) =>
          this.#options.log.warn({ err: error }, 'new steps could not be looked for; it is tried again'),
        )
        .finally(() => {
          this.#looking = false
          if (this.#watches.size > 0 && !this.#stopped) this.#lookIn(this.#soon ? gathering : poll)
        })
    })
  }

  async #look(): Promise<void> {
    const watches = [...this.#watches]
    await this.#lookAtInstances(watches)
    if (watches.some(({ of }) => typeof of === 'string')) await this.#lookAtModels(watches)
    else this.#horizon = null
  }

  async #lookAtInstances(watches: readonly Watch[]): Promise<void> {
    const keys = new Set(watches.flatMap(({ of }) => (typeof of === 'number' ? [of] : [])))
    const entries = await entriesOf(this.#options.database.sql, [...keys])
    for (const watch of watches) if (typeof watch.of === 'number') watch.news(entries.get(watch.of) ?? null)
  }

  /** Of many models that are followed, most have nothing new: one statement tells which have. */
  async #lookAtModels(watches: readonly Watch[]): Promise<void> {
    const { database, clock, log } = this.#options
    const since = this.#horizon
    // Unknown again, should this fail: then everybody looks.
    this.#horizon = null
    if (clock.monotonic() >= this.#summarised + summariseEvery) {
      this.#summarised = clock.monotonic()
      await summariseHistory(database).catch((error: unknown) => log.debug({ err: error }, 'history is being vacuumed'))
    }
    const ended = Number(await horizon(database.sql))
    const busy = since === null ? null : await this.#read((sql) => modelsBetween(sql, since, ended))
    this.#horizon = ended
    for (const watch of watches) {
      if (typeof watch.of === 'number') continue
      if (since === null || busy === null || busy.has(watch.of)) watch.news(ended)
      else watch.nothing(since, ended)
    }
  }
}

/** The place before everything of a transaction. */
function beginOf(xact: number): CommitPlace {
  return { xact, instance: -1, entry: 0 }
}

function tooSlow(of: number | string): OutsideError {
  return new OutsideError(databaseOverloaded, `Steps of ${of} could not be read within ${longest / 1_000} s.`)
}
