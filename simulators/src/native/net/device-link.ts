import type { Socket } from 'node:net'
import { FleetError } from '../errors.ts'
import type { Peer } from './loopback.ts'
import { openSocket } from './open-socket.ts'
import type { Credentials } from './open-socket.ts'
import { readPackets } from './mqtt-packets.ts'
import type { PacketSink } from './mqtt-packets.ts'

/** The device at the near end of a link. */
export interface LinkOwner extends PacketSink {
  /** The connection stands. */
  opened(): void
  /** All packets of one read have been handed over. */
  taken(): void
  /** The link is gone, for whatever reason; `detail` is '' when it was closed in order. */
  closed(link: DeviceLink, detail: string): void
}

/** Bytes that went over all links of a fleet. */
export interface LinkTraffic {
  received: number
  sent: number
}

/** Every plain socket of the process reads into this one buffer: a link uses or copies all of it before it returns. */
const readBuffer = Buffer.allocUnsafeSlow(65_536)

/** What is written while packets are being taken leaves in one piece. Shared: only one link takes packets at a time. */
const gathered: Buffer[] = []

/** One connection of a device to the broker: whole packets in, whole packets out. */
export class DeviceLink {
  readonly #socket: Socket
  readonly #owner: LinkOwner
  readonly #traffic: LinkTraffic
  #beginning: Buffer | null = null
  #gathering = false
  #ended = false
  #failure = ''
  #packetId = 0

  constructor(peer: Peer, credentials: Credentials, owner: LinkOwner, traffic: LinkTraffic) {
    this.#owner = owner
    this.#traffic = traffic
    const take = (buffer: Buffer, length: number): void => this.#take(buffer, length)
    this.#socket = openSocket(peer, credentials, readBuffer, take, () => owner.opened())
    this.#socket.on('error', (error) => (this.#failure = error.message))
    this.#socket.on('close', () => owner.closed(this, this.#failure))
  }

  /** From 1 on, and round again [MQTT 3.1.1 §2.3.1]. */
  nextPacketId(): number {
    this.#packetId = (this.#packetId % 65_535) + 1
    return this.#packetId
  }

  write(packet: Buffer): void {
    this.#traffic.sent += packet.length
    if (this.#gathering) gathered.push(packet)
    else this.#socket.write(packet)
  }

  /** Sends what was written, then closes. */
  end(packet: Buffer): void {
    this.write(packet)
    this.#ended = true
    this.#flush()
    this.#socket.end()
  }

  /** Closes at once. */
  destroy(failure = ''): void {
    this.#ended = true
    this.#failure = failure
    this.#socket.destroy()
  }

  #take(buffer: Buffer, length: number): void {
    this.#traffic.received += length
    // The owner has left: what still comes is not for it.
    if (this.#ended) return
    const bytes = this.#beginning ? Buffer.concat([this.#beginning, buffer.subarray(0, length)]) : buffer
    const available = this.#beginning ? bytes.length : length
    this.#beginning = null
    this.#gathering = true
    try {
      const used = readPackets(bytes, available, this)
      if (used < available) this.#beginning = Buffer.from(bytes.subarray(used, available))
      this.#owner.taken()
    } catch (error) {
      if (!(error instanceof FleetError)) throw error
      this.destroy(error.message)
    } finally {
      this.#flush()
    }
  }

  packet(header: number, bytes: Buffer, start: number, end: number): boolean {
    return this.#owner.packet(header, bytes, start, end) && !this.#ended
  }

  #flush(): void {
    // Another link may be the one that is gathering.
    if (!this.#gathering) return
    this.#gathering = false
    if (gathered.length === 0) return
    const bytes = gathered.length === 1 ? gathered[0]! : Buffer.concat(gathered)
    gathered.length = 0
    if (this.#socket.writable) this.#socket.write(bytes)
  }
}
