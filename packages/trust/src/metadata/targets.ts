import { readCommon } from './envelope.ts'
import { optional, readEntries } from './fields.ts'
import { readTargetFile } from './files.ts'
import { readDelegations } from './delegations.ts'
import type { Delegations } from './delegations.ts'
import type { Common, Envelope } from './envelope.ts'
import type { TargetFile } from './files.ts'

/** Targets metadata, of the top-level role or of a delegated one (section 4.5). */
export interface Targets extends Common {
  /** By target path. */
  readonly targets: ReadonlyMap<string, TargetFile>
  readonly delegations?: Delegations
}

/** Throws TrustError. */
export function readTargets(envelope: Envelope): Targets {
  const { what, signed } = envelope
  const delegations = optional(signed.get('delegations'), `${what}: delegations`, readDelegations)
  return {
    ...readCommon(envelope, 'targets'),
    targets: readEntries(signed.get('targets'), `${what}: targets`, readTargetFile),
    ...(delegations && { delegations }),
  }
}
