import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CompiledModel } from './compiled.ts'
import { dueTimers, isWaiting, start } from './instance.ts'
import { childEnded, take, taskEnded } from './take.ts'
import { compiledOf } from './testing/scenario.ts'
import type { Instance, Model, Taken, Transition } from './types.ts'

const states = ['a', 'b', 'c', 'd', 'e']
const signals = ['s', 't', 'u', 'v']
const someStates = fc.subarray(states)
const someSignal = fc.constantFrom(...signals)
/** `c` and `f` fail now and then. */
const expression = fc.constantFrom(
  '1',
  'data.n + 1',
  'data.n % 3',
  'args.n',
  'size(states)',
  'shared.m',
  '1 / (data.n % 2)',
)

const transition: fc.Arbitrary<Transition> = fc.record(
  {
    name: fc.constantFrom('x', 'y', 'z'),
    on: someSignal,
    from: fc.subarray(states, { maxLength: 2 }),
    to: fc.subarray(states, { maxLength: 2 }),
    clear: fc.oneof(fc.subarray(states, { maxLength: 2 }), fc.constant(['*'])),
    when: fc.constantFrom('data.n < 5', 'data.n % 2 == 0', '"b" in states', 'args.n > 0'),
    set: fc.record({ n: expression }),
    share: fc.record({ m: expression }),
    emit: fc.array(
      fc.record(
        {
          signal: someSignal,
          after: fc.constantFrom('1s', '2s'),
          while: fc.subarray(states, { maxLength: 1 }),
          args: fc.record({ n: expression }),
        },
        { requiredKeys: ['signal'] },
      ),
      { maxLength: 2 },
    ),
    tasks: fc.array(
      fc.record({ task: fc.constant('t'), done: someSignal, failed: someSignal }, { requiredKeys: ['task'] }),
      { maxLength: 1 },
    ),
    call: fc.array(
      fc.record(
        { url: fc.constant('model:sub/{data.n}'), as: fc.constant('k{data.n}'), wait: fc.boolean(), done: someSignal },
        { requiredKeys: ['url', 'as'] },
      ),
      { maxLength: 1 },
    ),
  },
  { requiredKeys: ['name', 'on', 'from', 'to'] },
)
const model: fc.Arbitrary<Partial<Model> & { transitions: Transition[] }> = fc.record({
  transitions: fc.array(transition, { minLength: 1, maxLength: 8 }),
  initial: fc.subarray(states, { minLength: 1 }),
  final: someStates,
  signals: fc
    .record({ s: fc.record({ urgent: fc.boolean() }), t: fc.record({ deferrable: fc.boolean() }) })
    .map((value) => ({
      s: { ...value.s, args: { n: 'int?' } },
      t: { ...value.t, args: { n: 'any?' } },
    })),
})
type Move =
  | { readonly kind: 'signal'; readonly type: string; readonly n: number }
  | { readonly kind: 'time' | 'task' | 'child' }
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('signal' as const), type: someSignal, n: fc.nat(3) }) },
  fc.record({ kind: fc.constantFrom('time' as const, 'task' as const, 'child' as const) }),
)

function makeMove(
  compiled: CompiledModel,
  instance: Instance,
  shared: Taken['shared'],
  choice: Move,
  index: number,
): Taken | null {
  const now = index * 1000
  if (choice.kind === 'signal')
    return take(
      compiled,
      instance,
      shared,
      { id: `m${index}`, type: choice.type, args: { n: choice.n }, from: 'external' },
      now,
    )
  const [timer] = dueTimers(instance, now)
  if (choice.kind === 'time') return timer === undefined ? null : take(compiled, instance, shared, timer.signal, now)
  const [task] = instance.tasks
  if (choice.kind === 'task')
    return task === undefined ? null : taskEnded(compiled, instance, shared, task.key, { result: { n: index } }, now)
  const [child] = instance.children
  return child === undefined ? null : childEnded(compiled, instance, shared, child.as, { returns: { n: index } }, now)
}

