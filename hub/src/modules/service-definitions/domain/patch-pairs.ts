import { limits, predecessorOf } from '@sutler/wire'
import type { Digest, Manifest, ManifestFile } from '@sutler/device-model'
import semver from 'semver'
import type { VersionSummary } from './definition.ts'

/** From one file's content to another's. */
export interface PatchPair {
  readonly from: Digest
  readonly fromSize: number
  readonly to: Digest
  readonly toSize: number
}

/** Versions before it that devices are likely to come from. */
const versionsBack = 3

/** The versions that devices come from when they get `version`: released before it, the nearest first. */
export function earlierVersions(version: string, others: readonly VersionSummary[]): string[] {
  return others
    .filter(({ state }) => state === 'released' || state === 'deprecated')
    .map((other) => other.version)
    .filter((other) => semver.lt(other, version))
    .toSorted(semver.rcompare)
    .slice(0, versionsBack)
}

/**
 * Which patches devices with an older file list could use for a newer one: for each large file whose content they lack, from the file that it was most
 * likely made from. @param largest files of more bytes, old or new, are left out
 */
export function patchPairs(newer: Manifest, older: Manifest, largest: number): PatchPair[] {
  const known = new Set(older.files.map(({ digest }) => digest))
  const fits = ({ size }: ManifestFile): boolean => size >= limits.patchFromBytes && size <= largest
  const pairs = new Map<Digest, PatchPair>()
  for (const file of newer.files) {
    if (known.has(file.digest) || !fits(file) || pairs.has(file.digest)) continue
    const from = predecessorOf(file, older.files)
    if (from === null || !fits(from)) continue
    pairs.set(file.digest, { from: from.digest, fromSize: from.size, to: file.digest, toSize: file.size })
  }
  return [...pairs.values()]
}
