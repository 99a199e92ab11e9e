import type { Socket } from 'node:net'
import { FleetError } from '../errors.ts'
import { ResponseReader } from './http-response.ts'
import type { Peer } from './loopback.ts'
import { openSocket } from './open-socket.ts'

/** One request that waits for a connection, or is under way on one. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Takes the body of a 2xx answer piece by piece (views, to be used at once); may throw to give up. */
  readonly sink: ((chunk: Buffer) => void) | null
  readonly resolve: (answer: HttpAnswer) => void
  readonly reject: (error: Error) => void
  attempts: number
}

export interface HttpAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** '' when a sink took it. */
  readonly body: string
}

/** Whom a connection tells that it is free, or gone. */
export interface ConnectionOwner {
  freed(connection: HttpConnection): void
  lost(connection: HttpConnection, exchange: Exchange | null, retry: boolean, error: Error): void
}

const mostCollectedBytes = 4_194_304
/** Shared by all connections for the reason given in open-socket.ts. */
const readBuffer = Buffer.allocUnsafeSlow(131_072)

/** One keep-alive connection, one request at a time. */
export class HttpConnection {
  /** When the last byte came or went, by the caller's clock. */
  lastByteAt = 0
  bytesReceived = 0
  #socket: Socket
  #reader = new ResponseReader()
  #owner: ConnectionOwner
  #host: string
  #exchange: Exchange | null = null
  #collected: Buffer[] = []
  #collectedBytes = 0
  #served = 0
  #failure: Error | null = null
  #gone = false
  #now: () => number

  constructor(peer: Peer, authority: string | null, owner: ConnectionOwner, now: () => number) {
    this.#owner = owner
    this.#now = now
    this.#host = `${peer.host}:${peer.port}`
    const take = (buffer: Buffer, length: number): void => this.#take(buffer, length)
    this.#socket = openSocket(peer, { authority, device: null }, readBuffer, take, () => {})
    this.#socket.on('error', (error) => (this.#failure ??= error))
    this.#socket.on('close', () => this.#closed())
  }

  get busy(): boolean {
    return this.#exchange !== null
  }

  send(exchange: Exchange): void {
    this.#exchange = exchange
    exchange.attempts++
    this.lastByteAt = this.#now()
    this.#collected = []
    this.#collectedBytes = 0
    this.#reader.begin(exchange.method, (chunk) => this.#body(chunk))
    let head = `${exchange.method} ${exchange.path} HTTP/1.1\r\nhost: ${this.#host}\r\n`
    for (const name in exchange.headers) head += `${name}: ${exchange.headers[name]!}\r\n`
    if (exchange.body !== '') {
      head += `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(exchange.body)}\r\n`
    } else if (exchange.method === 'POST') head += 'content-length: 0\r\n'
    this.#socket.write(`${head}\r\n${exchange.body}`)
  }

  /** Closes at once; an exchange under way ends with the error. */
  destroy(error: Error): void {
    this.#failure ??= error
    this.#socket.destroy()
  }

  #take(buffer: Buffer, length: number): void {
    this.bytesReceived += length
    this.lastByteAt = this.#now()
    if (!this.#exchange) {
      this.destroy(new FleetError('malformed-http', `${this.#host} sent an answer to no request`))
      return
    }
    try {
      if (this.#reader.feed(buffer.subarray(0, length))) this.#done()
    } catch (error) {
      this.destroy(error instanceof Error ? error : new FleetError('network', String(error)))
    }
  }

  #body(chunk: Buffer): void {
    const sink = this.#exchange!.sink
    if (sink && this.#reader.status < 300) return sink(chunk)
    this.#collectedBytes += chunk.length
    if (this.#collectedBytes > mostCollectedBytes)
      throw new FleetError('too-large', `${this.#host} sent too long an answer`)
    this.#collected.push(Buffer.from(chunk))
  }

  #done(): void {
    const exchange = this.#exchange!
    const { status, headers, keepAlive } = this.#reader
    const body = this.#collectedBytes === 0 ? '' : Buffer.concat(this.#collected).toString()
    this.#exchange = null
    this.#served++
    // What was read is taken out before: the connection may at once begin another exchange.
    if (keepAlive) this.#owner.freed(this)
    else this.#socket.destroy()
    exchange.resolve({ status, headers, body })
  }

  #closed(): void {
    if (this.#gone) return
    this.#gone = true
    if (this.#exchange && this.#reader.endedByClose() && !this.#failure) this.#done()
    const exchange = this.#exchange
    this.#exchange = null
    // The server may close an idle connection just when a request goes out: that one is sent again, on a new connection.
    const retry = exchange !== null && !this.#reader.begun && this.#served > 0 && exchange.attempts < 3
    const cause = this.#failure
    const error = cause instanceof FleetError ? cause : lostError(this.#host, cause)
    this.#owner.lost(this, exchange, retry, error)
  }
}

function lostError(host: string, cause: Error | null): FleetError {
  return new FleetError('network', `${host}: ${cause?.message ?? 'closed the connection in mid-answer'}`, { cause })
}
