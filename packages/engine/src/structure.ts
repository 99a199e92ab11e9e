import { type Finding, pointer } from './errors.ts'
import type { Limits } from './limits.ts'
import { jsonBytes } from './size.ts'
import type { Model } from './types.ts'

/** What must hold before a document of the right shape can be executed: limits of section 11, names of states. */
export function structureFindings(model: Model, limits: Limits): Finding[] {
  return [...limitFindings(model, limits), ...stateFindings(model)]
}

function limitFindings(model: Model, limits: Limits): Finding[] {
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

function stateFindings(model: Model): Finding[] {
  const findings: Finding[] = []
  const states = new Set(model.states)
  const look = (list: readonly string[] | undefined, path: readonly PropertyKey[]): void => {
    for (const [index, state] of (list ?? []).entries()) {
      if (state !== '*' && !states.has(state)) findings.push(unknownState(state, [...path, index], model.states))
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

function unknownState(state: string, path: readonly PropertyKey[], known: readonly string[]): Finding {
  return error('unknown-state', path, `unknown state ${state}${nearest(state, known)}`)
}

function error(code: string, path: readonly PropertyKey[], message: string): Finding {
  return { code, pointer: pointer(path), severity: 'error', message }
}

/** `, did you mean …?` when a known name is at most a third of its letters away. */
export function nearest(name: string, known: Iterable<string>): string {
  let best = ''
  let least = Math.floor(name.length / 3) + 1
  for (const candidate of known) {
    const away = distance(name, candidate, least)
    if (away < least) {
      best = candidate
      least = away
    }
  }
  return best === '' ? '' : `, did you mean ${best}?`
}

/** Levenshtein distance, given up (`limit`) when the lengths alone are that far apart. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? limit
}
