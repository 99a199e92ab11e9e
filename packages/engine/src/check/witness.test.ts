import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Finding } from '../errors.ts'
import { modelOf } from '../testing/scenario.ts'
import type { Model, Transition } from '../types.ts'
import { check } from './check.ts'

const states = ['a', 'b', 'c', 'd', 'e']
const some = fc.subarray(states, { maxLength: 2 })
const transition: fc.Arbitrary<Transition> = fc.record(
  {
    name: fc.constant(''),
    on: fc.constantFrom('s', 't'),
    from: some,
    to: some,
    clear: fc.oneof(fc.subarray(states, { maxLength: 2 }), fc.constant(['*'])),
    when: fc.constantFrom('data.n == 1', 'data.n == 2', 'data.n == 3'),
  },
  { requiredKeys: ['name', 'on', 'from', 'to'] },
)
const model: fc.Arbitrary<Model> = fc
  .record({
    transitions: fc.array(transition, { minLength: 1, maxLength: 6 }),
    initial: fc.subarray(states, { minLength: 1, maxLength: 2 }),
    final: fc.subarray(states, { minLength: 1, maxLength: 3 }),
  })
  .map(({ transitions, ...more }) =>
    modelOf(
      transitions.map((each, index) => ({ ...each, name: `t${index}` })),
      { ...more, data: { n: 0 } },
    ),
  )

type States = readonly string[]
const key = (set: Iterable<string>): string => [...new Set(set)].sort().join(' ')
const statesOf = (text: string): States => text.split(' ').filter((state) => state !== '')

/** Every set that one signal can lead to, by all ways in which the guards may hold: sections 2.5, 2.6 and 2.8, tried out. */
function* stepsFrom({ transitions }: Model, set: States): Generator<{ on: string; fired: Transition[]; next: string }> {
  for (const on of ['s', 't']) {
    const possible = transitions.filter((each) => each.on === on && each.from.every((state) => set.includes(state)))
    const guarded = possible.filter(({ when }) => when !== undefined)
    for (let choice = 0; choice < 2 ** guarded.length; choice += 1) {
      const holds = new Set(guarded.filter((_, index) => Math.floor(choice / 2 ** index) % 2 === 1))
      const fired: Transition[] = []
      for (const each of possible) {
        const free = each.from.every((state) => fired.every(({ from }) => !from.includes(state)))
        if (free && (each.when === undefined || holds.has(each))) fired.push(each)
      }
      if (fired.length === 0) continue
      const gone = new Set(fired.flatMap(({ from, clear = [] }) => [...from, ...(clear.includes('*') ? set : clear)]))
      const next = key([...set.filter((state) => !gone.has(state)), ...fired.flatMap(({ to }) => to)])
      yield { on, fired, next }
    }
  }
}

interface Truth {
  /** Set → how many steps away it is. */
  readonly distance: ReadonlyMap<string, number>
  readonly fires: ReadonlySet<string>
  /** Set → the sets that follow. */
  readonly after: ReadonlyMap<string, ReadonlySet<string>>
}

const isDone = ({ final }: Model, set: States): boolean => set.every((state) => final.includes(state))

function explored(of: Model): Truth {
  const distance = new Map([[key(of.initial), 0]])
  const after = new Map<string, Set<string>>()
  const fires = new Set<string>()
  for (const [text, steps] of distance) {
    const following = new Set<string>()
    after.set(text, following)
    if (isDone(of, statesOf(text))) continue
    for (const { fired, next } of stepsFrom(of, statesOf(text))) {
      following.add(next)
      for (const { name } of fired) fires.add(name)
      if (!distance.has(next)) distance.set(next, steps + 1)
    }
  }
  return { distance, fires, after }
}

/** Sets from which no final one can be reached. */
function lost(of: Model, { after }: Truth): string[] {
  const good = new Set([...after.keys()].filter((text) => isDone(of, statesOf(text))))
  for (let grown = -1; grown !== good.size;) {
    grown = good.size
    for (const [text, following] of after) if ([...following].some((next) => good.has(next))) good.add(text)
  }
  return [...after.keys()].filter((text) => !good.has(text))
}

