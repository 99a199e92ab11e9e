import semver from 'semver'
import { steadiness } from './channels.ts'
import type { VersionSummary } from './definition.ts'

/** Newest first, by semver precedence. */
export function byNewest(one: { readonly version: string }, other: { readonly version: string }): number {
  return semver.rcompare(one.version, other.version)
}

/**
 * The newest released version that satisfies `range` (`*` when absent). A pre-release is chosen only where the range
 * names one of its own number, or where no range is given and nothing else is released.
 */
export function newestReleased<V extends Pick<VersionSummary, 'version' | 'state'>>(
  versions: readonly V[],
  range?: string,
): V | null {
  const released = versions.filter((candidate) => candidate.state === 'released').toSorted(byNewest)
  const satisfying = released.find((candidate) => semver.satisfies(candidate.version, range ?? '*'))
  return satisfying ?? (range === undefined ? released[0] : undefined) ?? null
}

/** The newest version older than this one that is still released, on a channel that is at least as steady. */
export function newestBefore<V extends Pick<VersionSummary, 'version' | 'state' | 'channel'>>(
  versions: readonly V[],
  { version, channel }: Pick<VersionSummary, 'version' | 'channel'>,
): V | null {
  const older = versions.filter((each) => {
    if (each.state !== 'released' || each.channel === null || !semver.lt(each.version, version)) return false
    return channel === null || steadiness(each.channel) >= steadiness(channel)
  })
  return older.toSorted(byNewest)[0] ?? null
}
