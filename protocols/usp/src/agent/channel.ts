import { UspError } from '../errors.ts'
import { SessionContext, type SessionDraft } from '../session/context.ts'
import type { Link } from '../transport/transport.ts'
import {
  decodeMessage,
  decodeRecord,
  encodeRecord,
  payloadSecurity,
  type KnownRecord,
  type RecordDraft,
  type UspMessage,
} from '../wire/index.ts'

export interface ChannelEvents {
  /** @param inSession came within a session context: then the answer goes so, too (R-MSG.0a) */
  message(message: UspMessage, inSession: boolean): void
  /** A message that cannot be taken, but whose id can be told. */
  refused(error: UspError, inSession: boolean): void
  /** A session context has begun anew: what is not answered goes out again. */
  restarted(): void
  /** The agent says that it leaves. */
  disconnected(reason: string): void
  problem(detail: string, cause?: unknown): void
}

/** Bytes that a record has around its payload, at most: two endpoint ids, and a dozen short fields. */
const overhead = 640
const version = '1.4'
const mostRestarts = 5

/** Records with one agent over one link: what they carry, in a session context or without. */
export class Channel {
  readonly #link: Link
  readonly #controller: string
  readonly #events: ChannelEvents
  #context: SessionContext | null = null
  /** Since the last message that could be read. */
  #restarts = 0

  /** @param controller the hub's endpoint id */
  constructor(link: Link, controller: string, events: ChannelEvents) {
    this.#link = link
    this.#controller = controller
    this.#events = events
  }

  /** The agent talks within a session context: requests go so, too. */
  get inSession(): boolean {
    return this.#context !== null
  }

  open(): void {
    this.#record(this.#link.connectRecord)
  }

  send(message: Uint8Array, inSession: boolean): void {
    if (!inSession || this.#context === null)
      return this.#record({ case: 'noSessionContext', value: { payload: message } })
    try {
      this.#inContext(this.#context.send(message, this.#link.recordLimit - overhead))
    } catch (error) {
      this.#restart(error)
    }
  }

  /** @throws UspError when the bytes are no record at all */
  receive(bytes: Uint8Array): void {
    const record = decodeRecord(bytes)
    // [R-E2E.1] What is for somebody else is ignored; so is what another endpoint has signed as its own.
    if (record.toId !== this.#controller) return this.#events.problem(`a record for ${record.toId}`)
    if (record.fromId !== this.#link.endpoint) return this.#events.problem(`a record from ${record.fromId}`)
    this.#take(record)
  }

  #take({ recordType, payloadSecurity: security }: KnownRecord): void {
    switch (recordType.case) {
      case 'noSessionContext':
        if (security !== payloadSecurity.plaintext) return this.#disconnect(7102, 'only plain payloads are taken')
        return this.#payload(recordType.value.payload, false)
      case 'sessionContext': {
        const { sessionId } = recordType.value
        // [R-E2E.4, R-E2E.6] A context that is not known is begun with the id that it has.
        const begins = this.#context?.id !== sessionId
        if (begins && sessionId <= 1n) return this.#disconnect(7104, 'a session id is greater than 1')
        if (begins) this.#context = new SessionContext(sessionId)
        this.#session(recordType.value, security)
        if (begins) this.#again()
        return
      }
      case 'disconnect': {
        const { reason, reasonCode } = recordType.value
        const ended = this.#context !== null
        this.#context = null
        if (reasonCode !== 7105 && reasonCode !== 7106) return this.#events.disconnected(`${reasonCode} ${reason}`)
        // It is only the session context that ends (R-E2E.6a, R-E2E.6b). Where there was none, the agent wants one: it begins it.
        this.#events.problem(`${reasonCode} ${reason}`)
        if (ended) this.#again()
        return
      }
      default:
        // Connect records say nothing that the transport does not know already.
        return
    }
  }

  #session(record: Parameters<SessionContext['receive']>[0], security: number): void {
    const context = this.#context!
    try {
      const { messages, send } = context.receive(record, security)
      this.#inContext(send)
      for (const message of messages) this.#payload(message, true)
      // [R-E2E.20] What was not answered by a record is confirmed by one of its own; else the other side keeps it for ever.
      if (messages.length > 0 && this.#context === context) this.#inContext([context.confirm()])
    } catch (error) {
      this.#restart(error)
    }
  }

  #payload(bytes: Uint8Array, inSession: boolean): void {
    let message: UspMessage
    try {
      message = decodeMessage(bytes)
    } catch (error) {
      if (!(error instanceof UspError)) throw error
      this.#events.problem(error.message, error)
      if (error.messageId !== undefined) this.#events.refused(error, inSession)
      return
    }
    this.#restarts = 0
    this.#events.message(message, inSession)
  }

  /** [R-E2E.21] The context has failed: a new one begins, with an id of ours. */
  #restart(error: unknown): void {
    if (!(error instanceof UspError)) throw error
    this.#events.problem(error.message, error)
    if (error.code === 7102) {
      this.#context = null
      return this.#disconnect(7102, 'only plain payloads are taken')
    }
    const random = crypto.getRandomValues(new BigUint64Array(1))[0]! >> 1n
    this.#context = new SessionContext(random + 2n)
    this.#inContext([this.#context.confirm()])
    this.#again()
  }

  /** What is not answered goes out anew; when nothing ever comes of it, the agent and the hub do not understand each other. */
  #again(): void {
    if (++this.#restarts > mostRestarts) this.#events.disconnected('session contexts end as soon as they begin')
    else this.#events.restarted()
  }

  #inContext(drafts: readonly SessionDraft[]): void {
    for (const draft of drafts) this.#record({ case: 'sessionContext', value: draft })
  }

  #disconnect(reasonCode: number, reason: string): void {
    this.#events.problem(`${reasonCode} ${reason}`)
    this.#record({ case: 'disconnect', value: { reason, reasonCode } })
  }

  #record(recordType: NonNullable<RecordDraft['recordType']>): void {
    const bytes = encodeRecord({ version, toId: this.#link.endpoint, fromId: this.#controller, recordType })
    this.#link.send(bytes).catch((error: unknown) => this.#events.problem('a record was not sent', error))
  }
}
