import type { DeviceClass, IdentityProof } from '@sutler/device-model'
import type { RecordDraft } from '../wire/index.ts'

/** One way that records travel (a Message Transfer Protocol). The only code that touches sockets. */
export interface UspTransport {
  readonly name: string
  start(door: Door): Promise<void>
  /** Ends every link. */
  stop(): Promise<void>
  /** Speaks to an agent that may be at a broker without the hub having heard of it: whether it is there, its answers say. */
  knock?(endpoint: string): Promise<void>
}

/** What a transport calls. */
export interface Door {
  /** Who is it? Null = not let in: unknown, refused, or waiting for a person. */
  admit(endpoint: string, proof: IdentityProof, address: string): Promise<Admitted | null>
  /** The agent can be spoken to. A link of the same endpoint that is still open is closed (R-WS.4). */
  connected(link: Link, admitted: Admitted): LinkEvents
}

export interface Admitted {
  readonly device: string
  readonly class: DeviceClass
}

/** What comes over a link. */
export interface LinkEvents {
  record(bytes: Uint8Array): void
  closed(): void
}

/** A connection to one agent whose identity the transport has had proved. */
export interface Link {
  readonly transport: string
  /** The agent's endpoint id: `from_id` of what it sends. */
  readonly endpoint: string
  /** The first record of a connection (R-MTP.6). */
  readonly connectRecord: NonNullable<RecordDraft['recordType']>
  /** Bytes that one record may have; what is longer is sent in segments. */
  readonly recordLimit: number
  /** In the order of the calls; resolves when handed over, rejects when the agent is not there. */
  send(record: Uint8Array): Promise<void>
  /** @param unreadable the agent sent what is no record (WebSocket: close 1003, R-WS.16) */
  close(unreadable: boolean): void
}
