import type { Digest } from '@sutler/device-model'
import type { WallTime } from '../../../../platform/clock.ts'
import type { Tx } from '../../../../platform/database.ts'

/** One version of one tenant's service. */
export interface VersionId {
  readonly tenant: string
  readonly service: string
  readonly version: string
}

export interface BlobRow {
  readonly digest: Digest
  /** Bytes; null while it is only claimed. */
  readonly size: number | null
  readonly claimedAt: WallTime
  readonly lostAt: WallTime | null
  /** Whether something that is kept needs it. */
  readonly needed: boolean
}

/** How many, and their sizes summed in bytes. */
export interface Amount {
  readonly blobs: number
  readonly bytes: number
}

export interface BlobUsage {
  readonly stored: Amount
  readonly needed: Amount
  /** Of these, patches between files. */
  readonly patches: Amount
  readonly waiting: Amount
  readonly lost: Amount
  /** What the files of all kept versions would take if each version had its own. */
  readonly unshared: Amount
}

/**
 * What is known of stored files: who relies on each, and since when. No tenant's: callers must not act for one. A row is also the lock
 * on its file: the collector removes a file only while it holds the row, and whoever is about to rely on one waits for that.
 */
export interface BlobStorage {
  /** From now on relied on. Waits for a collector that has one of them in hand. @param before claims that are newer need not be renewed */
  claim(digests: readonly Digest[], at: WallTime, before: WallTime): Promise<void>
  /** It is there, whole. */
  stored(digest: Digest, size: number): Promise<void>
  /** Writes a file list down: from now on it, and each of its files, is relied on. */
  keepList(manifest: Digest, files: ReadonlyMap<Digest, number>, at: WallTime): Promise<void>
  /** Whether all of these lists are kept; those that a component of `tx` names stay so until it ends. */
  areKept(tx: Tx, manifests: readonly Digest[]): Promise<boolean>

  /** Lists of before there was this table, whose files are not written down yet. */
  unlisted(limit: number): Promise<Digest[]>
  /** Versions that were retired before then and still have their files. */
  retired(before: WallTime, limit: number): Promise<VersionId[]>
  /** @returns those that had their files until now */
  free(tx: Tx, versions: readonly VersionId[], at: WallTime): Promise<VersionId[]>
  /** Lets go of file lists that no kept version has. @returns how many */
  dropLists(before: WallTime, at: WallTime, limit: number): Promise<number>
  /** Files that nothing has needed since before then. */
  unneeded(before: WallTime, limit: number): Promise<Digest[]>
  /**
   * Forgets, within `tx`, those of `digests` that are still not needed, and that nobody else has in hand. Their files go before it ends.
   * None while a backup copies files.
   */
  forget(tx: Tx, digests: readonly Digest[], before: WallTime): Promise<{ digest: Digest; size: number | null }[]>

  /** All whose digest begins with these two digits. */
  beginningWith(prefix: string): Promise<BlobRow[]>
  /** Files that were found without a row. */
  adopt(found: ReadonlyMap<Digest, number>, at: WallTime): Promise<void>
  /** @param at null: it is there again. @returns those of whom that was not known */
  setLost(tx: Tx, digests: readonly Digest[], at: WallTime | null): Promise<Digest[]>
  /** Versions that need a file, at most `limit`. */
  neededBy(digest: Digest, limit: number): Promise<VersionId[]>
  usage(): Promise<BlobUsage>
}
