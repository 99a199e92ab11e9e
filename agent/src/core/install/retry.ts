import type { AgentErrorCode } from '../errors.ts'
import type { Job } from '../state.ts'

/** What to do with a job whose act failed. */
export type Verdict = 'retry' | 'renew' | 'give-up'

/** How many failures of a kind in a row a job survives; kinds not listed are tried for as long as the hub wants it. */
const most: Partial<Record<AgentErrorCode, number>> = {
  'invalid-manifest': 0,
  'no-space': 0,
  // A cache in between may have answered for once with something else.
  'digest-mismatch': 1,
  'too-large': 1,
  truncated: 4,
  'not-available': 4,
  disk: 4,
  // The hub may be publishing, or may have been away for so long that it has to sign anew first.
  'trust-absent': 3,
  'trust-below-floor': 3,
  'trust-expired': 3,
}

/** What else is wrong with signed metadata does not become right. */
function mostOf(code: AgentErrorCode): number {
  return most[code] ?? (code.startsWith('trust-') ? 0 : Number.POSITIVE_INFINITY)
}

/**
 * @param failures of this code in a row, from 1
 */
export function afterFailure(job: Job, code: AgentErrorCode, failures: number): Verdict {
  if (code === 'link-expired') return 'renew'
  // Once the way back has begun there is nothing else to go to; a removal has no way back.
  if (job.kind === 'remove' || job.phase === 'reverting' || job.phase === 'reverted') return 'retry'
  return failures > mostOf(code) ? 'give-up' : 'retry'
}
