import type { RuleVerdict } from '../domain/rule.ts'
import type { PolicyDecision } from '../domain/decide.ts'
import type { Answer, Consent, ConsentChange } from '../app/storage.ts'

/** The module's values as the API shows them. */

const text = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

function ruleOut(rule: RuleVerdict) {
  return { ...rule, until: text(rule.until) }
}

export function decisionOut({ verdict, until, why, rules }: Omit<PolicyDecision, 'asks'>) {
  return { verdict, allowed: verdict === 'now', until: text(until), why, rules: rules.map(ruleOut) }
}

export function answerOut({ delivery, device, at, lastAt, times, decision }: Answer) {
  const { verdict, until, why, rules } = decisionOut(decision)
  return { delivery, device, at: at.toISOString(), lastAt: lastAt.toISOString(), times, verdict, until, why, rules }
}

export function consentOut({ id, household, kind, target, state, askedFor, changedAt }: Consent) {
  return { id, household, kind, target, state, askedFor, changedAt: changedAt.toISOString() }
}

export function consentChangeOut({ at, ...change }: ConsentChange) {
  return { ...change, at: at.toISOString() }
}