function walk(
  parts: Partial<Model> & { transitions: Transition[] },
  moves: readonly Move[],
  look: (before: Instance, taken: Taken) => void,
): void {
  const compiled = compiledOf(
    parts.transitions,
    { ...parts, data: { n: 0 }, shared: { m: 0 } },
    { limits: { macrostepSteps: 50, waitingSignals: 20 } },
  )
  let instance = start(compiled, { id: 'i' })
  let shared: Taken['shared'] = { m: 0 }
  for (const [index, choice] of moves.entries()) {
    const taken = makeMove(compiled, instance, shared, choice, index)
    if (taken === null) continue
    look(instance, taken)
    ;({ instance, shared } = taken)
  }
}

const property = (look: (before: Instance, taken: Taken) => void): void =>
  fc.assert(
    fc.property(model, fc.array(move, { maxLength: 25 }), (parts, moves) => walk(parts, moves, look)),
    { numRuns: 200 },
  )

describe('invariants of any model under any signals', () => {
  it('states are sorted and each there once; done instances keep nothing', () => {
    property((_, { instance }) => {
      expect(instance.states).toEqual([...new Set(instance.states)].sort())
      if (!instance.done) return
      expect(instance).toMatchObject({ held: [], deferred: [], timers: [], children: [], tasks: [], ended: [] })
    })
  })

  it('an instance survives JSON, and steps the same after it', () => {
    fc.assert(
      fc.property(model, fc.array(move, { maxLength: 15 }), move, (parts, moves, last) => {
        const compiled = compiledOf(
          parts.transitions,
          { ...parts, data: { n: 0 }, shared: { m: 0 } },
          { limits: { macrostepSteps: 50 } },
        )
        let instance = start(compiled, { id: 'i' })
        let shared: Taken['shared'] = { m: 0 }
        for (const [index, choice] of moves.entries())
          ({ instance, shared } = makeMove(compiled, instance, shared, choice, index) ?? { instance, shared })
        const copy = JSON.parse(JSON.stringify(instance)) as Instance
        expect(copy).toEqual(instance)
        expect(makeMove(compiled, copy, shared, last, 99)).toEqual(makeMove(compiled, instance, shared, last, 99))
      }),
      { numRuns: 200 },
    )
  })

  it('a step that failed alone changes nothing but steps, attention and the timer it used up', () => {
    property((before, { instance, records, effects, shared }) => {
      if (records.length !== 1 || records[0]?.outcome !== 'failed') return
      expect({
        ...instance,
        steps: 0,
        attention: null,
        timers: [],
        tasks: [],
        children: [],
        ended: [],
        held: [],
      }).toEqual({
        ...before,
        steps: 0,
        attention: null,
        timers: [],
        tasks: [],
        children: [],
        ended: [],
        held: [],
      })
      expect(effects).toEqual([])
      expect(shared).toEqual(records[0].shared)
    })
  })

  it('semantics 2, numbers of steps: they are numbered without gaps, rejected ones apart, and their effects are the effects of the whole', () => {
    property((before, { instance, records, effects }) => {
      const numbers = records.filter(({ outcome }) => outcome !== 'rejected').map(({ step }) => step)
      expect(numbers).toEqual(numbers.map((_, index) => before.steps + 1 + index))
      expect(instance.steps).toBe(before.steps + numbers.length)
      expect(effects).toEqual(records.flatMap((record) => record.effects))
    })
  })

  it('ids of signals, tasks and timers are never used twice', () => {
    fc.assert(
      fc.property(model, fc.array(move, { maxLength: 25 }), (parts, moves) => {
        const ids: string[] = []
        walk(parts, moves, (_, { records }) => {
          for (const { emitted, effects } of records) {
            ids.push(
              ...emitted.map(({ signal }) => signal.id),
              ...effects.flatMap((effect) => (effect.kind === 'task' ? effect.key : [])),
            )
          }
        })
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  })

  it('nothing is left undone: held signals only while waiting, timers only while their states are current', () => {
    property((_, { instance }) => {
      expect(isWaiting(instance) ? [] : [...instance.held, ...instance.ended]).toEqual([])
      for (const timer of instance.timers)
        expect(timer.while.every((state) => instance.states.includes(state))).toBe(true)
    })
  })
})
