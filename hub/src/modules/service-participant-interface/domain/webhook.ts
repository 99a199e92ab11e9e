import type { Role } from '../../../platform/access.ts'
import type { Position } from './position.ts'
import type { TmfApi } from './tmf/links.ts'

/** Why a webhook is switched off: its owner asked for it, it failed for a day, its receiver said 410, its owner’s account ended. */
export type WhyDisabled = 'asked' | 'failing' | 'gone' | 'account'

/** Events that are being sent once more. */
export interface Replay {
  /** Up to here it has come. */
  readonly position: Position
  readonly until: Position
  /** Only events that happened at this moment or later, and at that one or before, RFC 3339; null = no matter when. */
  readonly since: string | null
  readonly to: string | null
  /** How many it has sent. */
  readonly sent: number
}

/** An address that is told of events. */
export interface Webhook {
  readonly id: string
  readonly tenant: string
  /** Account that it was made for: it hears what this may hear, and no more. */
  readonly owner: string
  /** Roles of the owner's that it was made with. */
  readonly roles: readonly Role[]
  readonly name: string
  readonly url: string
  readonly types: readonly string[]
  readonly household: string | null
  readonly subject: string | null
  /** CEL over `event`; empty = every event. */
  readonly filter: string
  /** Whose notifications it is told; null: CloudEvents. */
  readonly api: TmfApi | null
  /** Of a TM Forum listener. */
  readonly query: string
  /** Sealed; secrets.ts opens it. */
  readonly secret: string
  /** The one before it, which counts until `previousUntil`. */
  readonly previousSecret: string | null
  readonly previousUntil: Date | null
  readonly state: 'active' | 'disabled'
  readonly why: WhyDisabled | null
  readonly position: Position
  readonly replay: Replay | null
  readonly failures: number
  readonly retryAt: Date | null
  readonly lastError: string | null
  readonly lastSuccessAt: Date | null
  /** How long its receiver took to answer last, milliseconds. */
  readonly lastDuration: number
  readonly createdAt: Date
  /** Grows with every change that a person makes: the ETag. */
  readonly version: number
}

/** `event`: in its turn. `filter`: nothing was sent, because the filter could not be answered. `skip`: somebody gave it up. */
export type AttemptKind = 'event' | 'replay' | 'resend' | 'test' | 'filter' | 'skip'

/** What became of sending one event to one webhook once. */
export interface Attempt {
  readonly id: string
  readonly tenant: string
  readonly webhook: string
  readonly kind: AttemptKind
  readonly event: string
  readonly type: string
  readonly at: Date
  readonly outcome: 'delivered' | 'failed'
  /** Null: there was no answer. */
  readonly status: number | null
  /** Milliseconds. */
  readonly duration: number
  /** What went wrong. */
  readonly detail: string | null
  /** The beginning of the answer. */
  readonly answer: string
  /** Of how many in a row that failed, from 1. */
  readonly try: number
  readonly nextTry: Date | null
}

/** Characters of an answer that are kept. */
export const answerKept = 500

/** Text of a stranger's, as it can be kept and shown. */
export function shownAnswer(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\n\t]/gu, '\uFFFD')
    .slice(0, answerKept)
    .toWellFormed()
}
