import type { Ack, DownMessage, Fetch, Offer, Ping, Remove, UpMessage } from '../messages.ts'

type WithoutId<Message> = Message extends { readonly id: string } ? Omit<Message, 'id'> : never

/** An up message before it has an id: `queueUp` gives it one. A `fetch` is no part of the session. */
export type UpBody = WithoutId<Exclude<UpMessage, Fetch>>

/** One message on its way to the hub. */
export interface OutboxEntry {
  readonly id: string
  readonly t: UpBody['t']
  /** The delivery it is about, or ''. */
  readonly delivery: string
  /** The encoded message. */
  readonly bytes: Uint8Array
  /** When it was last sent over this connection, by the caller's clock in milliseconds; null = not yet. */
  sentAt: number | null
}

/** The newest intention for a service that the device has seen. */
export interface Intention {
  readonly epoch: number
  readonly delivery: string
}

export interface PendingAck {
  readonly id: string
  readonly error: string | undefined
}

/**
 * What a device remembers of its talk with the hub. A plain object that the functions of this folder change in place:
 * no timers, no clock, no randomness, no effects. One belongs to one device.
 */
export interface DeviceSession {
  /** Prefix of the ids given out since this start; new at every start. */
  readonly boot: string
  /** Ids given out since this start. */
  given: number
  /** Unacknowledged messages, in the order in which they are to be sent. */
  outbox: OutboxEntry[]
  /** Sum of the entries' bytes. */
  outboxBytes: number
  /** To be acknowledged with the next send. */
  acks: PendingAck[]
  /** Ids of down messages that were acknowledged, newest last, at most `limits.rememberedIds`. */
  taken: string[]
  /** Ids of down messages handed to the caller, which has not acknowledged them yet. */
  working: string[]
  /** Service → newest intention; at most `limits.rememberedServices`, the one touched longest ago first. */
  intentions: Map<string, Intention>
  /** Cancelled deliveries, newest last, at most `limits.tombstones`. */
  tombstones: string[]
  /** When the last progress message was sent. */
  progressAt: number
  /** Grows whenever something that `saveDeviceSession` keeps has changed: save, then send. */
  revision: number
}

/** What became of a down message. */
export type Received =
  /** New: do it, make that durable, then `acknowledgeDown(session, message.id)`. */
  | { readonly kind: 'new'; readonly message: Exclude<DownMessage, Ack | Ping> }
  /**
   * The newest intention once more: a fresh link, or the hub did not hear of the first. Go on with the work in hand, or
   * queue its outcome again, or start it if it is not known; then `acknowledgeDown(session, message.id)`.
   */
  | { readonly kind: 'again'; readonly message: Offer | Remove }
  /** Older than what is known, or cancelled: its decline and its ack are queued already. */
  | { readonly kind: 'declined'; readonly message: Offer | Remove }
  /** A repeat or a ping: its ack is queued as soon as it is due. Nothing to do. */
  | { readonly kind: 'nothing' }
  /** Too much in hand: not acknowledged, so that the hub sends it again later. Nothing to do. */
  | { readonly kind: 'held' }
  /** The hub has taken these messages of ours; refused them for good when `error` is set. */
  | { readonly kind: 'acknowledged'; readonly messages: readonly OutboxEntry[]; readonly error: string | undefined }

/**
 * A session of a device that has none saved.
 * @param boot random text of at most 40 characters, new at every start: makes message ids unique
 */
export function createDeviceSession(boot: string): DeviceSession {
  return {
    boot,
    given: 0,
    outbox: [],
    outboxBytes: 0,
    acks: [],
    taken: [],
    working: [],
    intentions: new Map(),
    tombstones: [],
    progressAt: Number.NEGATIVE_INFINITY,
    revision: 0,
  }
}

/** Appends to a bounded memory; the oldest entries make room. */
export function remember(memory: string[], id: string, most: number): void {
  memory.push(id)
  if (memory.length > most) memory.splice(0, memory.length - most)
}
