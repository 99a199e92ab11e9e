import type { Emit, Model, Transition } from '@sutler/engine'
import * as fc from 'fast-check'

const signals = ['s', 't', 'u']
const someSignal = fc.constantFrom(...signals)
const expression = fc.constantFrom(
  '1',
  'data.n + 1',
  'data.n % 3',
  'data.k * 2',
  'data.k - data.n',
  'has(args.n) ? args.n : 0',
  'size(states)',
)
const guard = fc.constantFrom(
  'data.n < 4',
  'data.n % 2 == 0',
  'data.n % 2 == 1',
  'has(args.n) && args.n > 1',
  'size(states) < 3',
)

/** Final states within regions. */
const ends = new Set(['y', 'z'])

/** The regions of a model: alone one of a flat machine, several side by side. */
export interface Shape {
  readonly regions: readonly (readonly string[])[]
  /** States before and after the regions are current. */
  readonly outside: readonly string[]
}

const shape: fc.Arbitrary<Shape> = fc.constantFrom<Shape>(
  { regions: [['a', 'b', 'c', 'z']], outside: [] },
  { regions: [['a', 'b', 'z']], outside: ['out'] },
  {
    regions: [
      ['a', 'b', 'y'],
      ['c', 'd', 'z'],
    ],
    outside: [],
  },
  {
    regions: [
      ['a', 'b'],
      ['c', 'd'],
    ],
    outside: ['in', 'out'],
  },
  { regions: [['a', 'b'], ['c', 'd'], ['e']], outside: ['in', 'out'] },
)

function effects(states: readonly string[]): fc.Arbitrary<Partial<Transition>> {
  const emit: fc.Arbitrary<Emit> = fc.oneof(
    fc.record({ signal: someSignal, args: fc.record({ n: expression }) }, { requiredKeys: ['signal'] }),
    fc.record(
      {
        signal: someSignal,
        after: fc.constantFrom('1s', '2s', '500ms', '0s', '{data.n == 0 ? "1s" : "2s"}'),
        while: fc.subarray([...states], { maxLength: 1 }),
      },
      { requiredKeys: ['signal', 'after'] },
    ),
  )
  return fc.record(
    {
      when: guard,
      set: fc.record({ n: expression, k: expression }, { requiredKeys: [] }),
      cancel: fc.subarray(signals, { minLength: 1, maxLength: 1 }),
      emit: fc.array(emit, { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: [] },
  )
}

/** Within a region, between regions and outside, or out of all regions at once. */
function move({ regions, outside }: Shape): fc.Arbitrary<Pick<Transition, 'from' | 'to' | 'clear'>> {
  const firsts = regions.map(([first]) => first ?? '')
  const within = fc.constantFrom(...regions).chain((region) => {
    const living = region.filter((state) => !ends.has(state))
    const from = fc.constantFrom(...living).map((state) => [state])
    const to = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...living) }, fc.constantFrom(...region))
    return fc.record({ from, to: to.map((state) => [state]) })
  })
  if (outside.length === 0) return within
  const between = fc.constantFrom(...outside, ...outside.slice(0, 1))
  const enter = fc.record({ from: fc.constant(['in']), to: fc.constant(firsts) })
  const leave = fc
    .constantFrom(...regions.flat())
    .chain((state) =>
      fc.record({ from: fc.constant([state]), clear: fc.constant(['*']), to: between.map((one) => [one]) }),
    )
  const join = fc
    .tuple(...regions.map((region) => fc.constantFrom(...region)))
    .chain((from) => fc.record({ from: fc.constant(from), to: between.map((state) => [state]) }))
  if (outside.length === 1) return fc.oneof({ weight: 6, arbitrary: within }, leave)
  return fc.oneof({ weight: 12, arbitrary: within }, { weight: 3, arbitrary: enter }, leave, join)
}

/** Models most of which are statecharts: their sets of current states are configurations of regions. */
export const randomStatechart: fc.Arbitrary<Model> = shape.chain((chosen) => {
  const states = [...chosen.outside, ...chosen.regions.flat()]
  const moves = move(chosen).chain((moved) => fc.tuple(someSignal, fc.constant(moved), effects(moved.to)))
  const transition = moves.map(([on, moved, more]): Transition => ({
    name: `${on}: ${moved.from.join(' ')} > ${moved.to.join(' ')}`,
    on,
    ...moved,
    ...more,
  }))
  return fc.array(transition, { minLength: 6, maxLength: 16 }).map((transitions) => ({
    model: 'trial',
    version: '1.0.0',
    data: { n: 0, k: 1 },
    states,
    initial: chosen.outside.length > 1 ? ['in'] : chosen.regions.map(([first]) => first ?? ''),
    final: [...chosen.outside.filter((state) => state === 'out'), ...states.filter((state) => ends.has(state))],
    transitions,
  }))
})

export const randomLines: fc.Arbitrary<readonly string[]> = fc
  .array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          signal: someSignal,
          args: fc.record({ n: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: [] }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ advance: fc.constantFrom('500ms', '1s', '3s') }) },
    ),
    { minLength: 4, maxLength: 16 },
  )
  .map((lines) => lines.map((line) => JSON.stringify(line)))
