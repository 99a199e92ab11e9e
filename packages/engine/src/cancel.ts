import type { Effect, Instance } from './types.ts'

/**
 * Ends an instance by hand, for a model that has no `cancel` of its own: what it waits for is dropped, its running subinstances
 * are sent `cancel`, its parent hears that it was cancelled (2.11, 5). Its states are none, as after a `clear` of all. Pure.
 */
export function cancelled(instance: Instance): { readonly instance: Instance; readonly effects: readonly Effect[] } {
  const effects: Effect[] = []
  for (const { id, signal } of instance.timers)
    effects.push({ kind: 'timer-cancelled', id }, { kind: 'dropped', signal, why: 'done' })
  for (const signal of [...instance.ended, ...instance.held, ...instance.deferred])
    effects.push({ kind: 'dropped', signal, why: 'done' })
  for (const { url } of instance.children) effects.push({ kind: 'cancel-child', url })
  if (instance.parent)
    effects.push({ kind: 'ended', parent: instance.parent, returns: instance.call, failure: 'cancelled' })
  const nothing = { children: [], ended: [], held: [], deferred: [], timers: [], tasks: [] }
  return { instance: { ...instance, ...nothing, states: [], done: true, attention: null }, effects }
}
