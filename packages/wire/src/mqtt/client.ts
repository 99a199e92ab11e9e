import { WireError } from '../errors.ts'
import { limits } from '../limits.ts'
import { FrameReader, malformed } from './frames.ts'
import {
  connectPacket,
  disconnectPacket,
  pingPacket,
  pubackPacket,
  publishPacket,
  readPacket,
  subscribePacket,
} from './packets.ts'
import type { MqttEvent, MqttOptions } from './packets.ts'

/** Part of the keepalive time after which a silent connection is tried with a ping, and part left for its answer. */
const pingAfter = 0.75
const answerWithin = 0.5

/**
 * Device side of one MQTT 3.1.1 connection: bytes in and out, no socket, no clock. Use a new one for each connection.
 * Kept small: a process may hold thousands.
 */
export class MqttClient {
  readonly #options: MqttOptions
  readonly #frames = new FrameReader()
  readonly #inFlight: number[] = []
  #lastId = 0
  #accepted = false
  // What happened since the last tick, and when it did, to the precision of a tick.
  #sent = false
  #heard = false
  #sentAt: number | null = null
  #heardAt = 0
  #pingAt: number | null = null

  constructor(options: MqttOptions) {
    this.#options = options
  }

  /** Publishes that the broker has not acknowledged. */
  get inFlight(): number {
    return this.#inFlight.length
  }

  connect(): Uint8Array {
    return this.#send(connectPacket(this.#options))
  }

  subscribe(topic: string): Uint8Array {
    return this.#send(subscribePacket(this.#nextId(), topic))
  }

  /** Throws WireError `too-many-unacknowledged` beyond `limits.packetsInFlight`. */
  publish(topic: string, payload: Uint8Array): { id: number; bytes: Uint8Array } {
    if (this.#inFlight.length >= limits.packetsInFlight) {
      const detail = `${limits.packetsInFlight} publishes wait for the broker`
      throw new WireError('too-many-unacknowledged', 'mqtt', detail)
    }
    const id = this.#nextId()
    this.#inFlight.push(id)
    return { id, bytes: this.#send(publishPacket(id, topic, payload)) }
  }

  puback(id: number): Uint8Array {
    return this.#send(pubackPacket(id))
  }

  ping(): Uint8Array {
    return this.#send(pingPacket())
  }

  disconnect(): Uint8Array {
    return this.#send(disconnectPacket())
  }

  /** What the bytes say, in their order. Throws WireError when the broker breaks MQTT 3.1.1: close the connection. */
  receive(bytes: Uint8Array): MqttEvent[] {
    const events = this.#frames.read(bytes).map(readPacket)
    for (const event of events) this.#note(event)
    if (events.length > 0) this.#heard = true
    return events
  }

  /**
   * Call it regularly, at least every quarter of the keepalive time.
   * @param now milliseconds of any clock that never goes back
   * @returns a ping to be sent, 'dead' when the broker has been silent for too long (close the connection), or null
   */
  tick(now: number): Uint8Array | 'dead' | null {
    this.#noteTime(now)
    if (!this.#accepted) return now - this.#heardAt >= limits.connectMilliseconds ? 'dead' : null
    const keepAlive = this.#options.keepAliveSeconds * 1000
    if (keepAlive === 0) return null
    if (this.#pingAt !== null) return now - this.#pingAt >= keepAlive * answerWithin ? 'dead' : null
    const quietSince = Math.min(this.#sentAt ?? now, this.#heardAt)
    if (now - quietSince < keepAlive * pingAfter) return null
    this.#pingAt = now
    return this.ping()
  }

  #send(bytes: Uint8Array): Uint8Array {
    this.#sent = true
    return bytes
  }

  #noteTime(now: number): void {
    if (this.#sentAt === null) this.#heardAt = now
    if (this.#sent || this.#sentAt === null) this.#sentAt = now
    if (this.#heard) {
      this.#heardAt = now
      this.#pingAt = null
    }
    this.#sent = false
    this.#heard = false
  }

  #nextId(): number {
    do this.#lastId = (this.#lastId % 0xffff) + 1
    while (this.#inFlight.includes(this.#lastId))
    return this.#lastId
  }

  #note(event: MqttEvent): void {
    if (event.kind === 'connected' || event.kind === 'refused') {
      // [MQTT-3.2.0-1]: CONNACK is the first packet, and comes once.
      if (this.#accepted) throw malformed('a second CONNACK')
      this.#accepted = event.kind === 'connected'
    } else if (!this.#accepted) throw malformed('a packet before CONNACK')
    if (event.kind !== 'published') return
    const at = this.#inFlight.indexOf(event.id)
    if (at !== -1) this.#inFlight.splice(at, 1)
  }
}

export function createMqttClient(options: MqttOptions): MqttClient {
  return new MqttClient(options)
}
