import { createServer as createPlainServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls'
import type { Duplex } from 'node:stream'
import { Aedes, type AuthenticateError, type Client, type PublishPacket, type Subscription } from 'aedes'
import mqttPacket from 'mqtt-packet'
import { Counter, Gauge } from 'prom-client'
import type { Clock, Milliseconds } from '../clock.ts'
import { OutsideError } from '../errors.ts'
import { deviceId } from '../ids.ts'
import { listen } from '../listen.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { repeat } from '../repeat.ts'
import { boundHandshakes, type HandshakeLimits } from '../tls/handshakes.ts'
import { peerCertificate, type PeerCertificate } from '../tls/peer-certificate.ts'
import { tlsSettings, type ServerKey } from '../tls/tls-settings.ts'
import { admissionRefusal, forceSession } from './admission.ts'
import { ConnectionLimits, type Admission, type ConnectionLimitOptions } from './connection-limits.ts'
import { DeviceConnection } from './device-connection.ts'
import { FrameGuard } from './frame-guard.ts'
import { deviceNotConnected, downTopic, upTopic, type NativeTransport } from './transport.ts'

// Its cache of 65,536 buffers would cost every hub 10 MB.
mqttPacket.writeToStream.cacheNumbers = false

export interface MqttBrokerOptions extends ConnectionLimitOptions {
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /**
   * True if it is this device: by the certificate that TLS has verified, where there is one, else by the password. A rejection
   * counts as “the hub cannot say now”.
   */
  authenticate(device: string, password: string, certificate: PeerCertificate | null): Promise<boolean>
  /** From accept to a whole CONNECT packet. */
  readonly connectDeadline: Milliseconds
  readonly authenticateDeadline: Milliseconds
  /** How long a device may leave its socket full. */
  readonly drainDeadline: Milliseconds
  /** A silent device is taken for gone after 1.5 times its keep-alive, which may be this at most, seconds. */
  readonly keepAliveLimit: number
  /** Largest message of a device, bytes, topic included. */
  readonly messageLimit: number
  /** Most bytes that wait for one device. */
  readonly queueLimit: number
  readonly handshakes: HandshakeLimits
}

/** How the listener with TLS shows itself, and whose certificates it takes. */
export interface BrokerIdentity {
  readonly server: ServerKey
  /** PEM of who signs devices' certificates. */
  readonly authority: string
}

/** Milliseconds between looks at connected devices' certificates. */
const expiryCheck = 2_000

type MessageListener = Parameters<NativeTransport['onMessage']>[0]
type DeviceListener = (device: string) => void

/**
 * The embedded MQTT 3.1.1 broker, for the native protocol only: each device talks with the hub on its own two topics, and
 * nothing is ever passed from one device to another. Messages therefore go straight between the hub and the one
 * connection; Aedes' routing, its retained messages, wills, queues and `$SYS` topics are not in the way of any.
 */
export class MqttBroker implements NativeTransport {
  readonly #options: MqttBrokerOptions
  readonly #broker: Aedes
  readonly #tls: TlsServer
  readonly #plain: Server
  readonly #limits: ConnectionLimits
  readonly #connections = new Map<string, DeviceConnection>()
  readonly #admissions = new WeakMap<object, Admission>()
  readonly #messageListeners: MessageListener[] = []
  readonly #connectedListeners: DeviceListener[] = []
  readonly #disconnectedListeners: DeviceListener[] = []
  readonly #messages: Counter<'direction'>
  #stopWatching = (): void => {}

  constructor(options: MqttBrokerOptions) {
    this.#options = options
    this.#limits = new ConnectionLimits(options)
    this.#messages = new Counter({
      name: 'sutler_mqtt_messages_total',
      help: 'Messages from (up) and to (down) devices',
      labelNames: ['direction'],
      registers: [options.metrics],
    })
    const connections = this.#connections
    void new Gauge({
      name: 'sutler_mqtt_devices',
      help: 'Devices connected over MQTT',
      registers: [options.metrics],
      collect() {
        this.set(connections.size)
      },
    })
    this.#broker = this.#createAedes()
    const accept = (socket: Socket): void => this.accept(socket, socket.remoteAddress ?? '')
    const sockets = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 }
    this.#plain = createPlainServer(sockets, accept)
    // Over TLS a device is its certificate: who has none is not heard.
    const shown = { requestCert: true, rejectUnauthorized: true }
    this.#tls = createTlsServer({ ...sockets, ...shown, handshakeTimeout: options.handshakes.deadline }, accept)
    boundHandshakes(this.#tls, options.handshakes)
    this.#tls.on('tlsClientError', (error) => options.log.debug({ reason: error.message }, 'a TLS handshake failed'))
    for (const server of [this.#plain, this.#tls]) server.maxConnections = options.total
  }

  /** With TLS. Returns the port. @throws CallerError `port-in-use`, `address-unusable` */
  async listen(host: string, port: number, identity: BrokerIdentity): Promise<number> {
    this.showIdentity(identity)
    const { clock, log } = this.#options
    const work = async (): Promise<void> => this.#cutExpired()
    this.#stopWatching = repeat({ clock, log, every: expiryCheck, what: 'look for certificates that have ended', work })
    await this.#broker.listen()
    return listen(this.#tls, 'MQTTS', host, port, this.#options.log)
  }

  /** Without TLS, for this machine only: on 127.0.0.1. Returns the port. @throws as `listen` */
  async listenPlain(port: number): Promise<number> {
    await this.#broker.listen()
    return listen(this.#plain, 'plain MQTT', '127.0.0.1', port, this.#options.log)
  }

  /** New connections see the new certificate; those that stand are left alone. */
  showIdentity({ server, authority }: BrokerIdentity): void {
    this.#tls.setSecureContext(tlsSettings(server, authority))
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    this.#stopWatching()
    await new Promise<void>((resolve) => this.#broker.close(resolve))
    for (const server of [this.#plain, this.#tls])
      if (server.listening) await new Promise((resolve) => server.close(resolve))
  }

  /** For readiness: throws unless devices can connect. */
  async check(): Promise<void> {
    if (!this.#tls.listening && !this.#plain.listening)
      throw new OutsideError(deviceNotConnected, 'The MQTT broker does not listen.')
  }

  async publish(device: string, payload: Uint8Array): Promise<void> {
    const connection = this.#connections.get(device)
    if (!connection?.listening) throw new OutsideError(deviceNotConnected, `${device} is not connected.`)
    this.#messages.inc({ direction: 'down' })
    await connection.send(payload)
  }

  connected(device: string): boolean {
    return this.#connections.get(device)?.listening ?? false
  }
  onMessage(listener: MessageListener): void {
    this.#messageListeners.push(listener)
  }
  onConnected(listener: DeviceListener): void {
    this.#connectedListeners.push(listener)
  }
  onDisconnected(listener: DeviceListener): void {
    this.#disconnectedListeners.push(listener)
  }
  disconnect(device: string): void {
    this.#connections.get(device)?.close()
  }

  /** Takes a connection that was accepted elsewhere, over WebSocket. */
  readonly accept = (socket: Duplex, address: string): void => {
    const admission = this.#limits.admit(address)
    if (!admission) return void socket.destroy()
    socket.once('close', () => admission.ended())
    const guard = new FrameGuard({ publish: this.#options.messageLimit, control: 4096 })
    const read = socket.read.bind(socket)
    // Aedes takes bytes by read(); what comes through here has been looked at before any parser buffers it.
    socket.read = (size?: number) => {
      const bytes = read(size) as Buffer | null
      const refusal = bytes === null ? null : guard.refuses(bytes)
      if (refusal === null) return bytes
      this.#options.log.debug({ address, refusal }, 'an MQTT connection was cut')
      socket.destroy()
      return null
    }
    this.#admissions.set(this.#broker.handle(socket as Socket), admission)
  }

  /** A certificate that ends while its device is connected ends the connection. */
  #cutExpired(): void {
    const now = this.#options.clock.now()
    for (const connection of this.#connections.values()) if (connection.expiresAt <= now) connection.close()
  }

  #createAedes(): Aedes {
    const { connectDeadline, drainDeadline } = this.#options
    const broker = new Aedes({
      // With a limit, one subscriber that stops reading would hold up all others.
      concurrency: 0,
      connectTimeout: connectDeadline,
      drainTimeout: drainDeadline,
      queueLimit: 8,
      maxInflightInbound: 1,
      preConnect: (client, packet, done) => {
        forceSession(client, packet, this.#options.keepAliveLimit)
        done(null, true)
      },
      authenticate: (client, username, password, done) => this.#authenticate(client, username, password, done),
      authorizePublish: (client, packet, done) => {
        const own = client !== null && packet.topic === upTopic(client.id)
        done(own && !packet.retain && packet.qos < 2 ? null : new Error(`publish to ${packet.topic}`))
      },
      authorizeSubscribe: (client, subscription, done) =>
        done(null, subscription.topic === downTopic(client.id) ? subscription : null),
      authorizeForward: (client, packet) => (packet.topic === downTopic(client.id) ? packet : null),
    })
    // Nobody subscribes to anything but its own topic, and the hub writes to connections itself: no routing table.
    const direct = broker as unknown as Record<'publish' | 'subscribe' | 'unsubscribe', unknown>
    // A repeated SUBSCRIBE with another QoS gives no callback to the first of its two steps.
    direct.subscribe = direct.unsubscribe = (_topic: string, _deliver: unknown, done?: () => void) => done?.()
    direct.publish = (packet: PublishPacket, client: Client | null | (() => void), done?: (error?: Error) => void) =>
      typeof client === 'function' ? client() : this.#received(packet, client, done ?? (() => {}))
    broker.on('clientReady', (client) => this.#ready(client))
    broker.on('clientDisconnect', (client) => this.#left(client))
    broker.on('subscribe', (subscriptions, client) => this.#subscribed(subscriptions, client))
    broker.on('unsubscribe', (topics, client) => topics.includes(downTopic(client.id)) && this.#silent(client))
    for (const event of ['clientError', 'connectionError'] as const) {
      broker.on(event, (client, error) =>
        // What is no device's id may be anything, a credential in the wrong place, too.
        this.#options.log.debug(
          { ...(deviceId.test(client.id) && { device: client.id }), reason: error.message },
          'an MQTT connection failed',
        ),
      )
    }
    return broker
  }

  #authenticate(client: Client, username: string | undefined, password: Buffer | undefined, done: Done): void {
    const certificate = peerCertificate(client.conn)
    const refusal = admissionRefusal(client, certificate, username, password)
    if (refusal) return done(refused(refusal.returnCode, refusal.why), null)
    const { clock, authenticateDeadline } = this.#options
    let answered = false
    const answer = (error: AuthenticateError | null, ok: boolean | null): void => {
      if (answered) return
      answered = true
      cancel()
      if (ok) this.#admissions.get(client)?.authenticated()
      done(error, ok)
    }
    const cancel = clock.after(authenticateDeadline, () => answer(refused(3, 'authentication took too long'), null))
    void this.#verify(client, certificate, password, answer)
  }

  async #verify(
    client: Client,
    certificate: PeerCertificate | null,
    password: Buffer | undefined,
    answer: Done,
  ): Promise<void> {
    try {
      const ok = await this.#options.authenticate(client.id, password?.toString('utf8') ?? '', certificate)
      answer(ok ? null : refused(5, 'not authorized'), ok || null)
    } catch (error) {
      this.#options.log.warn({ err: error, device: client.id }, 'a device could not be authenticated')
      answer(refused(3, 'cannot authenticate now'), null)
    }
  }

  #ready(client: Client): void {
    if (client.closed) return
    const previous = this.#connections.get(client.id)
    // Aedes closes the previous one; make sure that nothing of it lives on.
    if (previous && previous.client !== client) {
      previous.close()
      this.#drop(previous)
    }
    this.#connectionOf(client)
  }

  /** A SUBSCRIBE that came together with CONNECT is worked on before `clientReady`. */
  #connectionOf(client: Client): DeviceConnection {
    const known = this.#connections.get(client.id)
    if (known?.client === client) return known
    if (known) this.#drop(known)
    const connection = new DeviceConnection(client, this.#options.queueLimit)
    this.#connections.set(client.id, connection)
    return connection
  }

  #subscribed(subscriptions: readonly Subscription[], client: Client): void {
    if (client.closed || !subscriptions.some(({ topic }) => topic === downTopic(client.id))) return
    const connection = this.#connectionOf(client)
    if (connection.listening) return
    connection.listening = true
    this.#tell(this.#connectedListeners, client.id)
  }

  #silent(client: Client): void {
    const connection = this.#connections.get(client.id)
    if (connection?.client === client) this.#stopListening(connection)
  }

  #left(client: Client): void {
    const connection = this.#connections.get(client.id)
    if (connection?.client === client) this.#drop(connection)
  }

  #drop(connection: DeviceConnection): void {
    this.#connections.delete(connection.device)
    this.#stopListening(connection)
  }

  #stopListening(connection: DeviceConnection): void {
    if (!connection.listening) return
    connection.listening = false
    this.#tell(this.#disconnectedListeners, connection.device)
  }

  /** An error of a listener is the hub's, not the connection's, and must not end the process. */
  #tell(listeners: readonly DeviceListener[], device: string): void {
    for (const listener of listeners) {
      try {
        listener(device)
      } catch (error) {
        this.#options.log.error({ err: error, device }, 'a change of connection was not taken')
      }
    }
  }

  /** In place of routing: the hub is the only reader. `done` lets more be read from the device. */
  #received(packet: PublishPacket, client: Client | null, done: (error?: Error) => void): void {
    if (client === null || packet.topic !== upTopic(client.id)) return done()
    this.#messages.inc({ direction: 'up' })
    const pending: Promise<void>[] = []
    for (const listener of this.#messageListeners) {
      try {
        const result = listener(client.id, packet.payload as Buffer)
        if (result instanceof Promise) pending.push(result)
      } catch (error) {
        pending.push(Promise.reject(error as Error))
      }
    }
    if (pending.length === 0) return done()
    void this.#settle(client.id, pending, done)
  }

  async #settle(device: string, pending: readonly Promise<void>[], done: () => void): Promise<void> {
    for (const result of await Promise.allSettled(pending)) {
      if (result.status === 'rejected')
        this.#options.log.error({ err: result.reason, device }, 'a message was not taken')
    }
    done()
  }
}

type Done = (error: AuthenticateError | null, ok: boolean | null) => void

/** MQTT 3.1.1, 3.2.2.3: 2 identifier rejected, 3 server unavailable, 5 not authorized. */
function refused(returnCode: number, why: string): AuthenticateError {
  return Object.assign(new Error(why), { returnCode }) as AuthenticateError
}
