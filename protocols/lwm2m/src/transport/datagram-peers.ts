import { decodeUdp } from '../wire/coap-udp.ts'
import { UdpPeer } from '../session/udp-peer.ts'
import type { Clock } from '../clock.ts'
import type { PeerEffect } from '../session/udp-peer.ts'
import type { CoapMessage } from '../wire/coap-message.ts'
import type { Address, Path, PathEvents, PathKind } from './path.ts'

/** A request that is not answered within this is acknowledged first (RFC 7252, 5.2.2): below the peer's 2 s. */
const ackDelay = 1000
/** How often due repeats are looked for, and how often peers that are idle are let go. */
const tickEvery = 250
const sweepEvery = 60_000
/** Peers whose message layer is kept. Beyond, the one that was silent longest goes: its repeats are taken twice at worst. */
const mostPeers = 200_000

interface Peer {
  readonly address: Address
  readonly path: Path
  readonly layer: UdpPeer
}

export interface DatagramPeersDeps {
  readonly kind: PathKind
  readonly clock: Clock
  readonly random: () => number
  readonly events: PathEvents
  readonly send: (bytes: Uint8Array, to: Address) => void
}

/** The message layers of all peers of one datagram socket, on the socket's time. */
export class DatagramPeers {
  readonly #peers = new Map<string, Peer>()
  readonly #waiting = new Set<Peer>()
  readonly #deps: DatagramPeersDeps
  #cancelTick: (() => void) | null = null
  #cancelSweep: () => void

  constructor(deps: DatagramPeersDeps) {
    this.#deps = deps
    this.#cancelSweep = deps.clock.after(sweepEvery, () => this.#sweep())
  }

  stop(): void {
    this.#cancelTick?.()
    this.#cancelSweep()
    this.#peers.clear()
    this.#waiting.clear()
  }

  pathTo(address: Address, identity: string | null = null): Path {
    return this.#peer(address, identity).path
  }

  received(bytes: Uint8Array, from: Address, identity: string | null = null): void {
    let message
    try {
      message = decodeUdp(bytes)
    } catch (error) {
      // RFC 7252, 4.2 lets a receiver reject silently what it cannot read; a reset would answer forged addresses.
      this.#deps.events.refused(`${from.host}:${from.port}`, error)
      return
    }
    const peer = this.#peer(from, identity)
    this.#act(peer, peer.layer.received(message, this.#deps.clock.now()))
  }

  forgetPeer(address: Address): void {
    const key = keyOf(address)
    const peer = this.#peers.get(key)
    if (!peer) return
    this.#peers.delete(key)
    this.#waiting.delete(peer)
    this.#deps.events.closed(peer.path)
  }

  #peer(address: Address, identity: string | null): Peer {
    const key = keyOf(address)
    const known = this.#peers.get(key)
    if (known) return known
    if (this.#peers.size >= mostPeers) this.#makeRoom()
    const layer = new UdpPeer(this.#deps.random)
    const peer: Peer = { address, layer, path: this.#path(address, identity, layer, () => peer) }
    this.#peers.set(key, peer)
    return peer
  }

  #makeRoom(): void {
    for (const [key, { path }] of this.#peers) {
      if (path.held) continue
      this.#peers.delete(key)
      return
    }
  }

  #path(address: Address, identity: string | null, layer: UdpPeer, peer: () => Peer): Path {
    return {
      key: `${this.#deps.kind} ${keyOf(address)}`,
      kind: this.#deps.kind,
      identity,
      address: identity === null ? address : null,
      // RFC 7252, 4.6: what fits into a packet on any way.
      payloadBytes: 1024,
      held: false,
      send: (message, confirmable) => {
        this.#act(peer(), layer.send(message, confirmable, this.#deps.clock.now()))
      },
      forget: (token) => layer.forget(token),
      close: () => this.forgetPeer(address),
    }
  }

  #act(peer: Peer, effects: readonly PeerEffect[]): void {
    const { events, send } = this.#deps
    for (const effect of effects) {
      if (effect.kind === 'send') send(effect.bytes, peer.address)
      else if (effect.kind === 'undelivered') events.undelivered(peer.path, effect.token, effect.why)
      else if (effect.kind === 'request') this.#request(peer, effect.id, effect.message)
      else {
        const expected = events.answer(peer.path, effect.message)
        if (effect.id === null) continue
        this.#act(peer, expected ? peer.layer.acknowledge(effect.id) : peer.layer.reset(effect.id))
      }
    }
    if (!peer.layer.waiting) return
    this.#waiting.add(peer)
    this.#cancelTick ??= this.#deps.clock.after(tickEvery, () => this.#tick())
  }

  #request(peer: Peer, id: number, message: CoapMessage): void {
    const { clock, events } = this.#deps
    const cancel = clock.after(ackDelay, () => this.#act(peer, peer.layer.acknowledge(id)))
    let answered = false
    events.request(peer.path, message, (answer) => {
      if (answered) return
      answered = true
      cancel()
      this.#act(peer, peer.layer.reply(id, answer, clock.now()))
    })
  }

  #tick(): void {
    this.#cancelTick = null
    const now = this.#deps.clock.now()
    for (const peer of this.#waiting) {
      this.#act(peer, peer.layer.tick(now))
      if (!peer.layer.waiting) this.#waiting.delete(peer)
    }
    if (this.#waiting.size > 0) this.#cancelTick ??= this.#deps.clock.after(tickEvery, () => this.#tick())
  }

  #sweep(): void {
    const now = this.#deps.clock.now()
    for (const [key, peer] of this.#peers) if (!peer.path.held && peer.layer.idle(now)) this.#peers.delete(key)
    this.#cancelSweep = this.#deps.clock.after(sweepEvery, () => this.#sweep())
  }
}

function keyOf({ host, port }: Address): string {
  return `${host}:${port}`
}
