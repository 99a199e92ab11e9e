import type { Unit } from '@sutler/device-model'
import type { Work } from './work.ts'

/**
 * What the hub remembers of one device between its polls: one small JSON document, so that any hub can answer the next one. Everything
 * in it is bounded.
 */
export interface Memory {
  readonly form: 1
  /** It has been here before. */
  readonly greeted: boolean
  /** What the device has been shown and has not closed, oldest first. */
  readonly actions: readonly Action[]
  /** Ids of the last actions that were closed: what is said of them now is answered with 410. */
  readonly closed: readonly number[]
  /** The last action that was installed. */
  readonly installed: { readonly id: number; readonly work: Work } | null
  /** Null: as the hub is set. */
  readonly autoConfirm: {
    readonly active: boolean
    readonly initiator: string
    readonly remark: string
    /** Milliseconds since the Unix epoch. */
    readonly at: number
  } | null
  /** What it runs, in its own words; null while it has never said what. */
  readonly units: readonly Unit[] | null
  /** Actions that the device has closed as a success, of which it has yet to say that it runs them. */
  readonly unproved: readonly Unproved[]
  /** Service → the newest intention that the device was shown: older ones come too late. */
  readonly epochs: Readonly<Record<string, number>>
  /** Reports of the device so far: part of the next one's id. */
  readonly reports: number
  /** What the device has said of itself; null until it has. */
  readonly attributes: Readonly<Record<string, string>> | null
  /** They are asked for again: something was installed since. */
  readonly stale: boolean
}

export interface Unproved {
  readonly id: number
  readonly work: Work
  /** Of the outcome. */
  readonly word: string
  readonly detail: string
  /** Milliseconds since the Unix epoch. */
  readonly since: number
}

export interface Action {
  /** The output's id; of action, cancelAction and stopId alike. */
  readonly id: number
  readonly work: Work
  /** Null: no word from the device yet but that it has looked. */
  readonly stage: Stage | null
  readonly confirmed: boolean
  /** Words of the device that were taken, all told: part of the next one's id. */
  readonly count: number
  /** The last one in short: a repeat of it is no news. */
  readonly last: string
  /** Newest first. */
  readonly messages: readonly string[]
  /** Why it is to be stopped; null while it is wanted. */
  readonly cancel: {
    readonly reason: CancelReason
    /** Milliseconds since the Unix epoch. */
    readonly since: number
    readonly refused: boolean
  } | null
  /** The device was last told not to install for now, and in which terms. */
  readonly skipped: { readonly tag: number; readonly answered: boolean } | null
}

export type Stage = 'scheduled' | 'downloading' | 'downloaded' | 'installing'
export type CancelReason = 'cancelled' | 'superseded'

export const memoryBounds = {
  /** More open actions than this are not begun: the rest waits in the queue. */
  actions: 4,
  closed: 32,
  messages: 10,
  messageLength: 160,
  units: 32,
  unproved: 4,
  services: 64,
  /** Characters of all attributes together. */
  attributes: 10_000,
} as const

export const emptyMemory: Memory = {
  form: 1,
  greeted: false,
  actions: [],
  closed: [],
  installed: null,
  autoConfirm: null,
  units: null,
  unproved: [],
  epochs: {},
  reports: 0,
  attributes: null,
  stale: false,
}

/** What was remembered; what is of no known form counts as nothing. */
export function readMemory(value: unknown): Memory {
  return typeof value === 'object' && value !== null && (value as { form?: unknown }).form === 1
    ? (value as Memory)
    : emptyMemory
}

export function actionOf(memory: Memory, id: number): Action | undefined {
  return memory.actions.find((action) => action.id === id)
}

export function withAction(memory: Memory, changed: Action): Memory {
  const known = actionOf(memory, changed.id) !== undefined
  const actions = known
    ? memory.actions.map((action) => (action.id === changed.id ? changed : action))
    : [...memory.actions, changed]
  return { ...memory, actions }
}

/** The action is over. */
export function withoutAction(memory: Memory, id: number): Memory {
  const closed = [id, ...memory.closed.filter((each) => each !== id)].slice(0, memoryBounds.closed)
  return { ...memory, actions: memory.actions.filter((action) => action.id !== id), closed }
}

/** Newest first, bounded. */
export function withMessages(action: Action, messages: readonly string[]): Action {
  const cut = messages.map((message) => plain(message).slice(0, memoryBounds.messageLength)).toReversed()
  return { ...action, messages: [...cut, ...action.messages].slice(0, memoryBounds.messages) }
}

/** Without control characters, which would take six bytes each to keep. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}]/gu, ' ')
}

/** The device says that it runs `unit`, whatever it ran by that name before; of too many the oldest go. */
export function withUnit(memory: Memory, unit: Unit): Memory {
  const others = (memory.units ?? []).filter(({ name }) => name !== unit.name)
  return { ...memory, units: [...others, unit].slice(-memoryBounds.units) }
}

/** The device was shown this intention for a service; of too many services the oldest go. */
export function withEpoch(memory: Memory, { service, epoch }: Pick<Work, 'service' | 'epoch'>): Memory {
  const others = Object.entries(memory.epochs).filter(([name]) => name !== service)
  return { ...memory, epochs: Object.fromEntries([...others, [service, epoch] as const].slice(-memoryBounds.services)) }
}

/** The device did not take the intention on: it may be shown once more. */
export function withoutEpoch(memory: Memory, { service }: Pick<Work, 'service'>): Memory {
  return { ...memory, epochs: Object.fromEntries(Object.entries(memory.epochs).filter(([name]) => name !== service)) }
}
