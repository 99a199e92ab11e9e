import { FleetError } from '../errors.ts'
import type { ConnectionOwner, Exchange, HttpAnswer } from './http-connection.ts'
import { HttpConnection } from './http-connection.ts'
import { hostOf } from './loopback.ts'
import type { Peer } from './loopback.ts'
import type { TimerWheel } from './timer-wheel.ts'
import { stoppedError } from './timer-wheel.ts'

export interface HttpOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly sink?: (chunk: Buffer) => void
}

const silenceMilliseconds = 30_000
const checkMilliseconds = 5_000

/**
 * A small HTTP/1.1 client over keep-alive connections, at most `sockets` per server; requests beyond wait their turn.
 * `node:http` costs about three times the CPU per request, which is the fleet's largest expense.
 */
export class HttpClient {
  #pools = new Map<string, Pool>()
  #wheel: TimerWheel
  #sockets: number
  #allowRemote: boolean
  #authority: string | null
  #stopped = false
  #bytesOfClosed = 0

  /** @param authority by which servers are recognised, PEM; null = those that the system trusts */
  constructor(wheel: TimerWheel, sockets: number, allowRemote: boolean, authority: string | null) {
    this.#wheel = wheel
    this.#sockets = sockets
    this.#allowRemote = allowRemote
    this.#authority = authority
    this.#watch()
  }

  /** Bytes received, heads included. */
  get bytesReceived(): number {
    let bytes = this.#bytesOfClosed
    for (const pool of this.#pools.values())
      for (const connection of pool.connections) bytes += connection.bytesReceived
    return bytes
  }

  /**
   * Sends a request and resolves with its answer, whatever the status.
   * @throws FleetError `network`, `malformed-http`, `not-loopback`, `unsupported-url`, `stopped`, or what the sink threw
   */
  request(method: string, url: string, options: HttpOptions = {}): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#stopped) return reject(stoppedError())
      const slash = url.indexOf('/', 8)
      const origin = slash === -1 ? url : url.slice(0, slash)
      const path = slash === -1 ? '/' : url.slice(slash)
      const { headers = {}, body = '', sink = null } = options
      this.#pool(origin).send({ method, path, headers, body, sink, resolve, reject, attempts: 0 })
    })
  }

  stop(): void {
    this.#stopped = true
    for (const pool of this.#pools.values()) pool.stop()
  }

  #pool(origin: string): Pool {
    let pool = this.#pools.get(origin)
    if (!pool) {
      const peer = hostOf(origin, 'http', this.#allowRemote)
      pool = new Pool(peer, this.#authority, this.#sockets, this.#wheel, (bytes) => (this.#bytesOfClosed += bytes))
      this.#pools.set(origin, pool)
    }
    return pool
  }

  #watch(): void {
    this.#wheel.after(checkMilliseconds, () => {
      for (const pool of this.#pools.values()) pool.cutSilent()
      this.#watch()
    })
  }
}

/** The connections to one server and the requests that wait for one. */
class Pool implements ConnectionOwner {
  readonly connections = new Set<HttpConnection>()
  #idle: HttpConnection[] = []
  #waiting: Exchange[] = []
  #peer: Peer
  #authority: string | null
  #limit: number
  #wheel: TimerWheel
  #onClosed: (bytes: number) => void
  #stopped = false

  constructor(
    peer: Peer,
    authority: string | null,
    limit: number,
    wheel: TimerWheel,
    onClosed: (bytes: number) => void,
  ) {
    this.#peer = peer
    this.#authority = authority
    this.#limit = limit
    this.#wheel = wheel
    this.#onClosed = onClosed
  }

  send(exchange: Exchange): void {
    const connection = this.#idle.pop() ?? this.#open()
    if (connection) connection.send(exchange)
    else this.#waiting.push(exchange)
  }

  freed(connection: HttpConnection): void {
    const next = this.#waiting.shift()
    if (next) connection.send(next)
    else this.#idle.push(connection)
  }

  lost(connection: HttpConnection, exchange: Exchange | null, retry: boolean, error: Error): void {
    this.connections.delete(connection)
    this.#onClosed(connection.bytesReceived)
    const idle = this.#idle.indexOf(connection)
    if (idle !== -1) this.#idle.splice(idle, 1)
    if (exchange && retry && !this.#stopped) this.#waiting.unshift(exchange)
    else exchange?.reject(error)
    const next = this.#stopped ? undefined : this.#waiting.shift()
    if (next) this.send(next)
  }

  cutSilent(): void {
    const before = this.#wheel.now() - silenceMilliseconds
    for (const connection of this.connections) {
      if (!connection.busy || connection.lastByteAt > before) continue
      connection.destroy(new FleetError('network', `${this.#peer.host}:${this.#peer.port} was silent for 30 s`))
    }
  }

  stop(): void {
    this.#stopped = true
    for (const exchange of this.#waiting.splice(0)) exchange.reject(stoppedError())
    for (const connection of this.connections) connection.destroy(stoppedError())
  }

  #open(): HttpConnection | null {
    if (this.connections.size >= this.#limit) return null
    const connection = new HttpConnection(this.#peer, this.#authority, this, () => this.#wheel.now())
    this.connections.add(connection)
    return connection
  }
}
