import { randomBytes } from 'node:crypto'
import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls'
import { decodeDown, encode, topics } from '@sutler/wire'
import { createMqttClient, type MqttClient } from '@sutler/wire/mqtt'
import { backoffDelay, failuresAfter } from '../../../agent/src/core/backoff.ts'
import { defaultSettings } from '../../../agent/src/core/settings.ts'

export interface StormDeviceOptions {
  readonly id: string
  /** PEM, with its chain. */
  readonly certificate: string
  /** PEM */
  readonly key: string
  /** PEM of who signs the hub's certificate. */
  readonly authority: string
  /** Of MQTT over TLS. */
  readonly port: number
}

/** What became of a device since it was last watched, unix milliseconds. */
export interface Watched {
  /** When each attempt began. */
  readonly attempts: number[]
  readonly failures: { readonly at: number; readonly why: string }[]
  /** When the hub had acknowledged its hello; 0 = not yet. */
  back: number
  resumed: boolean
}

/** A device that is only connected: mutual TLS, CONNECT, SUBSCRIBE, hello; after each end again, by the agent's backoff. */
export class StormDevice {
  /** Whether it offers the TLS session of its last connection. */
  tickets = true
  watched: Watched = unwatched()
  readonly #options: StormDeviceOptions
  readonly #context: SecureContext
  #session: Buffer | undefined
  #socket: TLSSocket | null = null
  #failures = 0
  #readyAt = 0
  #hellos = 0
  #stopped = false

  constructor(options: StormDeviceOptions) {
    this.#options = options
    const { authority, certificate, key } = options
    this.#context = createSecureContext({ ca: authority, cert: certificate, key })
  }

  watch(): void {
    this.watched = unwatched()
  }

  connect(): void {
    const { id, port } = this.#options
    const { watched } = this
    watched.attempts.push(Date.now())
    const client = createMqttClient({ clientId: id, username: id, password: '', keepAliveSeconds: 0 })
    const session = this.tickets && this.#session !== undefined ? { session: this.#session } : {}
    const socket = connect({ host: '127.0.0.1', port, secureContext: this.#context, ...session })
    this.#socket = socket
    this.#readyAt = 0
    let why = 'closed'
    socket.setNoDelay(true).on('error', (error: NodeJS.ErrnoException) => (why = error.code ?? error.message))
    socket.setTimeout(
      defaultSettings.connectTimeout,
      () => this.#readyAt === 0 && socket.destroy(new Error('time-out')),
    )
    socket.on('secureConnect', () => socket.write(client.connect()))
    socket.on('session', (ticket: Buffer) => (this.#session = ticket))
    socket.on('data', (bytes: Buffer) => {
      const refusal = this.#take(socket, client, bytes)
      if (refusal === null) return
      why = refusal
      socket.destroy()
    })
    socket.on('close', () => this.#lost(socket, why))
  }

  /** The network is gone for a moment. */
  cut(): void {
    this.#socket?.destroy()
  }

  stop(): void {
    this.#stopped = true
    this.#socket?.destroy()
  }

  /** @returns why the connection is to be closed, or null */
  #take(socket: TLSSocket, client: MqttClient, bytes: Buffer): string | null {
    const { up, down } = topics(this.#options.id)
    for (const event of client.receive(bytes)) {
      if (event.kind === 'refused') return `refused with ${event.code}`
      if (event.kind === 'connected') socket.write(client.subscribe(down))
      else if (event.kind === 'subscribed') socket.write(client.publish(up, this.#hello()).bytes)
      else if (event.kind === 'message') {
        if (event.id !== 0) socket.write(client.puback(event.id))
        if (decodeDown(event.payload).t === 'ack') this.#ready(socket)
      }
    }
    return null
  }

  #hello(): Uint8Array {
    const boot = randomBytes(12).toString('base64url')
    return encode({ id: `${boot}-${++this.#hellos}`, t: 'hello', versions: [1], agent: 'bench', boot })
  }

  #ready(socket: TLSSocket): void {
    if (this.#readyAt !== 0) return
    this.#readyAt = performance.now()
    this.watched.back = Date.now()
    this.watched.resumed = socket.isSessionReused()
  }

  #lost(socket: TLSSocket, why: string): void {
    if (this.#stopped || socket !== this.#socket) return
    const lived = this.#readyAt === 0 ? 0 : performance.now() - this.#readyAt
    if (this.#readyAt === 0) this.watched.failures.push({ at: Date.now(), why })
    this.#failures = failuresAfter(this.#failures, lived)
    setTimeout(
      () => {
        if (!this.#stopped) this.connect()
      },
      backoffDelay(defaultSettings.reconnect, this.#failures, Math.random()),
    )
  }
}

function unwatched(): Watched {
  return { attempts: [], failures: [], back: 0, resumed: false }
}
