import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Aedes, AuthenticateError, Client, ConnectPacket, PublishPacket } from 'aedes'
import { Counter, Gauge } from 'prom-client'
import type { Clock, Milliseconds } from '../clock.ts'
import { OutsideError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { repeat } from '../repeat.ts'
import { peerCertificate, type PeerCertificate } from '../tls/peer-certificate.ts'
import { admissionRefusal, claimRefusal, notForNative, tellSession, type Claim } from './admission.ts'
import { createAedes, handle, type Done } from './aedes.ts'
import { BrokerListeners, type BrokerIdentity, type BrokerListenerOptions } from './broker-listeners.ts'
import { ConnectionLimits, type Admission, type ConnectionLimitOptions } from './connection-limits.ts'
import { Connections } from './connections.ts'
import type { BrokerFace, FaceBroker, MessageProperties } from './face.ts'
import { FrameGuard } from './frame-guard.ts'
import { NativeFace, type NativeFaceOptions } from './native-face.ts'
import { deviceNotConnected, downTopic, type NativeTransport } from './transport.ts'

export interface MqttBrokerOptions
  extends ConnectionLimitOptions, BrokerListenerOptions, Pick<NativeFaceOptions, 'authenticate'> {
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
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
}

/** Milliseconds between looks at connected devices' certificates. */
const expiryCheck = 2_000

/**
 * The embedded broker for MQTT 3.1.1 and 5, for the native protocol and for faces that claim clients of their own: each device talks with
 * the hub on its own topics, and nothing is ever passed from one device to another. Messages therefore go straight between the
 * hub and the one connection; Aedes' routing, its retained messages, wills, queues and `$SYS` topics are not in the way of any.
 */
export class MqttBroker implements NativeTransport {
  readonly #options: MqttBrokerOptions
  readonly #broker: Aedes
  readonly #listeners: BrokerListeners
  readonly #limits: ConnectionLimits
  readonly #connections: Connections
  readonly #admissions = new WeakMap<object, Admission>()
  readonly #native: NativeFace
  readonly #faces: BrokerFace[] = []
  readonly #claims = new WeakMap<Client, Claim>()
  /** Came by a listener that is not for native devices. */
  readonly #facesOnly = new WeakSet<object>()
  readonly #messages: Counter<'direction'>
  #stopWatching = (): void => {}

  constructor(options: MqttBrokerOptions) {
    this.#options = options
    this.#native = new NativeFace(options)
    this.onMessage = (listener) => this.#native.onMessage(listener)
    this.onConnected = (listener) => this.#native.onConnected(listener)
    this.onDisconnected = (listener) => this.#native.onDisconnected(listener)
    this.#limits = new ConnectionLimits(options)
    this.#messages = new Counter({
      name: 'sutler_mqtt_messages_total',
      help: 'Messages from (up) and to (down) devices',
      labelNames: ['direction'],
      registers: [options.metrics],
    })
    const connections = new Connections((client) => this.#faceOf(client), options.queueLimit)
    this.#connections = connections
    void new Gauge({
      name: 'sutler_mqtt_devices',
      help: 'Devices connected over MQTT',
      registers: [options.metrics],
      collect() {
        this.set(connections.size)
      },
    })
    this.#broker = this.#createAedes()
    this.#listeners = new BrokerListeners(options, this.accept)
  }

  /** With TLS. Returns the port. @throws CallerError `port-in-use`, `address-unusable` */
  async listen(host: string, port: number, identity: BrokerIdentity): Promise<number> {
    this.showIdentity(identity)
    const { clock, log } = this.#options
    const work = async (): Promise<void> => this.#connections.cutExpired(clock.now())
    this.#stopWatching = repeat({ clock, log, every: expiryCheck, what: 'look for certificates that have ended', work })
    await this.#broker.listen()
    return this.#listeners.listen(host, port)
  }

  /** Without TLS, for this machine only: on 127.0.0.1. Returns the port. @throws as `listen` */
  async listenPlain(port: number): Promise<number> {
    await this.#broker.listen()
    return this.#listeners.listenPlain(port)
  }

  /** Without TLS, for clients of other faces than the native one. Returns the port. @throws as `listen` */
  async listenForFaces(host: string, port: number): Promise<number> {
    await this.#broker.listen()
    return this.#listeners.listenForFaces(host, port)
  }

  /** New connections see the new certificate; those that stand are left alone. */
  showIdentity(identity: BrokerIdentity): void {
    this.#listeners.showIdentity(identity)
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    this.#stopWatching()
    await new Promise<void>((resolve) => this.#broker.close(resolve))
    await this.#listeners.close()
  }

  /** For readiness: throws unless devices can connect. */
  async check(): Promise<void> {
    if (!this.#listeners.listening) throw new OutsideError(deviceNotConnected, 'The MQTT broker does not listen.')
  }

  readonly onMessage: NativeTransport['onMessage']
  readonly onConnected: NativeTransport['onConnected']
  readonly onDisconnected: NativeTransport['onDisconnected']

  publish(device: string, payload: Uint8Array): Promise<void> {
    return this.#publish(this.#native, device, downTopic(device), payload)
  }
  connected(device: string): boolean {
    return this.#connections.of(this.#native, device)?.listening ?? false
  }
  disconnect(device: string): void {
    this.#connections.of(this.#native, device)?.close()
  }

  /** Largest message of a device, bytes, topic included. */
  get messageLimit(): number {
    return this.#options.messageLimit
  }

  /** Lets one more protocol speak over the broker, beside the native one. */
  add(face: BrokerFace): FaceBroker {
    this.#faces.push(face)
    return {
      publish: (client, topic, payload, properties) => this.#publish(face, client, topic, payload, properties),
      connected: (client) => this.#connections.of(face, client)?.listening ?? false,
      disconnect: (client) => this.#connections.of(face, client)?.close(),
    }
  }

  async #publish(
    face: BrokerFace,
    client: string,
    topic: string,
    payload: Uint8Array,
    properties?: MessageProperties,
  ): Promise<void> {
    const connection = this.#connections.of(face, client)
    if (!connection?.listening) throw new OutsideError(deviceNotConnected, `${client} is not connected.`)
    this.#messages.inc({ direction: 'down' })
    await connection.send(topic, payload, properties)
  }

  /** Takes a connection that was accepted elsewhere, over WebSocket. */
  readonly accept = (socket: Duplex, address: string, native = true): void => {
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
    const client = handle(this.#broker, socket as Socket)
    this.#admissions.set(client, admission)
    if (!native) this.#facesOnly.add(client)
  }

  #createAedes(): Aedes {
    const broker = createAedes(this.#options, {
      connecting: (client, packet) => this.#claim(client, packet),
      authenticate: (client, username, password, done) => this.#authenticate(client, username, password, done),
      faceOf: (client) => this.#faceOf(client),
      received: (packet, client, done) => this.#received(packet, client, done),
    })
    broker.on('clientReady', (client) => this.#connections.ready(client))
    broker.on('clientDisconnect', (client) => this.#connections.left(client))
    broker.on('subscribe', (subscriptions, client) => this.#connections.subscribed(subscriptions, client))
    broker.on('unsubscribe', (filters, client) => this.#connections.unsubscribed(filters, client))
    broker.on('ack', (_packet, client) => this.#connections.acknowledged(client))
    return broker
  }

  /** A client that a face claims is called as the face calls it, whatever client id it brings: so no two faces share one. */
  #claim(client: Client, packet: ConnectPacket): void {
    const { username } = packet
    if (username === undefined) return
    for (const face of this.#faces) {
      const name = face.encryptedOnly && this.#facesOnly.has(client) ? null : face.clientOf(username)
      if (name === null) continue
      face.connecting?.(name, (packet as { properties?: MessageProperties }).properties?.userProperties ?? {})
      this.#claims.set(client, { face, client: name })
      packet.clientId = name
      return
    }
  }

  #faceOf(client: Client): BrokerFace {
    return this.#claims.get(client)?.face ?? this.#native
  }

  #authenticate(client: Client, username: string | undefined, password: Buffer | undefined, done: Done): void {
    const certificate = peerCertificate(client.conn)
    const refusal = this.#claims.has(client)
      ? claimRefusal(client, certificate, password)
      : this.#facesOnly.has(client)
        ? notForNative
        : admissionRefusal(client, certificate, username, password)
    if (refusal) return done(refused(refusal.returnCode, refusal.why), null)
    tellSession(client)
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
      const face = this.#faceOf(client)
      const ok = await face.authenticate(client.id, password?.toString('utf8') ?? '', certificate)
      answer(ok ? null : refused(5, 'not authorized'), ok || null)
    } catch (error) {
      this.#options.log.warn({ err: error, device: client.id }, 'a device could not be authenticated')
      answer(refused(3, 'cannot authenticate now'), null)
    }
  }

  /** In place of routing: the hub is the only reader. `done` lets more be read from the device. */
  #received(packet: PublishPacket, client: Client | null, done: (error?: Error) => void): void {
    if (client === null) return done()
    const face = this.#faceOf(client)
    if (!face.mayPublish(client.id, packet.topic)) return done()
    this.#messages.inc({ direction: 'up' })
    const failed = (error: unknown): void =>
      this.#options.log.error({ err: error, device: client.id }, 'a message was not taken')
    try {
      const taken = face.received(client.id, packet.topic, packet.payload as Buffer, propertiesOf(packet))
      if (taken === undefined) done()
      else void taken.catch(failed).finally(done)
    } catch (error) {
      failed(error)
      done()
    }
  }
}

/** `properties` of mqtt-packet hold Buffers and objects without a prototype, which are what they are declared to be. */
function propertiesOf({ properties }: PublishPacket): MessageProperties | undefined {
  return properties as MessageProperties | undefined
}

/** MQTT 3.1.1, 3.2.2.3: 2 identifier rejected, 3 server unavailable, 5 not authorized. */
function refused(returnCode: number, why: string): AuthenticateError {
  return Object.assign(new Error(why), { returnCode }) as AuthenticateError
}