const least = (sets: readonly string[], { distance }: Truth): number | undefined =>
  sets.length === 0 ? undefined : Math.min(...sets.map((text) => distance.get(text)!))

/** Where the way leads. Throws when it is none. */
function follow(of: Model, { witness = [] }: Finding): string {
  let at = key(of.initial)
  for (const { signal, fired, states: then } of witness) {
    const ways = [...stepsFrom(of, statesOf(at))].filter(({ on, next }) => on === signal && next === key(then))
    if (!ways.some((way) => way.fired.map(({ name }) => name).join() === fired.join()))
      throw new Error(`${signal} fires no ${fired.join(', ')} in ${at}`)
    at = key(then)
  }
  return at
}

/** What must be found, with the length of a shortest way where there is one. */
function expected(of: Model, truth: Truth): string[] {
  const sets = [...truth.after.keys()]
  const open = sets.filter((text) => !isDone(of, statesOf(text)))
  const stuck = open.filter((text) => [...truth.after.get(text)!].every((next) => next === text))
  const idle = of.transitions.filter(({ name }) => !truth.fires.has(name))
  const current = of.transitions.flatMap(({ from, to, clear = [] }, at) =>
    to.flatMap((state, place) => {
      if (from.includes(state) || clear.includes(state) || clear.includes('*')) return []
      const where = open.filter((text) => [state, ...from].every((needed) => statesOf(text).includes(needed)))
      return where.length === 0 ? [] : [`already-current /transitions/${at}/to/${place} ${least(where, truth)}`]
    }),
  )
  const rivals = of.transitions.flatMap((second, at) =>
    of.transitions.slice(0, at).flatMap((one) => {
      const apart = one.when !== undefined && second.when !== undefined && one.when !== second.when
      if (one.on !== second.on || apart || !one.from.some((state) => second.from.includes(state))) return []
      const both = [...one.from, ...second.from]
      const where = open.filter((text) => both.every((needed) => statesOf(text).includes(needed)))
      return where.length === 0 ? [] : [`competing-transitions ${one.name} ${second.name} ${least(where, truth)}`]
    }),
  )
  const unreachable = states.filter((state) => !sets.some((text) => statesOf(text).includes(state)))
  const far = least(lost(of, truth), truth)
  return [
    ...unreachable.map((state) => `unreachable-state ${state}`),
    ...idle.map(({ name }) => `transition-never-fires ${name}`),
    ...stuck.map((text) => `deadlock ${text} ${truth.distance.get(text)}`).slice(0, 10),
    ...(far === undefined ? [] : [`cannot-complete ${far}`]),
    ...current,
    ...rivals,
  ].toSorted()
}

function said(of: Model, finding: Finding): string[] {
  const { code, pointer, message, witness } = finding
  const place = Number(pointer.split('/')[2])
  const steps = witness?.length
  const at = follow(of, finding)
  switch (code) {
    case 'unreachable-state':
      return [`${code} ${of.states[place]}`]
    case 'transition-never-fires':
      return [`${code} ${of.transitions[place]?.name}`]
    case 'deadlock':
      return [`${code} ${at} ${steps}`]
    case 'cannot-complete':
      return [`${code} ${steps}`]
    case 'already-current':
      return [`${code} ${pointer} ${steps}`]
    case 'competing-transitions':
      return [`${code} ${[...message.matchAll(/"(t\d+)"/g)].map((match) => match[1]).join(' ')} ${steps}`]
    default:
      return []
  }
}

it('semantics 9.1: what is found of reachable sets is all there is, each with a shortest way, as trying everything shows', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(model, (of) => {
      const truth = explored(of)
      const lines = check(of).flatMap((finding) => said(of, finding))
      for (const line of lines) seen.add(line.split(' ')[0]!)
      expect(lines.toSorted()).toEqual(expected(of, truth))
      const lostSets = lost(of, truth)
      const one = check(of).find(({ code }) => code === 'cannot-complete')
      expect(one === undefined || lostSets.includes(follow(of, one))).toBe(true)
    }),
    { numRuns: 2000 },
  )
  expect([...seen].toSorted()).toEqual([
    'already-current',
    'cannot-complete',
    'competing-transitions',
    'deadlock',
    'transition-never-fires',
    'unreachable-state',
  ])
}, 120_000)
