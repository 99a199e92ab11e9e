import type { CompiledModel } from './compiled.ts'
import { jsonBytes } from './size.ts'
import type { Instance, JsonObject } from './types.ts'

/** What a person sets right by hand; what is absent stays. */
export interface Repair {
  readonly states?: readonly string[]
  /** All of the instance data. */
  readonly data?: JsonObject
}

/**
 * Puts an instance into other states, with other data, without a step, and takes its flag off. Delayed signals whose `while`
 * states are then not all current are cancelled (2.10). Gives everything that speaks against it instead. Pure.
 */
export function repair(
  instance: Instance,
  compiled: CompiledModel,
  by: Repair,
): { readonly instance: Instance } | { readonly reasons: readonly string[] } {
  const { model, limits, markings } = compiled
  const states = by.states === undefined ? instance.states : [...new Set(by.states)].sort()
  const data = by.data ?? instance.data
  const reasons = states
    .filter((state) => !model.states.includes(state))
    .map((state) => `${model.model}@${model.version} has no state ${state}`)
  if (instance.done) reasons.push('the instance is done')
  else if (reasons.length === 0 && markings.of(states).done)
    reasons.push(`states ${states.join(', ') || 'none'} would end the instance without a step`)
  if (jsonBytes(data, limits.dataBytes) > limits.dataBytes)
    reasons.push(`the data takes more than ${limits.dataBytes} bytes`)
  if (reasons.length > 0) return { reasons }
  const timers = instance.timers.filter((timer) => timer.while.every((state) => states.includes(state)))
  return { instance: { ...instance, states, data, timers, attention: null } }
}
