import type { Config } from '../config.ts'
import type { Blobs } from '../platform/blobs.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database.ts'
import type { Doorbells } from '../platform/doorbells.ts'
import type { Log } from '../platform/log.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Sealing } from '../platform/sealing.ts'
import type { HandshakeLimits } from '../platform/tls/handshakes.ts'
import type { OnlineSigner } from '../signer/requests.ts'

/** What a hub is made of: opened by main, or by a test. */
export interface Parts {
  readonly config: Config
  readonly database: Database
  /** Registration's, with the only login that its tables are open to. */
  readonly registrationDatabase: Database
  readonly sealing: Sealing
  readonly doorbells: Doorbells
  readonly blobs: Blobs
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Holds the online keys; a process of its own. */
  readonly signer: OnlineSigner
  readonly version: string
  /** Nobody else works on this database: what a hub before it left open can be tidied at the start. */
  readonly alone: boolean
}

/** How many may be at a TLS handshake with one listener, and for how long. */
export function handshakesOf(config: Config): HandshakeLimits {
  const { tlsHandshakes: most, tlsHandshakesPerAddress: mostPerAddress, tlsHandshakeDeadline: deadline } = config
  return { most, mostPerAddress, deadline }
}
