import type { CompiledModel, CompiledTransition } from '../compiled.ts'
import { type Finding, pointer } from '../errors.ts'
import { explore } from './explore.ts'
import { calleeOf, type Library } from './library.ts'

/** Calls that form an endless chain: models of which none can complete without calling the next, back to the first. */
export function callFindings(compiled: CompiledModel, library: Library, bound: number): Finding[] {
  const findings: Finding[] = []
  for (const { callee, call } of unavoidable(compiled, library, bound)) {
    const chain = chainBack(callee, compiled, library, bound, [compiled.model.model])
    if (chain === null) continue
    const message = `the calls ${[...chain, compiled.model.model].join(' → ')} never end: none of these models can complete without its call`
    findings.push({
      code: 'endless-calls',
      pointer: pointer(['transitions', call.index, 'call']),
      severity: 'error',
      message,
    })
  }
  return findings
}

function chainBack(
  at: CompiledModel,
  first: CompiledModel,
  library: Library,
  bound: number,
  chain: readonly string[],
): readonly string[] | null {
  if (at.model.model === first.model.model) return chain
  if (chain.includes(at.model.model)) return null
  for (const { callee } of unavoidable(at, library, bound)) {
    const found = chainBack(callee, first, library, bound, [...chain, at.model.model])
    if (found !== null) return found
  }
  return null
}

interface Unavoidable {
  readonly callee: CompiledModel
  readonly call: CompiledTransition
}

/** The models that this one calls on every way to its final states. */
function unavoidable(compiled: CompiledModel, library: Library, bound: number): Unavoidable[] {
  const callers = new Map<CompiledModel, Set<CompiledTransition>>()
  for (const transition of compiled.transitions) {
    for (const { url } of transition.call) {
      const callee = library.find(calleeOf(url.source))
      if (callee !== null) callers.set(callee, (callers.get(callee) ?? new Set()).add(transition))
    }
  }
  const found: Unavoidable[] = []
  for (const [callee, transitions] of callers) {
    const { reached, cut } = explore(compiled, bound, transitions)
    const [call] = transitions
    if (call !== undefined && !cut && !reached.some(({ marking }) => marking.done)) found.push({ callee, call })
  }
  return found
}
