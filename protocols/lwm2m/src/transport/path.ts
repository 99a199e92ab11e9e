import type { CoapMessage } from '../wire/coap-message.ts'

/** A way to one peer that is open now: an address of the datagram socket, a connection, a secured association. */
export interface Path {
  /** Unique among the ways that are open, for example `udp 10.0.0.7:5683`. */
  readonly key: string
  readonly kind: PathKind
  /** What the peer has proved by its key to be; null on a way without security. */
  readonly identity: string | null
  /** Where a way without a connection leads, so that it can be found again; null for a connection. */
  readonly address: Address | null
  /** Largest payload that one message may carry. */
  readonly payloadBytes: number
  /** Set while a registration relies on it: such a way is not forgotten when it is idle. */
  held: boolean
  /** Sends a request, or an answer that is late. */
  send(message: CoapMessage, confirmable: boolean): void
  /** The exchange is over: nothing of it is repeated any more. */
  forget(token: Uint8Array): void
  close(): void
}

export type PathKind = 'coap' | 'coaps' | 'coap+tcp' | 'coaps+tcp'

export interface Address {
  readonly host: string
  readonly port: number
}

/** Where what comes in over paths goes. */
export interface PathEvents {
  /** Calls `reply` once, when the answer is known. */
  request(path: Path, message: CoapMessage, reply: (answer: CoapMessage) => void): void
  /** @returns whether it was expected */
  answer(path: Path, message: CoapMessage): boolean
  undelivered(path: Path, token: Uint8Array, why: 'reset' | 'no-answer'): void
  closed(path: Path): void
  /** The key that a peer of this name must show, for ways that are secured by one; null when there is none. */
  preSharedKey(identity: string): Promise<Uint8Array | null>
  /** Bytes that are no message, or a peer that broke the rules. */
  refused(peer: string, error: unknown): void
}

/** A listener. */
export interface CoapTransport {
  readonly kind: PathKind
  /** @returns the port that it listens on */
  start(events: PathEvents): Promise<number>
  stop(): Promise<void>
  /** A way to an address that was heard of before; null where ways are connections, which only the device can open. */
  pathTo(address: Address): Path | null
}
