import { UspError } from '../errors.ts'
import { limits, payloadSecurity, sar, type SessionContextRecord } from '../wire/index.ts'

/** A record of a session context as it is sent, without the endpoints around it. */
export type SessionDraft = Partial<SessionContextRecord>

/** What one record that came in leads to. */
export interface Received {
  /** Whole messages, in order. */
  readonly messages: readonly Uint8Array[]
  /** Records to be sent: asked for again, or asking. */
  readonly send: readonly SessionDraft[]
}

const nothing = new Uint8Array(0)

/** So near to the end of sequence ids that a new context has to begin (R-E2E.8, R-E2E.9). */
const exhausted = 2n ** 64n - 10_000n

/**
 * One E2E session context with one endpoint, controller side (TR-369, Exchange of USP Records within an E2E Session Context).
 * Keeps what has not been confirmed, puts what came too early in order, and puts segments together; all of it bounded. When it
 * throws, the context has failed and a new one begins (R-E2E.21).
 */
export class SessionContext {
  readonly id: bigint
  #next = 1n
  #expected = 1n
  readonly #unconfirmed = new Map<bigint, { readonly draft: SessionDraft; tries: number }>()
  readonly #early = new Map<bigint, SessionContextRecord>()
  #segments: Uint8Array[] = []
  #segmentBytes = 0

  /** @param id greater than 1 (R-E2E.3) */
  constructor(id: bigint) {
    this.id = id
  }

  /** The records that carry one message. @param most bytes of payload that one record may have */
  send(message: Uint8Array, most: number): SessionDraft[] {
    if (message.length <= most) return [this.#record([message], sar.none)]
    const records: SessionDraft[] = []
    for (let at = 0; at < message.length; at += most) {
      const state = at === 0 ? sar.begin : at + most < message.length ? sar.inProcess : sar.complete
      records.push(this.#record([message.subarray(at, at + most)], state))
    }
    return records
  }

  /** A record with an empty payload begins a context, and confirms what has come (R-E2E.4). ▲ One, not none. */
  confirm(): SessionDraft {
    return this.#record([nothing], sar.none)
  }

  /**
   * Rules of R-E2E.20. @throws UspError when the context has failed
   * @param security payload_security of the record
   */
  receive(record: SessionContextRecord, security: number): Received {
    if (security !== payloadSecurity.plaintext)
      throw new UspError(7102, 'R-E2E.19', -1, `payload security ${security}: only plain payloads are taken`)
    this.#confirmed(record.expectedId)
    if (record.sequenceId >= exhausted) throw new UspError(7105, 'R-E2E.8', -1, 'the sequence ids come to their end')
    // [R-E2E.25] What has been processed already, or waits already.
    if (record.sequenceId < this.#expected || this.#early.has(record.sequenceId)) return { messages: [], send: [] }
    if (record.sequenceId > this.#expected) return { messages: [], send: this.#tooEarly(record) }
    const messages: Uint8Array[] = []
    const send: SessionDraft[] = []
    for (let current: SessionContextRecord | undefined = record; current; current = this.#early.get(this.#expected)) {
      this.#early.delete(this.#expected++)
      const message = this.#payload(current)
      if (message !== null) messages.push(message)
      if (current.retransmitId !== 0n) send.push(this.#again(current.retransmitId))
    }
    return { messages, send }
  }

  #record(payload: Uint8Array[], state: number): SessionDraft {
    if (this.#unconfirmed.size >= limits.unconfirmed)
      throw new UspError(7105, 'R-E2E.16', -1, `${limits.unconfirmed} records were not confirmed`)
    const sequenceId = this.#next++
    if (sequenceId >= exhausted) throw new UspError(7105, 'R-E2E.9', -1, 'the sequence ids come to their end')
    const draft: SessionDraft = {
      sessionId: this.id,
      sequenceId,
      expectedId: this.#expected,
      payloadSarState: state,
      // Of a plain payload both are the same (SAR function algorithm).
      payloadrecSarState: state,
      payload,
    }
    this.#unconfirmed.set(sequenceId, { draft, tries: 0 })
    return draft
  }

  /** [R-E2E.16] Kept until the other endpoint expects a later one. */
  #confirmed(expected: bigint): void {
    for (const sequence of this.#unconfirmed.keys()) if (sequence < expected) this.#unconfirmed.delete(sequence)
  }

  /** Asks for the missing one when a gap is seen, and again each time sixteen more have come. */
  #tooEarly(record: SessionContextRecord): SessionDraft[] {
    if (this.#early.size >= limits.early)
      throw new UspError(7105, 'R-E2E.21', -1, `record ${this.#expected} did not come, ${limits.early} later ones did`)
    this.#early.set(record.sequenceId, record)
    if (this.#early.size % 16 !== 1) return []
    return [{ ...this.#record([nothing], sar.none), retransmitId: this.#expected }]
  }

  #again(sequence: bigint): SessionDraft {
    const kept = this.#unconfirmed.get(sequence)
    if (kept === undefined) throw new UspError(7105, 'R-E2E.21', -1, `record ${sequence} is not kept any more`)
    if (++kept.tries > limits.retransmissions)
      throw new UspError(7105, 'R-E2E.21', -1, `record ${sequence} was sent again ${limits.retransmissions} times`)
    return { ...kept.draft, expectedId: this.#expected }
  }

  /** The message that is whole with this record, or null. */
  #payload({ payload, payloadSarState: state }: SessionContextRecord): Uint8Array | null {
    if (payload.every(({ length }) => length === 0)) return null
    const open = this.#segments.length > 0
    if ((state === sar.inProcess || state === sar.complete) !== open)
      throw new UspError(
        7104,
        'SAR',
        -1,
        `segment state ${state} while ${open ? 'a' : 'no'} message is being put together`,
      )
    for (const part of payload) this.#segment(part)
    if (state === sar.begin || state === sar.inProcess) return null
    if (state !== sar.none && state !== sar.complete) throw new UspError(7104, 'SAR', -1, `segment state ${state}`)
    const message = joined(this.#segments, this.#segmentBytes)
    this.#segments = []
    this.#segmentBytes = 0
    return message
  }

  #segment(part: Uint8Array): void {
    this.#segmentBytes += part.length
    if (this.#segmentBytes > limits.messageBytes)
      throw new UspError(7005, 'SAR', -1, `a message of more than ${limits.messageBytes} bytes in segments`)
    // A copy: the record that it is a view into would be kept whole.
    this.#segments.push(part.slice())
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1) return parts[0]!
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
