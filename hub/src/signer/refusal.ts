import { CallerError, errorCode } from '../platform/errors.ts'

export const signerUnavailable = errorCode(
  'signer-unavailable',
  503,
  'The signer of online metadata does not answer',
  'Try again in a moment. If it stays: look at the hub’s log for the signer’s end, or start the one that SUTLER_SIGNER_SOCKET names.',
)

export const signerRefused = errorCode(
  'signer-refused',
  503,
  'The signer of online metadata refused to sign',
  'Read the reason: a key that is not the signer’s own is exchanged with `sutler trust rotate`; a version that grows too fast needs a moment.',
)

/** Why the signer does not sign. Stable. */
export type RefusalReason =
  | 'bad-request'
  | 'unknown-key'
  | 'version-refused'
  | 'expiry-refused'
  | 'rate-limited'
  | 'not-written'

/** The signer's answer to what it does not sign. */
export class SignerRefusal extends CallerError {
  readonly reason: RefusalReason
  /** With `version-refused`: the last version that was signed. */
  readonly last: number | null
  constructor(reason: RefusalReason, detail: string, last: number | null = null) {
    super(signerRefused, `${reason}: ${detail}`)
    this.reason = reason
    this.last = last
  }
}
