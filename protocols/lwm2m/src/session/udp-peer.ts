import { isAnswer, isRequest } from '../wire/coap-message.ts'
import { emptyMessage, encodeUdp, messageType } from '../wire/coap-udp.ts'
import type { CoapMessage } from '../wire/coap-message.ts'
import type { MessageType, UdpMessage } from '../wire/coap-udp.ts'

/** RFC 7252, 4.8 and 4.8.2; milliseconds. */
export const transmission = {
  ackTimeout: 2000,
  ackRandomFactor: 1.5,
  maxRetransmit: 4,
  exchangeLifetime: 247_000,
} as const

/** Messages of one peer whose repeats are recognised. A device has one exchange at a time, seldom more (RFC 7252, 4.7). */
const remembered = 8

/** What is to be done about a datagram or about time that has passed. */
export type PeerEffect =
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  /** A request that was not seen before: answer it with `reply`. */
  | { readonly kind: 'request'; readonly id: number; readonly message: CoapMessage }
  /** `id`: to be acknowledged or reset; null when it came inside an acknowledgement or wants none. */
  | { readonly kind: 'answer'; readonly id: number | null; readonly message: CoapMessage }
  | { readonly kind: 'undelivered'; readonly token: Uint8Array; readonly why: 'reset' | 'no-answer' }

interface Unacknowledged {
  readonly id: number
  readonly token: Uint8Array
  readonly bytes: Uint8Array
  timeout: number
  due: number
  left: number
}

interface Seen {
  readonly id: number
  readonly until: number
  readonly type: MessageType
  /** What a repeat is answered with; null as long as the answer is not known. */
  reply: Uint8Array | null
}

/**
 * The message layer towards one peer over datagrams (RFC 7252, 4): repeats what is not acknowledged, recognises repeats,
 * and pairs acknowledgements. Pure: time and chance are given.
 */
export class UdpPeer {
  #nextId: number
  #unacknowledged: Unacknowledged[] = []
  #seen: Seen[] = []
  readonly #random: () => number

  /** @param random 0 up to 1 */
  constructor(random: () => number) {
    this.#random = random
    this.#nextId = Math.floor(random() * 0x1_0000)
  }

  /** Nothing of it would be missed: no exchange is under way, and no repeat is expected any more. */
  idle(now: number): boolean {
    return this.#unacknowledged.length === 0 && this.#seen.every(({ until }) => until <= now)
  }

  /** Something waits for `tick`. */
  get waiting(): boolean {
    return this.#unacknowledged.length > 0
  }

  /** Sends a request or an answer of its own. */
  send(message: CoapMessage, confirmable: boolean, now: number): PeerEffect[] {
    const id = this.#takeId()
    const bytes = encodeUdp({ ...message, id, type: confirmable ? messageType.con : messageType.non })
    if (confirmable) {
      const { ackTimeout, ackRandomFactor, maxRetransmit } = transmission
      const timeout = ackTimeout * (1 + this.#random() * (ackRandomFactor - 1))
      this.#unacknowledged.push({ id, token: message.token, bytes, timeout, due: now + timeout, left: maxRetransmit })
    }
    return [{ kind: 'send', bytes }]
  }

  /** Answers a request: inside the acknowledgement while there is none yet, else in a message of its own (RFC 7252, 5.2). */
  reply(id: number, answer: CoapMessage, now: number): PeerEffect[] {
    const seen = this.#seen.find((each) => each.id === id)
    if (seen?.type !== messageType.con || seen.reply !== null)
      return this.send(answer, seen?.type === messageType.con, now)
    seen.reply = encodeUdp({ ...answer, id, type: messageType.ack })
    return [{ kind: 'send', bytes: seen.reply }]
  }

  /** Acknowledges a request whose answer takes longer, or an answer that was expected. */
  acknowledge(id: number): PeerEffect[] {
    return this.#close(id, messageType.ack)
  }

  /** Tells the peer that its message means nothing here (RFC 7252, 4.2). */
  reset(id: number): PeerEffect[] {
    return this.#close(id, messageType.rst)
  }

  received(message: UdpMessage, now: number): PeerEffect[] {
    if (message.type === messageType.ack || message.type === messageType.rst) return this.#settled(message)
    this.#seen = this.#seen.filter(({ until }) => until > now)
    const again = this.#seen.find(({ id }) => id === message.id)
    // RFC 7252, 4.5: a repeat of a confirmable message is acknowledged again, and taken once.
    if (again) return again.reply ? [{ kind: 'send', bytes: again.reply }] : []
    if (message.code === 0) return message.type === messageType.con ? this.#close(message.id, messageType.rst) : []
    if (!isRequest(message.code) && !isAnswer(message.code)) return this.#close(message.id, messageType.rst)
    this.#seen.push({ id: message.id, until: now + transmission.exchangeLifetime, type: message.type, reply: null })
    if (this.#seen.length > remembered) this.#seen.shift()
    if (isRequest(message.code)) return [{ kind: 'request', id: message.id, message }]
    return [{ kind: 'answer', id: message.type === messageType.con ? message.id : null, message }]
  }

  /** Repeats what is due, and gives up what was repeated often enough. */
  tick(now: number): PeerEffect[] {
    const effects: PeerEffect[] = []
    for (const each of this.#unacknowledged) {
      if (each.due > now) continue
      if (each.left === 0) effects.push({ kind: 'undelivered', token: each.token, why: 'no-answer' })
      else effects.push({ kind: 'send', bytes: each.bytes })
      each.left--
      each.timeout *= 2
      each.due = now + each.timeout
    }
    this.#unacknowledged = this.#unacknowledged.filter(({ left }) => left >= 0)
    return effects
  }

  /** Repeats nothing of this exchange any more. */
  forget(token: Uint8Array): void {
    this.#unacknowledged = this.#unacknowledged.filter((each) => !sameBytes(each.token, token))
  }

  #settled(message: UdpMessage): PeerEffect[] {
    const settled = this.#unacknowledged.find(({ id }) => id === message.id)
    if (!settled) return []
    this.#unacknowledged = this.#unacknowledged.filter((each) => each !== settled)
    if (message.type === messageType.rst) return [{ kind: 'undelivered', token: settled.token, why: 'reset' }]
    // RFC 7252, 5.3.2: an answer inside an acknowledgement belongs to it by message id and by token.
    if (!isAnswer(message.code) || !sameBytes(settled.token, message.token)) return []
    return [{ kind: 'answer', id: null, message }]
  }

  #close(id: number, type: MessageType): PeerEffect[] {
    const bytes = encodeUdp(emptyMessage(type, id))
    const seen = this.#seen.find((each) => each.id === id)
    if (seen) seen.reply = bytes
    return [{ kind: 'send', bytes }]
  }

  #takeId(): number {
    const id = this.#nextId
    this.#nextId = (id + 1) & 0xffff
    return id
  }
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
