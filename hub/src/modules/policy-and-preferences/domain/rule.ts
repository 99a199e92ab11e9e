import type { WallTime } from '../../../platform/clock.ts'
import type { ConsentSubject, Situation } from './situation.ts'

export type Verdict = 'now' | 'later' | 'never'

/** What one rule says of a delivery. */
export interface Judgement {
  readonly verdict: Verdict
  /** When to ask again, of `later`; null = when something changes. */
  readonly until: WallTime | null
  /** For people: what it went by. */
  readonly detail: string
  /** Who said what it went by. */
  readonly source: string
  /** What the household must be asked first. */
  readonly asks?: readonly ConsentSubject[]
}

/** One rule of the list that decides; pure. */
export interface Rule {
  readonly name: string
  judge(situation: Situation): Judgement
}

/** A judgement with its rule's name, as it is shown and kept. */
export interface RuleVerdict {
  readonly rule: string
  readonly source: string
  readonly holds: boolean
  readonly verdict: Verdict
  readonly until: WallTime | null
  readonly detail: string
}

export const nobody = 'nobody'

/** It does not hold anything back. */
export function holds(detail: string, source: string): Judgement {
  return { verdict: 'now', until: null, detail, source }
}

export function later(until: WallTime | null, detail: string, source: string): Judgement {
  return { verdict: 'later', until, detail, source }
}

export function never(detail: string, source: string): Judgement {
  return { verdict: 'never', until: null, detail, source }
}
