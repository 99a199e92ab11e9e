import type { JsonObject, Limits, Model } from '@sutler/engine'
import type { Arrival, Situation } from './situation.ts'
import type { Scope } from './values.ts'

/** What is fixed while one instance runs. */
export interface World {
  readonly model: Model
  readonly limits: Limits
  readonly id: string
  readonly call: JsonObject
}

/** A line of output; `detail` is exact text, or parts that the explanation must have. */
export interface Line {
  signal: string
  outcome: string
  reason?: string
  detail?: string | readonly string[]
  fired: readonly string[]
  states: readonly string[]
  args: JsonObject
  data: JsonObject
  shared: JsonObject
  tasks: { task: string; args: JsonObject }[]
  emitted: { signal: string; to: string; args: JsonObject; due?: string }[]
  calls: { url: string; as: string; wait: boolean }[]
  done: boolean
}

/** The line of a step that has changed nothing. */
export function lineOf(situation: Situation, signal: Arrival, outcome: string, more: Partial<Line> = {}): Line {
  const { states, data, shared, done } = situation
  const nothing = { fired: [], states, args: signal.args, data, shared, tasks: [], emitted: [], calls: [], done }
  return { signal: signal.type, outcome, ...nothing, ...more }
}

/** Section 7: what expressions see. */
export function scopeOf(world: World, situation: Situation, args: JsonObject, now: number): Scope {
  const { data, shared, states } = situation
  return { args, data: { ...data }, shared: { ...shared }, states, call: world.call, id: world.id, now: new Date(now) }
}
