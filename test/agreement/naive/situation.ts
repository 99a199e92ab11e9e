import type { Json, JsonObject } from '@sutler/engine'

/** A signal on its way. `from`: this very instance generated it, another one did, or nobody to whom one could answer. */
export interface Arrival {
  readonly type: string
  readonly args: JsonObject
  readonly from: 'own' | 'other' | 'nobody'
  /** Given in the script: two of the same id are one. */
  readonly id?: string
  readonly reply?: string
  /** A returned signal, or the end of a task or of a subinstance: what is not declared is left out. */
  readonly returned?: boolean
}

export interface Deferred {
  readonly signal: Arrival
  /** The turn in which it was deferred: one per signal from outside, end, or due signal. */
  readonly turn: number
  /** To be tried again: the current states have changed since it was tried, the waiting is over, or another one fired. */
  stale: boolean
}

export interface Delayed {
  readonly type: string
  readonly due: number
  readonly while: readonly string[]
  /** Null when it is for somebody else. */
  readonly signal: Arrival | null
}

export interface Running {
  readonly task: string
  readonly done: string | undefined
  readonly failed: string | undefined
  readonly attempts: number
}

export interface Subinstance {
  readonly as: string
  /** Model and id, which designate it. */
  readonly whom: string
  readonly wait: boolean
  readonly done: string | undefined
  readonly failed: string | undefined
}

/** What was said of a signal whose id was taken. */
export interface Answer {
  readonly type: string
  readonly outcome: string
  readonly fired: readonly string[]
  readonly args: JsonObject
}

/** All that is known of the one instance that is simulated. Undoing is going back to a copy. */
export interface Situation {
  states: string[]
  data: { [key: string]: Json }
  shared: { [key: string]: Json }
  own: Arrival[]
  deferred: Deferred[]
  ended: Arrival[]
  held: Arrival[]
  delayed: Delayed[]
  running: Running[]
  children: Subinstance[]
  answers: { [id: string]: Answer }
  done: boolean
}

export function copyOf(situation: Situation): Situation {
  return {
    ...situation,
    states: [...situation.states],
    data: { ...situation.data },
    shared: { ...situation.shared },
    own: [...situation.own],
    deferred: situation.deferred.map((deferred) => ({ ...deferred })),
    ended: [...situation.ended],
    held: [...situation.held],
    delayed: [...situation.delayed],
    running: [...situation.running],
    children: [...situation.children],
    answers: { ...situation.answers },
  }
}

/** Section 5: the instance waits while a subinstance runs that was called with `wait`. */
export function waits(situation: Situation): boolean {
  return situation.children.some((child) => child.wait)
}
