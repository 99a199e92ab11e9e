import type { Client } from 'aedes'
import type { Socket } from 'node:net'
import type { WallTime } from '../clock.ts'
import { peerCertificate } from '../tls/peer-certificate.ts'
import { OutsideError } from '../errors.ts'
import type { BrokerFace, MessageProperties } from './face.ts'
import { filterCovers } from './topic-filter.ts'
import { deviceNotConnected } from './transport.ts'

/** One authenticated connection of a device: sends in order, and never holds more than `queueLimit` bytes for it. */
export class DeviceConnection {
  readonly device: string
  readonly face: BrokerFace
  readonly client: Client
  /** When its certificate ends; Infinity = it has shown none. */
  readonly expiresAt: WallTime
  /** Filters of its own that it has subscribed to, each with the quality of service that it asked for. */
  readonly filters = new Map<string, number>()
  readonly #queueLimit: number
  /** Publishes that the client takes before it has acknowledged the first (MQTT 5, 3.1.2.11.3). */
  readonly #receiveMaximum: number
  readonly #largest: number
  #unacknowledged = 0
  #acknowledged = (): void => {}
  #queued = 0
  #last: Promise<void> = Promise.resolve()

  constructor(client: Client, face: BrokerFace, queueLimit: number) {
    this.device = client.id
    this.client = client
    this.face = face
    this.expiresAt = peerCertificate(client.conn)?.notAfter ?? Number.POSITIVE_INFINITY
    this.#queueLimit = queueLimit
    this.#receiveMaximum = client.version === 5 ? client.receiveMaximum : Number.POSITIVE_INFINITY
    this.#largest = client.maximumPacketSize ?? Number.POSITIVE_INFINITY
    if (client.version === 5) client.conn.once('close', () => this.acknowledged())
  }

  /** It hears what the hub says. */
  get listening(): boolean {
    return this.filters.size > 0
  }

  /** Sends at QoS 1, or at 0 where the client has asked for that. @throws OutsideError `device-not-connected` */
  send(topic: string, payload: Uint8Array, properties?: MessageProperties): Promise<void> {
    const socket = this.client.conn as Socket
    if (this.client.closed || socket.destroyed) return Promise.reject(this.#gone('it has left'))
    if (this.#queued + socket.writableLength + payload.length > this.#queueLimit) {
      // A reader that is too slow is cut, not waited for: what is queued for it is in the database.
      this.close()
      return Promise.reject(this.#gone(`it did not read ${this.#queueLimit} bytes`))
    }
    // [MQTT-3.1.2-25]: not sent at all.
    const size = packetBytes(topic, payload, properties)
    if (size > this.#largest)
      return Promise.reject(this.#gone(`it takes packets of ${this.#largest} bytes, this one has ${size}`))
    this.#queued += payload.length
    // One at a time: the broker tells doubles by a counter and could take two publishes of one turn for one.
    this.#last = this.#last.then(() => this.#write(topic, payload, properties))
    return this.#last
  }

  close(): void {
    this.client.conn.destroy()
  }

  /** The client has acknowledged one publish. */
  acknowledged(): void {
    this.#unacknowledged--
    this.#acknowledged()
  }

  /** [MQTT-3.3.4-9]: what is sent at QoS 0 is never acknowledged, and does not count. */
  async #room(): Promise<void> {
    while (this.#unacknowledged >= this.#receiveMaximum && !this.client.closed)
      await new Promise<void>((resolve) => (this.#acknowledged = resolve))
  }

  /** [MQTT-3.8.4-6]: never more than was asked for, by the filter that asked for most. */
  #qosOf(topic: string): 0 | 1 {
    const asked = this.filters.get(topic)
    if (asked !== undefined) return asked === 0 ? 0 : 1
    const covering = [...this.filters].filter(([filter]) => filterCovers(filter, topic))
    return covering.length > 0 && covering.every(([, qos]) => qos === 0) ? 0 : 1
  }

  async #write(topic: string, payload: Uint8Array, properties: MessageProperties | undefined): Promise<void> {
    const qos = this.#qosOf(topic)
    if (qos > 0) await this.#room()
    this.#unacknowledged += qos
    const packet = {
      cmd: 'publish',
      topic,
      payload: asBuffer(payload),
      qos,
      retain: false,
      dup: false,
      ...(properties && this.client.version === 5 && { properties: properties as object }),
    } as const
    return new Promise((resolve) => {
      this.client.publish(packet, () => {
        this.#queued -= payload.length
        resolve()
      })
    })
  }

  #gone(why: string): OutsideError {
    return new OutsideError(deviceNotConnected, `${this.device}: ${why}.`)
  }
}

/** Of a PUBLISH at QoS 1, or a little more. */
function packetBytes(topic: string, payload: Uint8Array, properties: MessageProperties = {}): number {
  const { contentType = '', responseTopic = '', correlationData, userProperties = {} } = properties
  const texts = [
    topic,
    contentType,
    responseTopic,
    ...Object.entries(userProperties).flatMap(([name, value]) => [name, ...value]),
  ]
  const said = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 5, 0)
  return payload.length + said + (correlationData?.length ?? 0) + 16
}

/** The same bytes, not copied. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
