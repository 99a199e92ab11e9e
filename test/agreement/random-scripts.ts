import type { JsonObject, Model } from '@sutler/engine'
import * as fc from 'fast-check'
import type { Command } from './naive/simulation.ts'
import type { Situation } from './naive/situation.ts'
import { signalTypes } from './random-models.ts'

/** What a signal is aimed at: a transition whose states are current, any transition, or nothing in particular. */
type Aim = 'enabled' | 'transition' | 'any'

/**
 * A line of a script as it is drawn: which signal it sends, which of the running tasks or subinstances it ends, is settled
 * when it is played, so that lines of random scripts mean something.
 */
export type Draft =
  | {
      readonly kind: 'signal'
      readonly aim: Aim
      readonly which: number
      readonly args: JsonObject
      readonly id: string | null
    }
  | { readonly kind: 'advance'; readonly milliseconds: number }
  | {
      readonly kind: 'task' | 'child'
      readonly which: number
      readonly args: JsonObject
      readonly error: string | null
    }

const args: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ n: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<JsonObject>(
      { n: 1.5 },
      { n: 'x' },
      { n: true, text: 'ab=' },
      { n: 1e300, text: 'QR==' },
      { n: 1, text: '-1m30s' },
      { n: 1, text: '2026-02-30T00:00:00Z' },
      { n: 1, text: '2026-01-01T24:00:00Z' },
      { n: [], text: '2026-01-01T00:00:00Z' },
      { n: {}, text: 'AQI=' },
      { n: 2.5, text: 'PT1M' },
      { n: 1, other: null },
      { text: 'a text as long as forty bytes must be, and more' },
    ),
  },
)
export const randomSignal: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constant('signal' as const),
  aim: fc.constantFrom<Aim[]>('enabled', 'enabled', 'enabled', 'enabled', 'transition', 'any'),
  which: fc.nat(30),
  args,
  id: fc.constantFrom<(string | null)[]>('x', 'y', 'z', null, null, null, null, null, null),
})
const advance: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constant('advance' as const),
  milliseconds: fc.constantFrom(1000, 500, 2000, 999, 10_000),
})
export const randomEnding: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constantFrom('task' as const, 'child' as const),
  which: fc.nat(5),
  args,
  error: fc.constantFrom<(string | null)[]>('broke', null, null),
})

export const randomScript: fc.Arbitrary<Draft[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: randomSignal },
    { weight: 3, arbitrary: advance },
    { weight: 4, arbitrary: randomEnding },
  ),
  { minLength: 4, maxLength: 24 },
)

/** Every type that a script may send, those that no model knows included. */
const anyType = [...signalTypes, ...signalTypes, 'cancel', 'zz']

function typeOf(model: Model, { states }: Situation, aim: Aim, which: number): string {
  const enabled = model.transitions.filter(({ from }) => from.every((state) => states.includes(state)))
  const known = aim === 'enabled' && enabled.length > 0 ? enabled : model.transitions
  const types = aim === 'any' ? anyType : known.map(({ on }) => on)
  return types[which % types.length]!
}

/** The line that the draft stands for in this situation; null when there is nothing to end. */
export function commandOf(draft: Draft, model: Model, situation: Situation): Command | null {
  const { running, children } = situation
  if (draft.kind === 'signal') {
    const { aim, which, args, id } = draft
    return { signal: typeOf(model, situation, aim, which), args, ...(id !== null && { id }) }
  }
  if (draft.kind === 'advance') return { advance: draft.milliseconds }
  const names = draft.kind === 'task' ? running.map(({ task }) => task) : children.map(({ as }) => as)
  const name = names[draft.which % names.length]
  if (name === undefined) return null
  const { args, error } = draft
  if (draft.kind === 'task') return { task: name, end: error === null ? { result: args } : { error } }
  return { child: name, end: error === null ? { done: args } : { failed: error } }
}

/** The command as a script says it. */
export function scriptLine(command: Command): string {
  if ('advance' in command) return JSON.stringify({ advance: `${command.advance}ms` })
  if ('task' in command) return JSON.stringify({ task: command.task, ...command.end })
  if ('child' in command) return JSON.stringify({ child: command.child, ...command.end })
  return JSON.stringify(command)
}
