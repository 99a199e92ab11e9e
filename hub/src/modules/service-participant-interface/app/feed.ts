import { actAsHub } from '../../../platform/acting.ts'
import type { LoggedEvent } from '../domain/logged-event.ts'
import type { Position } from '../domain/position.ts'
import type { ParticipantDependencies } from './dependencies.ts'

const pageSize = 1000
/** A transaction that is still running can hold back events already committed; they appear by this poll. */
const pollEvery = 200

export interface Listener {
  events(events: readonly LoggedEvent[]): void
  /** The feed has stopped: nothing more comes. */
  ended(): void
}

export interface Listening {
  /** Every event after this place comes. */
  readonly from: Position
  stop(): void
}

/**
 * The new events of the log, read once per hub however many listen. Reads only while somebody listens.
 */
export class Feed {
  readonly #deps: ParticipantDependencies
  readonly #listeners = new Set<Listener>()
  #stopped = false
  #position: Position | null = null
  #reading: Promise<void> | null = null
  #stopPolling: (() => void) | null = null
  #stopListening: (() => void) | null = null

  constructor(deps: ParticipantDependencies) {
    this.#deps = deps
  }

  start(): void {
    this.#stopListening = this.#deps.doorbells.listen('events', () => this.#read())
  }

  /** Ends every listener. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#stopListening?.()
    this.#stopPolling?.()
    this.#stopPolling = null
    for (const listener of this.#listeners) listener.ended()
    this.#listeners.clear()
    await this.#reading
  }

  /** Calls `listener` with every batch of events committed from now on. */
  listen(listener: Listener): Promise<Listening> {
    // For all listeners, whoever comes first.
    return actAsHub(() => this.#listen(listener))
  }

  async #listen(listener: Listener): Promise<Listening> {
    if (this.#listeners.size === 0) {
      const end = await this.#deps.storage.end(this.#deps.database.sql)
      // Meanwhile another may have come: its place must not move.
      if (this.#listeners.size === 0) this.#position = end
    }
    const from = this.#position!
    if (this.#stopped) listener.ended()
    else this.#listeners.add(listener)
    if (this.#stopPolling === null && !this.#stopped) this.#poll()
    return { from, stop: () => this.#listeners.delete(listener) }
  }

  #poll(): void {
    this.#stopPolling = this.#deps.clock.after(pollEvery, () => {
      this.#stopPolling = null
      if (this.#listeners.size === 0) return
      this.#read()
      this.#poll()
    })
  }

  #read(): void {
    if (this.#listeners.size === 0) return
    this.#reading ??= this.#readAll()
      .catch((error: unknown) =>
        this.#deps.log.error({ err: error }, 'the event log could not be read; it is tried again'),
      )
      .finally(() => {
        this.#reading = null
      })
  }

  async #readAll(): Promise<void> {
    for (;;) {
      const events = await this.#deps.storage.eventsAfter(this.#deps.database.sql, this.#position!, pageSize)
      const last = events.at(-1)
      if (last === undefined) return
      this.#position = last.position
      for (const listener of this.#listeners) listener.events(events)
      if (events.length < pageSize) return
    }
  }
}
