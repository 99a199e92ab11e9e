import { reportedBy, sameUnit, unitLabel, type Digest, type Manifest, type Reported } from '@sutler/device-model'
import type { DeliveryKind } from './states.ts'

/** Files that a proof names at most. */
const namedFiles = 10

/** What a device claimed to have in place, judged against what was ordered. */
export interface Proof {
  readonly holds: boolean
  /** Why not, in words; '' when it holds. */
  readonly detail: string
  readonly files: number
  /** Paths that are missing or differ, at most ten. */
  readonly wrong: readonly string[]
  /** Where a device without our agent says what it runs, in its protocol's terms; absent where digests prove it. */
  readonly by?: string
}

/** The part of a device's outcome that proves something. */
export interface Claim {
  readonly result: 'installed' | 'removed' | 'failed' | 'rolled-back'
  readonly digests: readonly (Digest | null)[]
  /** In place of digests, from a device that knows none. */
  readonly reported?: Reported
  readonly health: { readonly ok: boolean; readonly detail: string }
  readonly error: string
}

/**
 * A delivery is confirmed only by this: the device says that it installed, its health check passed, and the digest of
 * every file in place is the ordered one — or, of a device that knows no digests, that what it says it runs is what the
 * component is reported as. `manifest` is null for a removal, which holds when the device says so.
 */
export function judge(claim: Claim, manifest: Manifest | null, kind: DeliveryKind = 'install'): Proof {
  if (kind === 'suspend') return judgeSuspension(claim, manifest)
  if (manifest === null) return judgeRemoval(claim)
  const files = manifest.files.length
  if (claim.result !== 'installed') return refused(files, unsuccessful(claim))
  if (claim.reported !== undefined) return judgeReport(claim, claim.reported, manifest)
  if (claim.digests.length !== files)
    return refused(files, `the device reported ${claim.digests.length} files, the manifest has ${files}`)
  const wrong = manifest.files.filter((file, index) => file.digest !== claim.digests[index]).map((file) => file.path)
  if (wrong.length > 0) return unlike(files, wrong)
  if (!claim.health.ok) return refused(files, `health check: ${claim.health.detail || 'failed'}`)
  return { holds: true, files, wrong: [], detail: '' }
}

function judgeReport({ health }: Claim, reported: Reported, manifest: Manifest): Proof {
  const files = manifest.files.length
  const expected = reportedBy(manifest)
  if (!sameUnit(reported, expected))
    return refused(files, `the device says it runs ${unitLabel(reported)} (${reported.by}), not ${unitLabel(expected)}`)
  if (!health.ok) return refused(files, `health check: ${health.detail || 'failed'}`)
  return { holds: true, files, wrong: [], detail: '', by: reported.by }
}

function judgeRemoval(claim: Claim): Proof {
  if (claim.result === 'removed') return { holds: true, files: 0, wrong: [], detail: '' }
  return refused(0, unsuccessful(claim))
}

/** Holds when the service is out of use; what the device kept of its files is noted, for they are not fetched again. */
function judgeSuspension(claim: Claim, manifest: Manifest | null): Proof {
  const removed = judgeRemoval(claim)
  if (!removed.holds || manifest === null) return removed
  const lost = manifest.files.filter((file, index) => file.digest !== claim.digests[index]).map((file) => file.path)
  const files = manifest.files.length - lost.length
  const detail =
    lost.length === 0 ? '' : `${lost.length} files were not kept: they are fetched again when it is resumed`
  return { holds: true, files, wrong: lost.slice(0, namedFiles), detail }
}

/** What the device says became of it: its error code, then the words of the health check. */
function unsuccessful({ result, error, health }: Claim): string {
  const reasons = [error, health.ok ? '' : health.detail].filter((reason) => reason !== '')
  return `${result}: ${reasons.join(': ') || 'no reason given'}`
}

function unlike(files: number, wrong: readonly string[]): Proof {
  const named = wrong.slice(0, namedFiles)
  const others = wrong.length > named.length ? ' and others' : ''
  const detail = `${wrong.length} of ${files} files are not as ordered: ${named.join(', ')}${others}`
  return { holds: false, files, wrong: named, detail }
}

function refused(files: number, detail: string): Proof {
  return { holds: false, files, wrong: [], detail }
}
