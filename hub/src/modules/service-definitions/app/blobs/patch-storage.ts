import type { Digest } from '@sutler/device-model'
import type { WallTime } from '../../../../platform/clock.ts'
import type { PatchPair } from '../../domain/patch-pairs.ts'
import type { VersionId } from './storage.ts'

export interface StoredPatch {
  readonly from: Digest
  readonly to: Digest
  /** Of the patch itself. */
  readonly digest: Digest
  /** Bytes. */
  readonly size: number
}

export interface WantedPatch extends PatchPair {
  /** This one included. */
  readonly attempts: number
}

export type PatchEnd =
  | { readonly state: 'made'; readonly patch: Digest; readonly size: number }
  /** It would not be worth while, or cannot be made. */
  | { readonly state: 'useless' | 'failed'; readonly detail: string }
  /** To be tried again. */
  | { readonly state: 'wanted'; readonly due: WallTime; readonly detail: string }

/** The rows of patches. No tenant's: callers must not act for one. */
export interface PatchStorage {
  /** Versions whose patches nobody has thought of since they were published, or released. */
  unplanned(limit: number): Promise<VersionId[]>
  /** @param at when they were thought of */
  plan(version: VersionId, pairs: readonly PatchPair[], at: WallTime): Promise<void>
  /** Takes the next one that is due in hand; others leave it alone until `until`. */
  take(at: WallTime, until: WallTime): Promise<WantedPatch | null>
  end(pair: PatchPair, end: PatchEnd): Promise<void>
  /** Made ones to these files. */
  to(digests: readonly Digest[]): Promise<StoredPatch[]>
  find(from: Digest, to: Digest): Promise<StoredPatch | null>
  /** @param before a newer mark need not be written again */
  used(patch: StoredPatch, at: WallTime, before: WallTime): Promise<void>
  /** Drops those whose files no kept version needs, and those that nobody has used since `before`. @returns how many */
  drop(before: WallTime, limit: number): Promise<number>
}
