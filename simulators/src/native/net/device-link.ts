import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { FleetError } from '../errors.ts'
import { readPackets } from './mqtt-packets.ts'
import type { PacketSink } from './mqtt-packets.ts'

/** The device at the near end of a link. */
export interface LinkOwner extends PacketSink {
  /** The TCP connection stands. */
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

/**
 * Every socket of the process reads into this one buffer. That is sound because libuv asks for the buffer, reads, and
 * calls back in one go, and a link uses or copies all of it before it returns.
 */
const readBuffer = Buffer.allocUnsafeSlow(65_536)

/** What is written while packets are being taken leaves in one piece. Shared: only one link takes packets at a time. */
const gathered: Buffer[] = []

/** One TCP connection of a device to the broker: whole packets in, whole packets out. */
export class DeviceLink {
  readonly #socket: Socket
  readonly #owner: LinkOwner
  readonly #traffic: LinkTraffic
  #beginning: Buffer | null = null
  #gathering = false
  #ended = false
  #failure = ''

  constructor(host: string, port: number, owner: LinkOwner, traffic: LinkTraffic) {
    this.#owner = owner
    this.#traffic = traffic
    const callback = (length: number): boolean => this.#take(length)
    this.#socket = connect({ host, port, noDelay: true, onread: { buffer: readBuffer, callback } })
    this.#socket.on('connect', () => owner.opened())
    this.#socket.on('error', (error) => (this.#failure = error.message))
    this.#socket.on('close', () => owner.closed(this, this.#failure))
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

  #take(length: number): boolean {
    this.#traffic.received += length
    // The owner has left: what still comes is not for it.
    if (this.#ended) return true
    const bytes = this.#beginning ? Buffer.concat([this.#beginning, readBuffer.subarray(0, length)]) : readBuffer
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
    return true
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
