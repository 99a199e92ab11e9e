import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { IdentityProof } from '@sutler/device-model'
import { WebSocketServer, type WebSocket } from 'ws'
import type { UspClock } from '../agent/conversation.ts'
import { limits } from '../wire/index.ts'
import { endpointId } from './endpoints.ts'
import type { Admitted, Door, LinkEvents, UspTransport } from './transport.ts'

/** Where agents connect: `/usp`, or `/usp/<token>` for those that have no other way to show one. */
const path = /^\/usp(?:\/([A-Za-z0-9_-]{16,256}))?$/
const subprotocol = 'v1.usp'
/** Most bytes that wait for one agent: one that reads too slowly is cut. */
const queueLimit = 4 * limits.recordBytes
/** Milliseconds of silence after which the hub pings; unanswered until the next time, the agent is gone (R-WS.13). */
const pingEvery = 60_000

/** Agents over WebSocket (TR-369, WebSocket Binding): the hub listens, agents connect with their endpoint id in `?eid=`. */
export class WebSocketTransport implements UspTransport {
  readonly name = 'websocket'
  readonly #clock: UspClock
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.recordBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  })
  readonly #open = new Set<WebSocket>()
  #door: Door | null = null

  constructor(clock: UspClock) {
    this.#clock = clock
  }

  async start(door: Door): Promise<void> {
    this.#door = door
  }

  async stop(): Promise<void> {
    this.#door = null
    // 1001: going away.
    for (const socket of this.#open) socket.close(1001)
    for (const socket of this.#open) socket.terminate()
  }

  /** Takes a request to upgrade if it is for this path. @returns false to leave it alone */
  readonly upgrade = (incoming: IncomingMessage, socket: Duplex, head: Buffer): boolean => {
    const url = new URL(incoming.url ?? '/', 'ws://hub')
    const match = path.exec(url.pathname)
    if (match === null) return false
    socket.on('error', () => socket.destroy())
    const offered = String(incoming.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/)
    const endpoint = url.searchParams.get('eid') ?? ''
    // [R-WS.12a, R-WS.10b]
    if (!offered.includes(subprotocol) || !endpointId.test(endpoint)) refuse(socket, '400 Bad Request')
    else void this.#admit(incoming, socket, head, { endpoint, proof: proofOf(incoming, endpoint, match[1]) })
    return true
  }

  async #admit(
    incoming: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    { endpoint, proof }: { endpoint: string; proof: IdentityProof | null },
  ): Promise<void> {
    const address = incoming.socket.remoteAddress ?? ''
    let admitted: Admitted | null | undefined
    try {
      admitted = proof === null ? null : await this.#door?.admit(endpoint, proof, address)
    } catch {
      // The door has told of it.
      return refuse(socket, '503 Service Unavailable')
    }
    if (admitted === undefined) return refuse(socket, '503 Service Unavailable')
    if (admitted === null) return refuse(socket, '401 Unauthorized', 'www-authenticate: Basic realm="usp"\r\n')
    const who = admitted
    this.#server.handleUpgrade(incoming, socket, head, (webSocket) => this.#connected(webSocket, endpoint, who))
  }

  #connected(socket: WebSocket, endpoint: string, admitted: Admitted): void {
    const door = this.#door
    if (door === null) return socket.close(1001)
    this.#open.add(socket)
    // Until the agent is known: what comes at once with the handshake is not lost.
    let events: LinkEvents | null = null
    socket.on('error', () => socket.terminate())
    socket.on('message', (data, isBinary) => {
      // [R-WS.14, R-WS.16] Records are binary; nothing can be made of a text.
      if (!isBinary) socket.close(1003)
      else events?.record(bytesOf(data))
    })
    const stopPinging = this.#keepAlive(socket)
    socket.on('close', () => {
      stopPinging()
      this.#open.delete(socket)
      events?.closed()
    })
    events = door.connected(
      {
        transport: this.name,
        endpoint,
        connectRecord: { case: 'websocketConnect', value: {} },
        recordLimit: limits.recordBytes,
        send: (record) => send(socket, record),
        close: (unreadable) => {
          if (unreadable) socket.close(1003)
          else socket.close(1000)
        },
      },
      admitted,
    )
  }

  #keepAlive(socket: WebSocket): () => void {
    let heard = true
    socket.on('pong', () => (heard = true))
    socket.on('message', () => (heard = true))
    let cancel = (): void => {}
    const next = (): void => {
      cancel = this.#clock.after(pingEvery, () => {
        if (!heard) return socket.terminate()
        heard = false
        socket.ping()
        next()
      })
    }
    next()
    return () => cancel()
  }
}

function send(socket: WebSocket, record: Uint8Array): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.reject(new Error('the agent has left'))
  if (socket.bufferedAmount + record.length > queueLimit) {
    socket.terminate()
    return Promise.reject(new Error(`the agent did not read ${queueLimit} bytes`))
  }
  return new Promise((resolve, reject) => socket.send(record, (error) => (error ? reject(error) : resolve())))
}

/** A certificate that TLS has asked for; else a password by Basic authentication, else a token in the path. */
function proofOf(incoming: IncomingMessage, endpoint: string, token: string | undefined): IdentityProof | null {
  const certificate = (incoming.socket as Partial<TLSSocket>).getPeerX509Certificate?.()
  if (certificate !== undefined) return { certificate: createHash('sha256').update(certificate.raw).digest('hex') }
  const basic = /^Basic ([A-Za-z0-9+/=]{4,1024})$/i.exec(incoming.headers.authorization ?? '')?.[1]
  if (basic !== undefined) {
    const given = Buffer.from(basic, 'base64').toString('utf8')
    // A user name has no colon (RFC 7617), an endpoint id has two: where it is the user name, it is known beforehand.
    const end = given.startsWith(`${endpoint}:`) ? endpoint.length : given.indexOf(':')
    return { username: given.slice(0, end), password: given.slice(end + 1) }
  }
  return token === undefined ? null : { token }
}

function refuse(socket: Duplex, status: string, headers = ''): void {
  socket.end(`HTTP/1.1 ${status}\r\n${headers}connection: close\r\ncontent-length: 0\r\n\r\n`)
}

function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
