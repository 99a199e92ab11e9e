import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { AgentError, reasonOf } from '../../core/errors.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../core/platform.ts'
import { isUntrusted } from './tls.ts'
import type { TlsConnections } from './tls.ts'
import { AnswerReader } from './http-answer.ts'
import type { ByteSource } from './http-answer.ts'

/** Every connection reads into one buffer of this size, and reads on only when its content has been used. */
const bufferBytes = 65_536

/** An unused connection is closed after this many milliseconds, before the hub would do so. */
const keptFor = 4000

/**
 * HTTP/1.1 over kept connections. By hand on node:net: node:http costs six megabytes on Node 24, and allocates every piece
 * of a download anew, which doubles an agent's memory while it lasts.
 */
export function nodeHttp(tls: TlsConnections): Http {
  const kept = new Set<Connection>()
  return {
    async request(request) {
      const url = new URL(request.url)
      for (const connection of kept) {
        if (connection.origin !== url.origin || request.unverified) continue
        kept.delete(connection)
        const answer = await connection.ask(url, request, kept).catch((error: unknown) => {
          // The hub may have closed it in the same moment: a new connection decides.
          if (request.stop?.aborted || request.method !== 'GET') throw error
          return null
        })
        if (answer !== null) return answer
      }
      return (await Connection.open(url, request, tls)).ask(url, request, request.unverified ? new Set() : kept)
    },
    close() {
      for (const connection of kept) connection.destroy()
      kept.clear()
    },
  }
}

class Connection implements ByteSource {
  readonly origin: string
  private readonly socket: Socket
  private readonly reader = new AnswerReader(this)
  /** What came and was not asked for yet. */
  private arrived: Uint8Array | null = null
  private ended = false
  private failure: Error | null = null
  private wake = (): void => undefined

  private constructor(origin: string, socket: Socket) {
    this.origin = origin
    this.socket = socket
    socket.on('timeout', () => socket.destroy(new Error('nothing came for too long')))
    socket.on('error', (error) => (this.failure = error))
    socket.on('end', () => this.end())
    socket.on('close', () => this.end())
  }

  static async open(url: URL, { idle, stop, unverified }: HttpRequest, tls: TlsConnections): Promise<Connection> {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const port = Number(url.port)
    let connection: Connection | null = null
    let socket: Socket
    if (url.protocol === 'http:') {
      const take = (length: number, buffer: Uint8Array): boolean =>
        connection?.take(buffer.subarray(0, length)) ?? false
      socket = connect({
        host,
        noDelay: true,
        port: port || 80,
        onread: { buffer: Buffer.allocUnsafeSlow(bufferBytes), callback: take },
      })
    } else if (url.protocol === 'https:') {
      socket = await tls.connect({ host, port: port || 443, protocol: 'http/1.1', verify: unverified !== true })
      socket.on('data', (bytes) => connection?.take(bytes) === false && socket.pause())
    } else throw new AgentError('network', `${url.protocol} is not supported: use http or https`)
    connection = new Connection(url.origin, socket)
    await connection.ready(url.protocol === 'http:' ? 'connect' : 'secureConnect', idle, stop)
    return connection
  }

  /** Sends a request and reads the head of its answer; afterwards the connection returns to `kept` if it can. */
  async ask(url: URL, request: HttpRequest, kept: Set<Connection>): Promise<HttpAnswer> {
    const { stop } = request
    const give = (): void => void this.socket.destroy(new Error('given up'))
    stop?.addEventListener('abort', give)
    const done = (): void => {
      stop?.removeEventListener('abort', give)
      if (this.reader.reusable && !this.ended) this.keep(kept)
      else this.destroy()
    }
    try {
      if (stop?.aborted) give()
      this.socket.setTimeout(request.idle)
      this.socket.write(requestText(url, request))
      const head = await this.reader.head()
      return { ...head, body: this.reader.body(head), close: done }
    } catch (error) {
      done()
      throw error
    }
  }

  async next(): Promise<Uint8Array | null> {
    this.arrived = null
    if (!this.ended) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
        this.socket.resume()
      })
    }
    // Closures keep TypeScript from seeing that `arrived` is set meanwhile.
    const bytes = this.arrived as Uint8Array | null
    if (bytes === null && this.failure !== null) throw networkError(this.origin, this.failure)
    return bytes
  }

  destroy(): void {
    this.socket.destroy()
  }

  private keep(kept: Set<Connection>): void {
    kept.add(this)
    this.socket.setTimeout(keptFor)
    // The hub closes it, or says something unasked that belongs to no request.
    this.wake = () => {
      kept.delete(this)
      this.destroy()
    }
    this.socket.resume()
  }

  /** @returns false: nothing more until this has been used */
  private take(bytes: Uint8Array): boolean {
    this.arrived = bytes
    this.wake()
    return false
  }

  private end(): void {
    this.ended = true
    this.wake()
  }

  private ready(event: string, idle: number, stop: AbortSignal | undefined): Promise<void> {
    const give = (): void => void this.socket.destroy(new Error('given up'))
    stop?.addEventListener('abort', give)
    this.socket.setTimeout(idle)
    return new Promise<void>((resolve, reject) => {
      this.socket.once(event, resolve)
      this.socket.once('close', () => reject(networkError(this.origin, this.failure ?? new Error('closed'))))
      if (stop?.aborted) give()
    }).finally(() => stop?.removeEventListener('abort', give))
  }
}

function requestText(url: URL, { method, headers = {}, body }: HttpRequest): string {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const fields = { host: url.host, 'user-agent': 'sutler-agent', accept: '*/*', ...headers, ...length }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`
}

function networkError(origin: string, error: unknown): AgentError {
  if (!isUntrusted(error)) return new AgentError('network', `${origin}: ${reasonOf(error)}`, error)
  const message = `${origin} is not recognised: ${reasonOf(error)}. Give --ca the certificate of its authority.`
  return new AgentError('untrusted', message, error)
}
