import { describe, expect, it } from 'vitest'
import { start } from './instance.ts'
import { migrate } from './migrate.ts'
import { take } from './take.ts'
import { compiledOf, signalOf, transition } from './testing/scenario.ts'

const from = compiledOf(
  [
    transition('go', ['a'], ['b'], { emit: [{ signal: 'ring', after: '1m', while: ['b'] }] }),
    transition('ring', [], []),
  ],
  { data: { n: 1 } },
)
const before = take(from, start(from, { id: 'i' }), {}, signalOf('go'), 0).instance
const next = (more: object = {}) =>
  compiledOf([transition('go', ['x'], ['y']), transition('ring', [], [])], {
    version: '2.0.0',
    states: ['x', 'y', 'e'],
    initial: ['x'],
    data: { n: 9, extra: true },
    ...more,
  })

describe('moving an instance to another version', () => {
  it('semantics 6.2: states move by the map, data keeps its values, delayed signals move along', () => {
    expect(migrate(before, from, next(), { b: 'y' })).toEqual({
      instance: {
        ...before,
        version: '2.0.0',
        states: ['y'],
        data: { n: 1, extra: true },
        timers: [{ ...before.timers[0], while: ['y'] }],
      },
    })
  })

  it('semantics 6.2: a state keeps its name also when every object has something of that name', () => {
    const old = compiledOf([transition('go', ['a'], ['constructor'])], { states: ['a', 'constructor', 'e'] })
    const moved = compiledOf([transition('go', ['a'], ['constructor'])], {
      states: ['a', 'constructor', 'e'],
      version: '2.0.0',
    })
    const { instance } = take(old, start(old, { id: 'i' }), {}, signalOf('go'), 0)
    expect(migrate(instance, old, moved, {})).toMatchObject({ instance: { states: ['constructor'] } })
  })

  it('semantics 6.2: one state can become several; a state that is not mapped keeps its name', () => {
    const moved = migrate({ ...before, states: ['b', 'e'] }, from, next(), { b: ['x', 'y'] })
    expect(moved).toMatchObject({ instance: { states: ['e', 'x', 'y'] } })
  })

  it('semantics 6.3: what could not move says why, everything at once', () => {
    const deaf = next({ transitions: [transition('other', ['x'], ['y'])] })
    expect(migrate(before, from, deaf, { zz: 'q' })).toEqual({
      reasons: [
        'map: version 1.0.0 has no state zz',
        'map: version 2.0.0 has no state q',
        'signal ring: version 2.0.0 does not know it',
        'state b: version 2.0.0 has no state b',
      ],
    })
  })

  it.each([
    ['a done instance', { ...before, done: true }, { b: 'y' }, 'the instance is done'],
    [
      'an instance of another version',
      { ...before, version: '1.1.0' },
      { b: 'y' },
      'the instance runs trial@1.1.0, not trial@1.0.0',
    ],
    ['a move that would end it', before, { b: 'e' }, 'states e would end the instance without a step'],
  ])('semantics 6.3: %s does not move', (_, instance, map, reason) => {
    expect(migrate(instance, from, next(), map)).toEqual({ reasons: expect.arrayContaining([reason]) })
  })

  it('semantics 6.3: another model is no version of this one', () => {
    expect(migrate(before, from, next({ model: 'stranger' }), { b: 'y' })).toEqual({
      reasons: ['stranger is another model than trial'],
    })
  })
})
