import type { WallTime } from '../../../platform/clock.ts'
import type { Judgement, Rule, RuleVerdict, Verdict } from './rule.ts'
import { autoUpdate } from './rules/auto-update.ts'
import { consent } from './rules/consent.ts'
import { metered } from './rules/metered.ts'
import { parental } from './rules/parental.ts'
import { quietHours } from './rules/quiet-hours.ts'
import { windows } from './rules/windows.ts'
import type { ConsentSubject, Situation } from './situation.ts'

/** Deciding whether a delivery may go now. Pure: everything it judges is passed in. */

export interface PolicyDecision {
  readonly verdict: Verdict
  /** When to ask again, of `later`; null = when something changes, and when it may go or never will. */
  readonly until: WallTime | null
  readonly why: string
  readonly rules: readonly RuleVerdict[]
  /** What the household must be asked first. */
  readonly asks: readonly ConsentSubject[]
}

/** In the order in which they are shown. */
export const preferenceRules: readonly Rule[] = [parental, consent, autoUpdate, quietHours, windows, metered]

/** Asks every rule, and adds what policies say; the strictest counts. */
export function decide(situation: Situation, policies: readonly RuleVerdict[] = []): PolicyDecision {
  const judged = preferenceRules.map((rule) => ({ rule, judgement: rule.judge(situation) }))
  const own = judged.map(({ rule, judgement }) => verdictOf(rule, judgement))
  const asks = judged.flatMap(({ judgement }) => judgement.asks ?? [])
  return { ...combine([...own, ...policies]), asks }
}

/**
 * `never` before `later` before `now`; the latest time counts, and "until something changes" before any time: when it comes, all
 * are asked again.
 */
export function combine(rules: readonly RuleVerdict[]): Omit<PolicyDecision, 'asks'> {
  const refusing = rules.find(({ verdict }) => verdict === 'never')
  if (refusing) return { verdict: 'never', until: null, why: `refused by ${saying(refusing)}`, rules }
  const holding = rules.filter(({ verdict }) => verdict === 'later')
  const [first, ...others] = holding
  if (first === undefined) return { verdict: 'now', until: null, why: 'nothing holds it back', rules }
  const open = holding.find(({ until }) => until === null)
  const until = open ? null : Math.max(...holding.map((rule) => rule.until!))
  const also = others.map((rule) => `, and by ${saying(rule)}`).join('')
  return { verdict: 'later', until, why: `held by ${saying(first)}${also}`, rules }
}

function saying({ rule, source, detail }: RuleVerdict): string {
  return source === '' ? `${rule}: ${detail}` : `the ${rule} of ${source}, ${detail}`
}

function verdictOf({ name }: Rule, { verdict, until, detail, source }: Judgement): RuleVerdict {
  return { rule: name, source, holds: verdict === 'now', verdict, until, detail }
}
