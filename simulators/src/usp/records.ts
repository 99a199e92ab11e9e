import { encode, fixed, Message, type Fields } from './protobuf.ts'

/** Numbers of record types within Record. */
export const recordTypes = { plain: 7, session: 8, webSocketConnect: 9, mqttConnect: 10, disconnect: 12 } as const

export function record(from: string, to: string, type: keyof typeof recordTypes, body: Fields): Buffer {
  return encode([
    [1, '1.3'],
    [2, to],
    [3, from],
    [recordTypes[type], body],
  ])
}

export function disconnectBody(code: number, reason: string): Fields {
  return [
    [1, reason],
    [2, fixed(code)],
  ]
}

/**
 * The agent's half of a session context, as simple as one can be: it takes records in order only, asks for what is missing,
 * and cuts messages into segments of `segment` bytes.
 */
export class AgentSession {
  readonly id: bigint
  readonly segment: number
  #next = 1n
  #expected = 1n
  #parts: Buffer[] = []
  readonly #sent = new Map<bigint, Fields>()

  constructor(id: bigint, segment: number) {
    this.id = id
    this.segment = segment
  }

  /** Bodies of the records that carry a message. */
  wrap(message: Buffer): Fields[] {
    const bodies: Fields[] = []
    for (let at = 0; at < message.length; at += this.segment) {
      const last = at + this.segment >= message.length
      const state = at === 0 ? (last ? 0 : 1) : last ? 3 : 2
      bodies.push(this.#body(state, message.subarray(at, at + this.segment)))
    }
    return bodies
  }

  #body(state: number, payload: Buffer): Fields {
    const sequence = this.#next++
    const body: Fields = [
      [1, this.id],
      [2, sequence],
      [3, this.#expected],
      [5, state],
      [6, state],
      [7, payload],
    ]
    this.#sent.set(sequence, body)
    return body
  }

  /** @returns whole messages, and bodies of records to send */
  unwrap(body: Message): { messages: Buffer[]; send: Fields[] } {
    const sequence = body.number(2)
    const send: Fields[] = []
    if (sequence > this.#expected)
      send.push([
        [1, this.id],
        [2, this.#next++],
        [3, this.#expected],
        [4, this.#expected],
      ])
    if (sequence !== this.#expected) return { messages: [], send }
    this.#expected++
    const again = body.number(4)
    if (again > 0n) send.push(this.#sent.get(again) ?? [])
    const payload = body.bytes(7)
    if (payload.length === 0) return { messages: [], send }
    this.#parts.push(payload)
    const state = body.number(5)
    if (state === 1n || state === 2n) return { messages: [], send }
    const whole = Buffer.concat(this.#parts)
    this.#parts = []
    return { messages: [whole], send }
  }
}
