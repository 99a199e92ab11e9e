import type { Transition } from '@sutler/engine'
import { fire } from './fire.ts'
import { lineOf, scopeOf, type Line, type World } from './line.ts'
import { copyOf, waits, type Arrival, type Situation } from './situation.ts'
import { bytesOf, inTransition, isOf, Undone, valueOf, type Scope } from './values.ts'

/** 2.5 and 2.6: the transitions that the signal fires now. Throws Undone for a guard that cannot be judged. */
export function firedBy(world: World, situation: Situation, signal: Arrival, now: number): Transition[] {
  const scope = scopeOf(world, situation, signal.args, now)
  const enabled: Transition[] = []
  for (const transition of world.model.transitions) {
    if (transition.on !== signal.type) continue
    if (!transition.from.every((state) => situation.states.includes(state))) continue
    if (holds(transition, scope)) enabled.push(transition)
  }
  const fired: Transition[] = []
  const consumed: string[] = []
  for (const transition of enabled) {
    if (transition.from.some((state) => consumed.includes(state))) continue
    fired.push(transition)
    consumed.push(...transition.from)
  }
  return fired
}

function holds({ name, when }: Transition, scope: Scope): boolean {
  if (when === undefined) return true
  return inTransition(name, () => {
    const value = valueOf(when, scope)
    if (typeof value !== 'boolean') throw new Undone('type-error', [when])
    return value
  })
}

/** 2.3: why a signal is refused; null when nothing is wrong with it. */
export function refusalOf({ model, limits }: World, signal: Arrival): { reason: string; detail?: string } | null {
  const declared = model.signals?.[signal.type]
  if (!declared && !model.transitions.some(({ on }) => on === signal.type)) return { reason: 'unknown-signal' }
  if (bytesOf(signal.args) > limits.argsBytes) return { reason: 'args-too-large' }
  const wrong: string[] = []
  const parameters = declared?.args ?? {}
  for (const [name, type] of Object.entries(parameters)) {
    const value = signal.args[name]
    if (value === undefined && !type.endsWith('?')) wrong.push(`${name}: missing`)
    const plain = type.replace('?', '')
    if (value !== undefined && !isOf(plain, value)) wrong.push(`${name}: expected ${plain}`)
  }
  for (const name of declared ? Object.keys(signal.args) : [])
    if (!(name in parameters)) wrong.push(`${name}: not declared`)
  return wrong.length > 0 ? { reason: 'bad-arguments', detail: wrong.join('; ') } : null
}

/**
 * Section 2, once the id is known to be new: the situation and the line after one signal. `turn`: the one under way.
 */
export function stepOf(
  world: World,
  before: Situation,
  arrived: Arrival,
  now: number,
  turn: number,
): { readonly situation: Situation; readonly line: Line } {
  const parameters = world.model.signals?.[arrived.type]
  const declared = Object.entries(arrived.args).filter(([name]) => name in (parameters?.args ?? {}))
  const signal = arrived.returned && parameters ? { ...arrived, args: Object.fromEntries(declared) } : arrived
  const rejected = (why: { reason: string; detail?: string }) => ({
    situation: before,
    line: lineOf(before, signal, 'rejected', { detail: [], ...why }),
  })
  if (before.done) return rejected({ reason: 'instance-done' })
  const refusal = refusalOf(world, signal)
  if (refusal) return rejected(refusal)
  const full = before.held.length + before.deferred.length >= world.limits.waitingSignals
  const situation = copyOf(before)
  if (waits(before) && !parameters?.urgent) {
    if (full) return rejected({ reason: 'too-many-waiting' })
    situation.held.push(signal)
    return { situation, line: lineOf(before, signal, 'held') }
  }
  try {
    const fired = firedBy(world, before, signal, now)
    if (fired.length > 0) return { line: fire(world, situation, signal, fired, now), situation }
  } catch (error) {
    if (!(error instanceof Undone)) throw error
    return { situation: before, line: lineOf(before, signal, 'failed', { reason: error.reason, detail: error.parts }) }
  }
  if (!parameters?.deferrable) return { situation, line: lineOf(before, signal, 'ignored') }
  if (full) return rejected({ reason: 'too-many-waiting' })
  situation.deferred.push({ signal, turn, stale: false })
  return { situation, line: lineOf(before, signal, 'deferred') }
}
