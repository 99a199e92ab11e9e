import { holds, later, never, type Judgement } from '../rule.ts'
import type { ConsentState, ConsentSubject } from '../situation.ts'

/** What follows from what the household has answered, or not yet. */
export function asked(
  subject: ConsentSubject,
  what: string,
  state: ConsentState | undefined,
  source: string,
): Judgement {
  switch (state) {
    case 'granted':
      return holds(`the household has agreed to ${what}`, source)
    case 'denied':
      return never(`the household has declined ${what}`, source)
    case 'revoked':
      return later(null, `the household has taken back its consent to ${what}`, source)
    case 'asked':
      return later(null, `the household has been asked about ${what} and has not answered`, source)
    case undefined:
      return { ...later(null, `the household is asked about ${what} first`, source), asks: [subject] }
  }
}
