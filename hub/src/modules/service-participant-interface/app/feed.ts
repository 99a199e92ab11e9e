import type { Principal } from '../../../platform/access.ts'
import { actAsHub } from '../../../platform/acting.ts'
import type { Milliseconds } from '../../../platform/clock.ts'
import type { LoggedEvent } from '../domain/logged-event.ts'
import { concerns, type Interest, type Wish } from '../domain/interest.ts'
import { changesRights, changesRightsOf } from '../domain/rights-change.ts'
import type { Position } from '../domain/position.ts'
import type { ParticipantDependencies } from './dependencies.ts'

const pageSize = 1000
/** A transaction that is still running can hold back events already committed; they appear by this poll. */
const pollEvery: Milliseconds = 200
/**
 * What a listener may hear of is asked anew at least after so many seconds, since credentials end without an event: each second of
 * a part of the listeners.
 */
const recheckAfter = 10
const second: Milliseconds = 1_000
/** Events held back at most while it is asked. */
const mostHeld = 10_000

export interface Listener {
  /** The same array for all that hear the same. */
  events(events: readonly LoggedEvent[]): void
  /** Nothing more comes: the feed has stopped, or the listener may hear nothing any more. */
  ended(): void
}

export interface Listening {
  /** Every event after this place comes. */
  readonly from: Position
  stop(): void
}

interface Member {
  readonly listener: Listener
  readonly wish: Wish
  principal: Principal
  interest: Interest
  /** In which of the seconds it is asked. */
  readonly slot: number
  /** What has come since it was asked what it may hear of; null = nobody is asking. */
  held: LoggedEvent[] | null
}

/**
 * The new events of the log, read once per hub however many listen, and picked out once for all who want and may hear the same.
 * Reads only while somebody listens.
 */
export class Feed {
  readonly #deps: ParticipantDependencies
  readonly #groups = new Map<string, Set<Member>>()
  #members = 0
  #joined = 0
  #second = 0
  #stopped = false
  #position: Position | null = null
  #reading: Promise<void> | null = null
  #stopPolling: (() => void) | null = null
  #stopRechecking: (() => void) | null = null
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
    this.#stopRechecking?.()
    this.#stopPolling = null
    for (const member of this.#all()) this.#end(member)
    await this.#reading
  }

  /**
   * Calls `listener` with every batch of events committed from now on that the principal wants to hear of and may, by what it may
   * then.
   */
  listen(principal: Principal, wish: Wish, listener: Listener): Promise<Listening> {
    // For all listeners, whoever comes first.
    return actAsHub(() => this.#listen(principal, wish, listener))
  }

  async #listen(principal: Principal, wish: Wish, listener: Listener): Promise<Listening> {
    if (this.#members === 0) {
      const end = await this.#deps.storage.end(this.#deps.database.sql)
      // Meanwhile another may have come: its place must not move.
      if (this.#members === 0) this.#position = end
    }
    const from = this.#position!
    const interest = { ...wish, scope: this.#deps.access.visible(principal, 'event.read') }
    const member: Member = { listener, wish, principal, interest, slot: this.#joined++ % recheckAfter, held: null }
    if (this.#stopped) listener.ended()
    else this.#join(member)
    if (this.#stopPolling === null && !this.#stopped) this.#poll()
    this.#stopRechecking ??= this.#deps.clock.after(second, () => this.#recheckSome())
    return { from, stop: () => this.#leave(member) }
  }

  #join(member: Member): void {
    const key = JSON.stringify(member.interest)
    const group = this.#groups.get(key) ?? new Set()
    this.#groups.set(key, group.add(member))
    this.#deps.feedMeter.listeners(++this.#members)
  }

  #leave(member: Member): void {
    const key = JSON.stringify(member.interest)
    const group = this.#groups.get(key)
    if (!group?.delete(member)) return
    this.#deps.feedMeter.listeners(--this.#members)
    if (group.size === 0) this.#groups.delete(key)
  }

  #end(member: Member): void {
    this.#leave(member)
    member.listener.ended()
  }

  #cut(member: Member, why: 'slow' | 'failed'): void {
    this.#deps.feedMeter.cut(why)
    this.#end(member)
  }

  #all(): Member[] {
    return [...this.#groups.values()].flatMap((group) => [...group])
  }

  #poll(): void {
    this.#stopPolling = this.#deps.clock.after(pollEvery, () => {
      this.#stopPolling = null
      if (this.#members === 0) return
      this.#read()
      this.#poll()
    })
  }

  #read(): void {
    if (this.#members === 0) return
    this.#reading ??= actAsHub(() => this.#readAll())
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
      this.#deliver(events)
      if (events.length < pageSize) return
    }
  }

  #deliver(events: readonly LoggedEvent[]): void {
    this.#deps.feedMeter.told(this.#deps.clock.now() - events[0]!.at.getTime())
    const changes = events.filter(changesRights)
    if (changes.length > 0)
      for (const member of this.#all())
        if (changes.some((change) => changesRightsOf(change, member.principal))) this.#recheck(member)
    for (const group of this.#groups.values()) {
      let heard: LoggedEvent[] | null = null
      for (const member of group) {
        if (member.held !== null) this.#hold(member, events)
        else {
          heard ??= events.filter((event) => concerns(event, member.interest))
          if (heard.length > 0) member.listener.events(heard)
        }
      }
    }
  }

  /** Until it is known what it may hear of, it hears of nothing. */
  #hold(member: Member, events: readonly LoggedEvent[]): void {
    member.held!.push(...events)
    if (member.held!.length > mostHeld) this.#cut(member, 'slow')
  }

  #recheckSome(): void {
    this.#stopRechecking = null
    if (this.#stopped || this.#members === 0) return
    const slot = this.#second++ % recheckAfter
    for (const member of this.#all()) if (member.slot === slot) this.#recheck(member)
    this.#stopRechecking = this.#deps.clock.after(second, () => this.#recheckSome())
  }

  #recheck(member: Member): void {
    if (member.held !== null) return
    member.held = []
    void actAsHub(() => this.#deps.access.present(member.principal))
      .catch((error: unknown) => {
        this.#deps.log.warn({ err: error }, 'what a listener may hear of could not be asked; it is cut, and comes back')
        this.#cut(member, 'failed')
        return null
      })
      .then((principal) => this.#rejoin(member, principal))
  }

  #rejoin(member: Member, principal: Principal | null): void {
    const held = member.held ?? []
    const here = this.#groups.get(JSON.stringify(member.interest))?.has(member) ?? false
    member.held = null
    if (!here) return
    if (principal === null) return this.#end(member)
    this.#leave(member)
    member.principal = principal
    member.interest = { ...member.wish, scope: this.#deps.access.visible(principal, 'event.read') }
    this.#join(member)
    const heard = held.filter((event) => concerns(event, member.interest))
    if (heard.length > 0) member.listener.events(heard)
  }
}
