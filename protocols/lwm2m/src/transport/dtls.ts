import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { DatagramPeers } from './datagram-peers.ts'
import { Association } from './dtls/association.ts'
import { handshakeType, helloVerifyRequest, readClientHello, readFragments, writeMessage } from './dtls/messages.ts'
import { contentType, readRecords, writeRecord } from './dtls/records.ts'
import type { Address, CoapTransport, PathEvents } from './path.ts'
import type { Record } from './dtls/records.ts'
import { addressItself, type UdpOptions } from './udp.ts'

const socketBuffer = 4 * 1024 * 1024
/** Handshakes under way at a time, and how long each may take. */
const mostPending = 10_000
const handshakeWithin = 30_000
/** Associations at a time; beyond, the one that was silent longest goes. */
const mostOpen = 100_000

interface Pending {
  readonly association: Association
  /** The client's random: tells a repeated hello from another handshake. */
  readonly random: string
  readonly cancel: () => void
}

/** CoAP over DTLS 1.2 with pre-shared keys (RFC 7252, 9.1.3.1). A peer's identity is the name of the key that it has shown. */
export function dtlsTransport(options: UdpOptions): CoapTransport {
  const server = new DtlsServer(options)
  return { kind: 'coaps', start: (events) => server.start(events), stop: () => server.stop(), pathTo: () => null }
}

class DtlsServer {
  readonly #options: UdpOptions
  readonly #socket: ReturnType<typeof createSocket>
  readonly #cookieSecret = randomBytes(32)
  readonly #pending = new Map<string, Pending>()
  /** In the order of what was heard last. */
  readonly #open = new Map<string, { association: Association; identity: string }>()
  #events: PathEvents | null = null
  #peers: DatagramPeers | null = null

  constructor(options: UdpOptions) {
    this.#options = options
    this.#socket = createSocket({ type: options.host.includes(':') ? 'udp6' : 'udp4', lookup: addressItself })
  }

  async start(events: PathEvents): Promise<number> {
    const { clock, random, host, port } = this.#options
    this.#events = events
    const send = (bytes: Uint8Array, to: Address) => this.#open.get(keyOf(to))?.association.write(bytes)
    this.#peers = new DatagramPeers({ kind: 'coaps', clock, random, events, send })
    this.#socket.on('message', (bytes, from) => this.#received(bytes, { host: from.address, port: from.port }))
    const listening = once(this.#socket, 'listening')
    this.#socket.bind(port, host)
    await listening
    this.#socket.setRecvBufferSize(socketBuffer)
    this.#socket.on('error', (error) => events.refused('the DTLS socket', error))
    return this.#socket.address().port
  }

  async stop(): Promise<void> {
    for (const { cancel } of this.#pending.values()) cancel()
    for (const { association } of this.#open.values()) association.close()
    this.#peers?.stop()
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()))
  }

  #received(bytes: Uint8Array, from: Address): void {
    try {
      for (const record of readRecords(bytes)) this.#record(record, from)
    } catch (error) {
      this.#events?.refused(keyOf(from), error)
    }
  }

  #record(record: Record, from: Address): void {
    const key = keyOf(from)
    if (record.epoch === 0 && record.type === contentType.handshake && record.fragment[0] === handshakeType.clientHello)
      return this.#hello(record, from)
    this.#pending.get(key)?.association.received(record)
    const open = this.#open.get(key)
    open?.association.received(record)
  }

  /** RFC 6347, 4.2.1: nothing is kept of a client that has not shown that it gets what is sent to its address. */
  #hello(record: Record, from: Address): void {
    const [fragment] = readFragments(record.fragment)
    if (!fragment || fragment.offset !== 0 || fragment.body.length !== fragment.length)
      throw new Error('a ClientHello in fragments (RFC 6347, 4.2.1 lets a server refuse it)')
    const hello = readClientHello(fragment.body)
    const cookie = this.#cookie(from, hello.random)
    if (hello.cookie.length !== cookie.length || !timingSafeEqual(hello.cookie, cookie)) {
      const body = writeMessage(handshakeType.helloVerifyRequest, 0, helloVerifyRequest(cookie))
      return this.#send(
        writeRecord({ type: contentType.handshake, epoch: 0, sequence: record.sequence, fragment: body }),
        from,
      )
    }
    const random = Buffer.from(hello.random).toString('hex')
    const known = this.#pending.get(keyOf(from))
    if (known?.random === random) return known.association.repeat()
    known?.cancel()
    if (this.#pending.size >= mostPending) return
    this.#begin(from, random, record.sequence, fragment.body, hello)
  }

  #begin(
    from: Address,
    random: string,
    sequence: number,
    body: Uint8Array,
    hello: ReturnType<typeof readClientHello>,
  ): void {
    const key = keyOf(from)
    const events = this.#events!
    const association: Association = new Association({
      hello,
      helloMessage: writeMessage(handshakeType.clientHello, 1, body),
      sequence,
      serverRandom: randomBytes(32),
      key: (identity) => events.preSharedKey(identity),
      send: (datagram) => this.#send(datagram, from),
      opened: (identity) => this.#opened(from, association, identity),
      data: (plain) => this.#data(from, association, plain),
      ended: (why) => this.#ended(from, association, why),
    })
    const stopWaiting = this.#options.clock.after(handshakeWithin, () => this.#pending.delete(key))
    const cancel = () => {
      stopWaiting()
      this.#pending.delete(key)
    }
    this.#pending.set(key, { association, random, cancel })
  }

  /** RFC 6347, 4.2.8: only now does it take the place of an association that the address had before. */
  #opened(from: Address, association: Association, identity: string): void {
    const key = keyOf(from)
    this.#pending.get(key)?.cancel()
    if (this.#open.has(key)) this.#forget(from)
    const oldest = this.#open.keys().next().value
    if (this.#open.size >= mostOpen && oldest !== undefined) this.#forget(addressOf(oldest))
    this.#open.set(key, { association, identity })
  }

  #data(from: Address, association: Association, plain: Uint8Array): void {
    const key = keyOf(from)
    const open = this.#open.get(key)
    if (open?.association !== association) return
    this.#open.delete(key)
    this.#open.set(key, open)
    this.#peers?.received(plain, from, open.identity)
  }

  #ended(from: Address, association: Association, why: string | null): void {
    const key = keyOf(from)
    if (why !== null) this.#events?.refused(key, new Error(why))
    if (this.#pending.get(key)?.association === association) this.#pending.get(key)?.cancel()
    if (this.#open.get(key)?.association === association) this.#forget(from)
  }

  #forget(from: Address): void {
    this.#open.delete(keyOf(from))
    this.#peers?.forgetPeer(from)
  }

  #cookie({ host, port }: Address, clientRandom: Uint8Array): Buffer {
    return createHmac('sha256', this.#cookieSecret)
      .update(`${host} ${port} `)
      .update(clientRandom)
      .digest()
      .subarray(0, 16)
  }

  #send(datagram: Uint8Array, to: Address): void {
    this.#socket.send(datagram, to.port, to.host)
  }
}

function keyOf({ host, port }: Address): string {
  return `${host}:${port}`
}

function addressOf(key: string): Address {
  const at = key.lastIndexOf(':')
  return { host: key.slice(0, at), port: Number(key.slice(at + 1)) }
}
