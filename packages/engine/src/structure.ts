import { type Finding, pointer } from './errors.ts'
import type { Limits } from './limits.ts'
import { jsonBytes } from './size.ts'
import type { Model } from './types.ts'

/** What a document of the right shape has too much of: limits of section 11. Nothing else is looked at in such a one. */
export function limitFindings(model: Model, limits: Limits): Finding[] {
  const findings: Finding[] = []
  const bound = (code: string, path: string, actual: number, limit: number, unit: string): void => {
    if (actual > limit) findings.push(error(code, [path], `${path}: ${actual} ${unit}, limit ${limit}`))
  }
  bound('too-many-states', 'states', model.states.length, limits.states, 'states')
  bound('too-many-transitions', 'transitions', model.transitions.length, limits.transitions, 'transitions')
  bound('data-too-large', 'data', jsonBytes(model.data ?? {}), limits.dataBytes, 'bytes')
  bound('shared-too-large', 'shared', jsonBytes(model.shared ?? {}), limits.sharedBytes, 'bytes')
  return findings
}

/** Names of states that are declared twice or not at all. */
export function stateFindings(model: Model): Finding[] {
  const findings: Finding[] = []
  const states = new Set(model.states)
  const look = (list: readonly string[] | undefined, path: readonly PropertyKey[]): void => {
    for (const [index, state] of (list ?? []).entries()) {
      if (state !== '*' && !states.has(state))
        findings.push(unknownState(state, [...path, index], model.states, findings.length))
    }
  }
  for (const [index, state] of model.states.entries()) {
    if (model.states.indexOf(state) < index)
      findings.push(error('duplicate-state', ['states', index], `state ${state} is declared twice`))
  }
  look(model.initial, ['initial'])
  look(model.final, ['final'])
  for (const [index, transition] of model.transitions.entries()) {
    const path = ['transitions', index]
    look(transition.from, [...path, 'from'])
    look(transition.to, [...path, 'to'])
    look(transition.clear, [...path, 'clear'])
    for (const [at, emit] of (transition.emit ?? []).entries()) look(emit.while, [...path, 'emit', at, 'while'])
  }
  return findings
}

function unknownState(state: string, path: readonly PropertyKey[], known: readonly string[], before: number): Finding {
  const { hint, ...about } = unknown(state, known, before)
  return { ...error('unknown-state', path, `unknown state ${state}${hint}`), ...about }
}

function error(code: string, path: readonly PropertyKey[], message: string): Finding {
  return { code, pointer: pointer(path), severity: 'error', message }
}

/** With this many findings before, or among more names, none is looked for: it would take long and help nobody. */
const helped = 20
const looked = 500

/** What a finding says of a name that does not exist; `hint` ends its message: `, did you mean …?` or nothing. */
export function unknown(
  name: string,
  known: Iterable<string>,
  before: number,
): { readonly hint: string; readonly name: string; readonly nearest?: string } {
  const best = before < helped ? nearestName(name, known) : null
  return best === null ? { hint: '', name } : { hint: `, did you mean ${best}?`, name, nearest: best }
}

/** The known name that is most like the one given; null when all are more than a third of its letters away. */
export function nearestName(name: string, known: Iterable<string>): string | null {
  let best: string | null = null
  let least = Math.floor(name.length / 3) + 1
  let count = 0
  for (const candidate of known) {
    count += 1
    if (count > looked) break
    const away = distance(name, candidate, least)
    if (away < least) {
      best = candidate
      least = away
    }
  }
  return best
}

/** Letters put in, left out, replaced or exchanged with the next one; given up (`limit`) when the lengths alone are that far apart. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  let earlier = previous
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      const exchanged = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const exchange = exchanged ? (earlier[column - 2] ?? 0) + 1 : Infinity
      current.push(Math.min(substitution, exchange, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    earlier = previous
    previous = current
  }
  return previous[b.length] ?? limit
}
