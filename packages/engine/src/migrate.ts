import type { CompiledModel } from './compiled.ts'
import type { Instance, Signal, Timer } from './types.ts'

/** An instance on its new version, or everything that keeps it from moving. */
export type Migration = { readonly instance: Instance } | { readonly reasons: readonly string[] }

/** State of the old version → its state or states in the new one; a state that is not named keeps its name. */
export type StateMap = Readonly<Record<string, string | readonly string[]>>

/**
 * Section 6: moves an instance to another version of its model. Pure; the host previews with it and then does the same in
 * one transaction. Data keeps its values; entries that only the new version has get their initial values.
 */
export function migrate(instance: Instance, from: CompiledModel, to: CompiledModel, map: StateMap): Migration {
  const reasons = [...versionReasons(instance, from, to), ...mapReasons(from, to, map), ...signalReasons(instance, to)]
  const nextOf = (state: string) => (Object.hasOwn(map, state) ? (map[state] ?? state) : state)
  const move = (states: readonly string[]): readonly string[] => [...new Set(states.flatMap(nextOf))].sort()
  const states = move(instance.states)
  for (const state of instance.states) {
    for (const next of [nextOf(state)].flat()) {
      if (!to.model.states.includes(next))
        reasons.push(`state ${state}: version ${to.model.version} has no state ${next}`)
    }
  }
  if (reasons.length === 0 && to.markings.of(states).done)
    reasons.push(`states ${states.join(', ')} would end the instance without a step`)
  const timers = instance.timers.map((timer): Timer => ({ ...timer, while: move(timer.while) }))
  for (const { signal, while: needed } of timers) {
    if (needed.some((state) => !states.includes(state)))
      reasons.push(`delayed signal ${signal.type}: not all of ${needed.join(', ')} would be current`)
  }
  if (reasons.length > 0) return { reasons: [...new Set(reasons)] }
  return {
    instance: { ...instance, version: to.model.version, states, timers, data: { ...to.model.data, ...instance.data } },
  }
}

function versionReasons(instance: Instance, from: CompiledModel, to: CompiledModel): string[] {
  const reasons: string[] = []
  if (instance.done) reasons.push('the instance is done')
  if (instance.model !== from.model.model || instance.version !== from.model.version) {
    reasons.push(
      `the instance runs ${instance.model}@${instance.version}, not ${from.model.model}@${from.model.version}`,
    )
  }
  if (from.model.model !== to.model.model) reasons.push(`${to.model.model} is another model than ${from.model.model}`)
  return reasons
}

function mapReasons(from: CompiledModel, to: CompiledModel, map: StateMap): string[] {
  const reasons: string[] = []
  for (const [old, next] of Object.entries(map)) {
    if (!from.model.states.includes(old)) reasons.push(`map: version ${from.model.version} has no state ${old}`)
    for (const state of [next].flat()) {
      if (!to.model.states.includes(state)) reasons.push(`map: version ${to.model.version} has no state ${state}`)
    }
  }
  return reasons
}

/** Every signal that is kept, or will come from a task or a subinstance, must be known to the new version. */
function signalReasons(instance: Instance, to: CompiledModel): string[] {
  const own = instance.timers.filter((timer) => timer.to === undefined).map((timer) => timer.signal)
  const kept: readonly Signal[] = [...own, ...instance.held, ...instance.deferred, ...instance.ended]
  const coming = [...instance.tasks, ...instance.children].flatMap(({ done, failed }) => [done, failed])
  const types = new Set([...kept.map((signal) => signal.type), ...coming.filter((type) => type !== undefined)])
  return [...types]
    .filter((type) => !to.knows(type))
    .map((type) => `signal ${type}: version ${to.model.version} does not know it`)
}
