import type { CompiledModel, CompiledTransition } from '../compiled.ts'
import { type Finding, pointer } from '../errors.ts'
import { subsets } from '../marking.ts'
import type { Model } from '../types.ts'
import { completing, type Exploration, type Reached, witnessOf } from './explore.ts'

/** Findings of one kind are listed up to this many. */
const listed = 10

/** Section 9 over the reachable sets of states: what workflow nets call soundness. */
export function soundnessFindings(compiled: CompiledModel, exploration: Exploration, bound: number): Finding[] {
  const findings: Finding[] = [...initialFindings(compiled)]
  if (exploration.cut) {
    const message = `more reachable sets of states or combinations of guards than were looked at (bound ${bound}): findings may be missing`
    findings.push({ code: 'bound-reached', pointer: '', severity: 'warning', message })
  } else findings.push(...unreachedFindings(compiled, exploration))
  findings.push(
    ...endFindings(compiled, exploration.reached),
    ...competingFindings(compiled, exploration.reached),
    ...currentFindings(compiled, exploration.reached),
  )
  return findings
}

function initialFindings({ model, markings }: CompiledModel): Finding[] {
  const initial = markings.of([...new Set(model.initial)].sort())
  if (!initial.done) return []
  const message =
    initial.names.length === 0
      ? 'there are no initial states'
      : 'the initial states are final: an instance would be done before its first signal'
  return [{ code: 'initially-done', pointer: '/initial', severity: 'error', message }]
}

function unreachedFindings({ model, transitions }: CompiledModel, { reached, fired }: Exploration): Finding[] {
  const current = new Set(reached.flatMap(({ marking }) => marking.names))
  const states = [...model.states.entries()].filter(([, state]) => !current.has(state))
  const idle = transitions.filter((transition) => !fired.has(transition))
  return [
    ...states.map(([index, state]): Finding => {
      return {
        code: 'unreachable-state',
        pointer: pointer(['states', index]),
        severity: 'error',
        message: `state ${state} is never current`,
      }
    }),
    ...idle.map(({ index, name }): Finding => {
      const message = `transition "${name}" can never fire`
      return { code: 'transition-never-fires', pointer: pointer(['transitions', index]), severity: 'error', message }
    }),
  ]
}

function endFindings({ model }: CompiledModel, reached: readonly Reached[]): Finding[] {
  const findings: Finding[] = []
  const ends = completing(reached)
  const stuck = reached.filter(
    (one) => !one.marking.done && one.explored && [...one.next].every((next) => next === one),
  )
  for (const one of stuck.slice(0, listed)) {
    findings.push(setFinding('deadlock', model, one, `no signal leaves the states ${named(one)}`))
  }
  const lost = reached.find((one) => !ends.has(one))
  if (lost !== undefined)
    findings.push(
      setFinding('cannot-complete', model, lost, `from the states ${named(lost)} no final states can be reached`),
    )
  return findings
}

/** A finding about a set of states has its place at the first of them that is not final. */
function setFinding(code: string, { states, final }: Model, reached: Reached, message: string): Finding {
  const index = states.findIndex((state) => reached.marking.names.includes(state) && !final.includes(state))
  return { code, pointer: pointer(['states', index]), severity: 'error', message, witness: witnessOf(reached) }
}

function named({ marking }: Reached): string {
  return marking.names.join(', ')
}

/** Pairs of transitions compared, at most. */
const pairsCompared = 2_000_000

function competingFindings({ bySignal }: CompiledModel, reached: readonly Reached[]): Finding[] {
  const findings = new Map<string, Finding>()
  let compared = 0
  for (const one of reached) {
    if (one.marking.done || compared > pairsCompared) continue
    for (const [signal, transitions] of bySignal) {
      for (const [first, second] of pairs(subsets(one.marking, transitions))) {
        compared += 1
        const key = `${first.index} ${second.index}`
        if (findings.has(key) || toldApart(first, second)) continue
        const shared = first.from.filter((state) => second.from.includes(state))
        if (shared.length === 0) continue
        const message = `on ${signal}, "${first.name}" and "${second.name}" both take ${shared.join(', ')}: the first declared wins`
        const place = pointer(['transitions', second.index])
        findings.set(key, {
          code: 'competing-transitions',
          pointer: place,
          severity: 'warning',
          message,
          witness: witnessOf(one),
        })
      }
    }
  }
  return [...findings.values()]
}

function* pairs(
  transitions: readonly CompiledTransition[],
): Generator<readonly [CompiledTransition, CompiledTransition]> {
  for (const [index, first] of transitions.entries())
    for (const second of transitions.slice(index + 1)) yield [first, second]
}

/** Two different guards are trusted to tell two transitions apart; one guard alone leaves it to the order. */
function toldApart(first: CompiledTransition, second: CompiledTransition): boolean {
  return first.when !== null && second.when !== null && first.when.source !== second.when.source
}

function currentFindings({ transitions }: CompiledModel, reached: readonly Reached[]): Finding[] {
  const open = reached.filter(({ marking }) => !marking.done)
  return transitions.flatMap(({ index, name, from, to, clear, clearsAll }) =>
    [...to.entries()].flatMap(([at, state]): Finding[] => {
      if (clearsAll || from.includes(state) || clear.includes(state)) return []
      const needed = [state, ...from]
      const one = open.find(({ marking }) => needed.every((other) => marking.names.includes(other)))
      if (one === undefined) return []
      const message = `"${name}" leads to ${state}, which is already current`
      const place = pointer(['transitions', index, 'to', at])
      return [{ code: 'already-current', pointer: place, severity: 'warning', message, witness: witnessOf(one) }]
    }),
  )
}
