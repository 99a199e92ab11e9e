import type { TrustErrorCode } from '@sutler/trust/client'

/**
 * Stable codes of what goes wrong on a device; those of installations travel to the hub in `outcome.error`.
 */
export type AgentErrorCode =
  | 'claim-refused'
  | 'not-enrolled'
  | 'not-approved'
  | 'directory-in-use'
  | 'bad-argument'
  | 'network'
  | 'untrusted'
  | 'stopped'
  | 'link-expired'
  | 'not-available'
  | 'too-slow'
  | 'truncated'
  | 'too-large'
  | 'digest-mismatch'
  /** Never told: the whole file is fetched then. */
  | 'bad-patch'
  | 'invalid-manifest'
  | 'no-space'
  | 'disk'
  | 'cancelled'
  | 'health-check-failed'
  /** Signed metadata were refused: packages/trust/SPEC.md says what each means. */
  | `trust-${TrustErrorCode}`

/** Something the agent could not do; the message names the thing and, for people, the remedy. */
export class AgentError extends Error {
  readonly code: AgentErrorCode
  constructor(code: AgentErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'AgentError'
    this.code = code
  }
}

/** The message of anything thrown, bounded so that it fits a protocol text. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 1000)
}
