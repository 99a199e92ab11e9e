import type { Tx } from '../../../../platform/database.ts'
import type { OnlineKey } from '../../../../signer/requests.ts'

/** One file of metadata, as it is served. */
export interface TrustFile {
  /** `root`, `targets`, `snapshot`, `timestamp`, or a developer's name. */
  readonly role: string
  readonly version: number
  readonly bytes: Uint8Array
  /** Of the bytes: their strong entity tag. */
  readonly sha256: string
  /** Seconds since the Unix epoch. */
  readonly expires: number
}

export interface StoredAssignment {
  readonly device: string
  readonly version: number
  /** Version of the root whose director signed it. */
  readonly root: number
  /** Version of the snapshot that it asks for at least. */
  readonly snapshot: number
  /** SHA-256 of what it assigns. */
  readonly content: string
  readonly expires: number
  readonly bytes: Uint8Array
}

export interface TrustStorage {
  /** One change of the repository at a time, at all hubs. @returns false where another one is under way and `wait` is false */
  lock(tx: Tx, wait: boolean): Promise<boolean>
  newest(tx: Tx | null, role: string): Promise<TrustFile | null>
  /** Of each role the newest without its bytes, by role. */
  summaries(tx: Tx | null): Promise<Omit<TrustFile, 'bytes'>[]>
  file(role: string, version: number): Promise<TrustFile | null>
  add(tx: Tx, file: TrustFile, at: Date): Promise<void>
  /** Forgets all but the newest `keep` versions of the role. */
  prune(tx: Tx, role: string, keep: number): Promise<void>
  /** Marks a version as warned of. @returns false when it was */
  warn(tx: Tx, role: string, version: number, at: Date): Promise<boolean>
  onlineKeys(tx: Tx | null): Promise<OnlineKey[]>
  addOnlineKeys(keys: readonly OnlineKey[], at: Date): Promise<void>
  assignment(tx: Tx | null, device: string): Promise<StoredAssignment | null>
  /** One change of a device's assignment at a time, at all hubs. */
  lockAssignment(tx: Tx, device: string): Promise<void>
  putAssignment(tx: Tx, assignment: StoredAssignment): Promise<void>
}
