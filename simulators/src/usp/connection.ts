import type { UspFaults } from './faults.ts'
import { Message } from './protobuf.ts'
import { AgentSession, record } from './records.ts'
import { open, type Access, type Wire } from './wires.ts'

export interface ConnectionOptions {
  /** Endpoint id, for example `os::0005B9-000000000001`. */
  readonly endpoint: string
  readonly controller: string
  readonly access: Access
  /** It talks within a session context, with segments of so many bytes. */
  readonly session?: { readonly segment: number }
}

/** Who has the connection. */
export interface ConnectionOwner {
  /** It can be sent to from now on. */
  opened(): void
  /** A USP Message came. */
  message(bytes: Buffer): void
}

/** An agent's connection to its controller: comes again by itself, and carries messages in records. */
export class Connection {
  readonly #options: ConnectionOptions
  readonly #faults: UspFaults
  readonly #owner: ConnectionOwner
  #wire: Wire | null = null
  #session: AgentSession | null = null
  #wanted = false
  #reconnecting: NodeJS.Timeout | undefined

  constructor(options: ConnectionOptions, faults: UspFaults, owner: ConnectionOwner) {
    this.#options = options
    this.#faults = faults
    this.#owner = owner
  }

  get up(): boolean {
    return this.#wire !== null
  }

  /** Resolves after the first attempt; the others follow until `close`. */
  async open(): Promise<void> {
    this.#wanted = true
    await this.#connect()
  }

  close(): void {
    this.#wanted = false
    clearTimeout(this.#reconnecting)
    this.#wire?.cut()
    this.#wire = null
  }

  /** Ends, and comes again. */
  drop(): void {
    this.#wire?.cut()
  }

  /** Sends a USP Message; without a connection it is lost. */
  send(message: Buffer): void {
    const { endpoint, controller } = this.#options
    const records = this.#session
      ? this.#session.wrap(message).map((body) => record(endpoint, controller, 'session', body))
      : [record(endpoint, controller, 'plain', [[2, message]])]
    for (const each of records) this.#write(each)
  }

  /** Sends bytes as they are. */
  sendRaw(bytes: Buffer): void {
    this.#wire?.send(bytes)
  }

  async #connect(): Promise<void> {
    const { endpoint, access, session } = this.#options
    let wire: Wire | null = null
    /** What comes together with the handshake. */
    const early: Buffer[] = []
    wire = await open(endpoint, access, {
      record: (bytes) => (wire === null ? early.push(bytes) : this.#wire === wire && this.#record(bytes)),
      closed: () => wire !== null && this.#lost(wire),
    }).catch(() => null)
    if (wire === null) return this.#retry()
    if (!this.#wanted) return wire.cut()
    this.#wire = wire
    this.#session = session ? new AgentSession(BigInt(Date.now()) + 2n, session.segment) : null
    this.#greet(wire)
    this.#owner.opened()
    for (const bytes of early) this.#record(bytes)
  }

  #greet(wire: Wire): void {
    const { endpoint, controller, access } = this.#options
    if (wire.kind === 'websocket') wire.send(record(endpoint, controller, 'webSocketConnect', []))
    else
      wire.send(
        record(endpoint, controller, 'mqttConnect', [
          [1, access.over === 'mqtt' && access.version === 5 ? 1 : 0],
          [2, `usp/${endpoint}/agent`],
        ]),
      )
  }

  #lost(wire: Wire): void {
    if (this.#wire !== wire) return
    this.#wire = null
    if (this.#wanted) this.#retry()
  }

  #retry(): void {
    clearTimeout(this.#reconnecting)
    this.#reconnecting = setTimeout(() => void (this.#wanted && this.#wire === null && this.#connect()), 20)
  }

  #record(bytes: Buffer): void {
    const { endpoint, controller } = this.#options
    const whole = new Message(bytes)
    if (whole.text(2) !== endpoint) return
    if (whole.has(7)) this.#owner.message(whole.sub(7).bytes(2))
    if (whole.has(8) && this.#session) {
      const body = whole.sub(8)
      if (body.number(1) !== this.#session.id) this.#session = new AgentSession(body.number(1), this.#session.segment)
      const { messages, send } = this.#session.unwrap(body)
      for (const each of send) this.#write(record(endpoint, controller, 'session', each))
      for (const each of messages) this.#owner.message(each)
    }
  }

  #write(bytes: Buffer): void {
    this.#wire?.send(bytes)
    if (this.#faults.stutters) this.#wire?.send(bytes)
  }
}
