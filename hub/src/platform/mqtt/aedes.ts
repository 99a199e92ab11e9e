import type { Socket } from 'node:net'
import { Aedes, type AuthenticateError, type Client, type ConnectPacket, type PublishPacket } from 'aedes'
import mqttPacket from 'mqtt-packet'
import type { Milliseconds } from '../clock.ts'
import { deviceId } from '../ids.ts'
import type { Log } from '../log.ts'
import { forceSession } from './admission.ts'
import type { BrokerFace } from './face.ts'

// Its cache of 65,536 buffers would cost every hub 10 MB.
mqttPacket.writeToStream.cacheNumbers = false

export interface AedesOptions {
  readonly log: Log
  readonly connectDeadline: Milliseconds
  readonly drainDeadline: Milliseconds
  readonly keepAliveLimit: number
  readonly messageLimit: number
}

/** What Aedes asks the broker. */
export interface AedesQuestions {
  /** A CONNECT has come: who is it to be called? */
  connecting(client: Client, packet: ConnectPacket): void
  authenticate(client: Client, username: string | undefined, password: Buffer | undefined, done: Done): void
  faceOf(client: Client): BrokerFace
  /** `done` lets more be read from the device. */
  received(packet: PublishPacket, client: Client | null, done: (error?: Error) => void): void
}

export type Done = (error: AuthenticateError | null, ok: boolean | null) => void

/** Aedes, of which only the protocol is used: what a client may do is asked of its face, and nothing is routed or kept. */
export function createAedes(options: AedesOptions, ask: AedesQuestions): Aedes {
  const broker = new Aedes({
    // With a limit, one subscriber that stops reading would hold up all others.
    concurrency: 0,
    connectTimeout: options.connectDeadline,
    drainTimeout: options.drainDeadline,
    queueLimit: 8,
    // MQTT 5: what clients are told (3.2.2.3.6, 3.2.2.3.14). The limits hold whatever they make of it.
    maximumPacketSize: options.messageLimit + 5,
    keepaliveLimit: options.keepAliveLimit,
    responseInformation: (client) => ask.faceOf(client).responseInformation?.(client.id),
    preConnect: (client, packet, done) => {
      forceSession(client, packet, options.keepAliveLimit)
      ask.connecting(client, packet)
      done(null, true)
    },
    authenticate: (client, username, password, done) => ask.authenticate(client, username, password, done),
    authorizePublish: (client, packet, done) => {
      const own = client !== null && ask.faceOf(client).mayPublish(client.id, packet.topic)
      done(own && !packet.retain && packet.qos < 2 ? null : new Error(`publish to ${packet.topic}`))
    },
    authorizeSubscribe: (client, subscription, done) =>
      done(null, ask.faceOf(client!).maySubscribe(client!.id, subscription.topic) ? subscription : null),
    authorizeForward: (client, packet) => (ask.faceOf(client).mayHear(client.id, packet.topic) ? packet : null),
  })
  withoutRouting(broker, ask)
  logFailures(broker, options.log)
  return broker
}

/** Takes one connection. */
export function handle(broker: Aedes, socket: Socket): Client {
  const client = broker.handle(socket)
  return Object.assign(client, { subscriptions: Object.create(nameless), duplicates: Object.create(nameless) })
}

/**
 * Names from the wire are keys: what every object has is not among them (GHSA-52qw-whmv-87c5). As a prototype it costs each of a client's
 * maps some 150 bytes less than none.
 */
const nameless: object = Object.freeze(Object.create(null))

/** Nobody subscribes to anything but its own topic, and the hub writes to connections itself: no routing table. */
function withoutRouting(broker: Aedes, ask: AedesQuestions): void {
  const direct = broker as unknown as Record<'publish' | 'subscribe' | 'unsubscribe' | 'clients', unknown>
  direct.clients = Object.create(null)
  // A repeated SUBSCRIBE with another QoS gives no callback to the first of its two steps.
  direct.subscribe = direct.unsubscribe = (_topic: string, _deliver: unknown, done?: () => void) => done?.()
  direct.publish = (packet: PublishPacket, client: Client | null | (() => void), done?: (error?: Error) => void) =>
    typeof client === 'function' ? client() : ask.received(packet, client, done ?? (() => {}))
}

function logFailures(broker: Aedes, log: Log): void {
  for (const event of ['clientError', 'connectionError'] as const)
    broker.on(event, (client, error) =>
      // What is no device's id may be anything, a credential in the wrong place, too.
      log.debug(
        { ...(deviceId.test(client.id) && { device: client.id }), reason: error.message },
        'an MQTT connection failed',
      ),
    )
}
