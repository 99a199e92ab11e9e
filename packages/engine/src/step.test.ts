import { describe, expect, it } from 'vitest'
import { start } from './instance.ts'
import { take } from './take.ts'
import { compiledOf, modelOf, play, signalOf, transition } from './testing/scenario.ts'

describe('a step: one signal, one instance', () => {
  it('semantics 2.1: an id that was taken answers duplicate with the first outcome and reply, also after the end', () => {
    const model = modelOf([transition('go', ['a'], ['e'], { args: { n: 'args.n + 1' } })])
    const [first, again, other] = play(model, [
      { signal: 'go', args: { n: 1 }, id: 'x' },
      { signal: 'go', args: { n: 1 }, id: 'x' },
      { signal: 'go', args: { n: 1 }, id: 'y' },
    ])
    expect(first).toMatchObject({ outcome: 'fired', args: { n: 2 }, done: true })
    expect(again).toMatchObject({
      outcome: 'duplicate',
      reason: 'fired',
      fired: first?.fired,
      args: { n: 2 },
      states: ['e'],
    })
    expect(other).toMatchObject({ outcome: 'rejected', reason: 'instance-done' })
  })

  it('semantics 2.1: rejected and failed signals do not take their id', () => {
    const model = modelOf([
      transition('go', ['a'], ['b'], { when: 'data.ready' }),
      transition('fix', ['a'], ['a'], { set: { ready: 'true' } }),
    ])
    const lines = play(model, [
      { signal: 'nope', id: 'x' },
      { signal: 'go', id: 'x' },
      'fix',
      { signal: 'go', id: 'x' },
    ])
    expect(lines.map(({ outcome }) => outcome)).toEqual(['rejected', 'failed', 'fired', 'fired'])
  })

  it('semantics 2.1: a signal that was held or deferred and taken later answers with its first outcome', () => {
    const model = modelOf([transition('open', ['a'], ['b']), transition('late', ['b'], ['c'])], {
      signals: { late: { deferrable: true }, open: {} },
    })
    const lines = play(model, [{ signal: 'late', id: 'x' }, 'open', { signal: 'late', id: 'x' }])
    expect(lines.map(({ outcome }) => outcome)).toEqual(['deferred', 'fired', 'fired', 'duplicate'])
    expect(lines[3]).toMatchObject({ reason: 'deferred', fired: [] })
  })

  it('semantics 2.2: a done instance rejects', () => {
    expect(play(modelOf([transition('go', ['a'], ['e'])]), ['go', 'go'])[1]).toMatchObject({
      outcome: 'rejected',
      reason: 'instance-done',
    })
  })

  it('semantics 2.3: a signal that no transition is on and that is not declared is rejected', () => {
    const model = modelOf([transition('go', ['a'], ['b'])], { signals: { declared: {} } })
    const lines = play(model, ['other', 'declared'])
    expect(lines[0]).toMatchObject({ outcome: 'rejected', reason: 'unknown-signal', states: ['a'] })
    expect(lines[1]).toMatchObject({ outcome: 'ignored' })
  })

  it('semantics 2.3: missing, unknown and ill-typed arguments are each named', () => {
    const model = modelOf([transition('go', ['a'], ['b'])], {
      signals: { go: { args: { text: 'string', count: 'int', note: 'string?' } } },
    })
    const [line] = play(model, [{ signal: 'go', args: { count: 1.5, extra: true } }])
    expect(line).toMatchObject({ outcome: 'rejected', reason: 'bad-arguments' })
    expect(line?.detail).toBe('text: missing; count: expected int; extra: not declared')
  })

  it.each(['15m', '1h30m', '2d', '1.5w', 'PT15M', 'P1DT1H', '-15m', '-PT0.5S', '500ms', '15250w', 'P15250W'])(
    'semantics 7.2: the duration %s is one in expressions too',
    (text) => {
      const model = modelOf([transition('go', ['a'], ['b'], { set: { for: 'duration(args.for)' } })], {
        signals: { go: { args: { for: 'duration' } } },
      })
      expect(play(model, [{ signal: 'go', args: { for: text } }])[0]).toMatchObject({ outcome: 'fired' })
    },
  )

  it.each([
    ['string', 'x', 1],
    ['int', 3, 3.5],
    ['float', 3.5, '3.5'],
    ['bool', true, 1],
    ['bytes', 'AQI=', 'no base64!'],
    ['timestamp', '2026-01-01T00:00:00Z', 'yesterday'],
    ['duration', 'PT15M', '15 minutes'],
    ['duration', '-2d', '--2d'],
    ['timestamp', '2024-02-29T00:00:00Z', '2026-02-29T00:00:00Z'],
    ['int', 9007199254740991, 9007199254740992],
    ['bytes', '', 'AQI'],
    ['list', [1], {}],
    ['map', { x: 1 }, []],
  ])('semantics 2.3: %s arguments', (type, good, bad) => {
    const model = modelOf([transition('go', ['a'], ['a'])], { signals: { go: { args: { value: type } } } })
    const [fine, wrong] = play(model, [
      { signal: 'go', args: { value: good } },
      { signal: 'go', args: { value: bad } },
    ])
    expect(fine?.outcome).toBe('fired')
    expect(wrong?.detail).toBe(`value: expected ${type}`)
  })

  it('semantics 2.5: enabled needs every from state and the guard', () => {
    const model = modelOf([
      transition('go', ['a', 'b'], ['c']),
      transition('go', ['a'], ['d'], { when: 'args.n > 1' }),
      transition('both', ['a'], ['a', 'b']),
    ])
    expect(play(model, [{ signal: 'go', args: { n: 1 } }])[0]?.outcome).toBe('ignored')
    expect(play(model, [{ signal: 'go', args: { n: 2 } }])[0]?.states).toEqual(['d'])
    expect(play(model, ['both', { signal: 'go', args: { n: 2 } }])[1]?.states).toEqual(['c'])
  })

  it('semantics 2.5: guards are judged against what stood when the signal arrived', () => {
    const model = modelOf(
      [
        transition('go', ['a'], ['c'], { set: { n: '5' } }),
        transition('go', ['b'], ['d'], { when: 'data.n == 0', set: { seen: 'data.n' } }),
      ],
      { initial: ['a', 'b'], data: { n: 0 } },
    )
    expect(play(model, ['go'])[0]).toMatchObject({ states: ['c', 'd'], data: { n: 5, seen: 5 } })
  })

  it('semantics 2.5: from [] is always enabled and removes nothing', () => {
    expect(play(modelOf([transition('add', [], ['b'])]), ['add', 'add']).map(({ states }) => states)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ])
  })

  it('semantics 2.6: transitions in different regions both fire; of competing ones the first declared wins', () => {
    const first = transition('go', ['a'], ['c'])
    const rival = transition('go', ['a', 'b'], ['e'])
    const region = transition('go', ['b'], ['d'])
    expect(play(modelOf([first, rival, region], { initial: ['a', 'b'] }), ['go'])[0]).toMatchObject({
      fired: [first.name, region.name],
      states: ['c', 'd'],
    })
    expect(play(modelOf([rival, first, region], { initial: ['a', 'b'] }), ['go'])[0]?.fired).toEqual([rival.name])
  })

  it('semantics 2.6: a state that an earlier transition clears is not consumed', () => {
    const model = modelOf([transition('go', ['a'], ['c'], { clear: ['b'] }), transition('go', ['b'], ['d'])], {
      initial: ['a', 'b'],
    })
    expect(play(model, ['go'])[0]?.states).toEqual(['c', 'd'])
  })

  it('semantics 2.7: what fires nothing is ignored, recorded, and changes nothing', () => {
    const compiled = compiledOf([transition('go', ['b'], ['c'])])
    const before = start(compiled, { id: 'x' })
    const { instance, records } = take(compiled, before, {}, signalOf('go'), 0)
    expect(records[0]).toMatchObject({ outcome: 'ignored', step: 1 })
    expect(instance).toEqual({ ...before, steps: 1 })
  })

  it('semantics 2.7: a deferrable signal is tried again, oldest first, after a step that changed the states', () => {
    const model = modelOf(
      [
        transition('open', ['a'], ['b']),
        transition('late', ['b'], ['c']),
        transition('late', ['c'], ['d']),
        transition('note', [], [], { set: { n: '1' } }),
      ],
      { signals: { late: { deferrable: true, args: { n: 'int' } }, open: {}, note: {} } },
    )
    const lines = play(model, [{ signal: 'late', args: { n: 1 } }, { signal: 'late', args: { n: 2 } }, 'note', 'open'])
    expect(lines.map(({ signal, outcome, args }) => [signal, outcome, args['n'] ?? 0])).toEqual([
      ['late', 'deferred', 1],
      ['late', 'deferred', 2],
      ['note', 'fired', 0],
      ['open', 'fired', 0],
      ['late', 'fired', 1],
      ['late', 'fired', 2],
    ])
  })

  it('semantics 2.8: from and clear go, to comes; ["*"] clears all; clear requires nothing', () => {
    const initial = ['a', 'b', 'c']
    expect(
      play(modelOf([transition('go', ['a'], ['d'], { clear: ['b', 'e'] })], { initial }), ['go'])[0]?.states,
    ).toEqual(['c', 'd'])
    expect(play(modelOf([transition('go', [], ['d'], { clear: ['*'] })], { initial }), ['go'])[0]?.states).toEqual([
      'd',
    ])
    expect(play(modelOf([transition('go', ['a'], ['a', 'b'])], { initial }), ['go'])[0]?.states).toEqual([
      'a',
      'b',
      'c',
    ])
  })

  it('semantics 2.8: a state that one transition leaves and another enters is current', () => {
    const model = modelOf([transition('go', ['a'], ['b']), transition('go', ['b'], ['c'])], { initial: ['a', 'b'] })
    expect(play(model, ['go'])[0]?.states).toEqual(['b', 'c'])
  })

  it('semantics 2.9: args, set, share, then effects, each with the then-current values and the new states', () => {
    const model = modelOf(
      [
        transition('go', ['a'], ['b'], {
          args: { n: 'args.n * 10', m: 'args.n + 1' },
          set: { x: 'args.n', y: 'data.x + 1', where: 'states' },
          share: { total: 'shared.total + data.y' },
          tasks: [{ task: 'tell', args: { total: 'shared.total' } }],
          emit: [{ signal: 'seen', args: { y: 'data.y' } }],
          call: [{ url: 'model:other/{data.y}', as: 'o', args: { total: 'shared.total' } }],
        }),
        transition('go', ['c'], ['d'], { set: { later: 'shared.total' } }),
        transition('seen', [], []),
      ],
      { initial: ['a', 'c'], shared: { total: 1 } },
    )
    expect(play(model, [{ signal: 'go', args: { n: 1 } }])[0]).toMatchObject({
      args: { n: 10, m: 11 },
      data: { x: 10, y: 11, where: ['b', 'd'], later: 12 },
      shared: { total: 12 },
      tasks: [{ task: 'tell', args: { total: 12 } }],
      emitted: [{ signal: 'seen', to: 'self', args: { y: 11 } }],
      calls: [{ url: 'model:other/11?total=12', as: 'o', wait: false }],
    })
  })

  it('semantics 2.10: delayed signals whose while states are no longer all current are cancelled', () => {
    const model = modelOf([
      transition('arm', ['a'], ['b'], {
        emit: [
          { signal: 'ring', after: '1m', while: ['b'] },
          { signal: 'ring', after: '2m' },
        ],
      }),
      transition('move', ['b'], ['c']),
      transition('ring', [], []),
    ])
    expect(play(model, ['arm', { advance: '5m' }]).map(({ signal }) => signal)).toEqual(['arm', 'ring', 'ring'])
    expect(play(model, ['arm', 'move', { advance: '5m' }]).map(({ signal }) => signal)).toEqual(['arm', 'move', 'ring'])
  })

  it('semantics 2.10: a delayed signal whose while states are not current after its own step never rings', () => {
    const model = modelOf([
      transition('arm', ['a'], ['b'], { emit: [{ signal: 'ring', after: '1m', while: ['a'] }] }),
      transition('ring', [], []),
    ])
    expect(play(model, ['arm', { advance: '5m' }])).toHaveLength(1)
  })

  it('semantics 2.11: done when every current state is final, or none is left; not when one is not final', () => {
    expect(play(modelOf([transition('go', ['a'], ['e'])]), ['go'])[0]?.done).toBe(true)
    expect(play(modelOf([transition('go', ['a'], [])]), ['go'])[0]).toMatchObject({ states: [], done: true })
    expect(play(modelOf([transition('go', ['a'], ['e'])], { initial: ['a', 'b'] }), ['go'])[0]?.done).toBe(false)
  })

  it('semantics 2.11: at the end delayed and deferred signals are dropped and recorded, children cancelled, the parent told', () => {
    const compiled = compiledOf(
      [
        transition('arm', ['a'], ['b'], {
          emit: [{ signal: 'ring', after: '1m' }],
          call: [{ url: 'model:other/1', as: 'o' }],
        }),
        transition('ring', [], []),
        transition('go', ['b'], ['e']),
      ],
      {
        signals: { ring: { deferrable: true }, later: { deferrable: true }, arm: {}, go: {} },
        returns: { n: 'call.n + 1' },
      },
    )
    const parent = { url: 'model:top@1.0.0/p', as: 'me' }
    let instance = start(compiled, { id: 'x', call: { n: 1, m: 2 }, parent })
    for (const type of ['arm', 'later']) instance = take(compiled, instance, {}, signalOf(type), 0).instance
    const { effects, instance: ended } = take(compiled, instance, {}, signalOf('go'), 0)
    expect(effects.map(({ kind }) => kind)).toEqual(['timer-cancelled', 'dropped', 'dropped', 'cancel-child', 'ended'])
    expect(effects.at(-1)).toEqual({ kind: 'ended', parent, returns: { n: 2, m: 2 }, failure: null })
    expect(ended).toMatchObject({ done: true, timers: [], deferred: [], children: [] })
  })

  it('semantics 2.12: the signal comes back with its arguments as changed', () => {
    const model = modelOf([transition('go', ['a'], ['b'], { args: { price: '7' } })])
    expect(play(model, [{ signal: 'go', args: { item: 'x' } }])[0]).toMatchObject({
      outcome: 'fired',
      fired: ['go: a -> b'],
      states: ['b'],
      args: { item: 'x', price: 7 },
    })
  })
})

describe('an error in an expression', () => {
  it.each([
    ['a guard', { when: 'data.missing > 1' }, 'data.missing > 1', 'missing-key'],
    ['a guard that is no bool', { when: '1' }, '1', 'type-error'],
    ['args', { args: { n: '1 / 0' } }, '1 / 0', 'bad-value'],
    ['set', { set: { n: '"a" + 1' } }, '"a" + 1', 'type-error'],
    ['share', { share: { n: 'nobody' } }, 'nobody', 'unknown-name'],
    ['a task', { tasks: [{ task: 't', args: { n: 'args.nope' } }] }, 'args.nope', 'missing-key'],
    ['an address', { emit: [{ signal: 'go', to: 'child:{data.nope}' }] }, 'data.nope', 'missing-key'],
    ['a delay', { emit: [{ signal: 'go', after: '{data.nope}' }] }, 'data.nope', 'missing-key'],
    ['a call', { call: [{ url: 'model:other/{data.nope}', as: 'o' }] }, 'data.nope', 'missing-key'],
  ])('semantics 2, errors: in %s undoes the whole step and flags the instance', (_, more, expression, reason) => {
    const compiled = compiledOf(
      [transition('go', ['b'], ['c'], { set: { kept: '1' } }), transition('go', ['a'], ['d'], more)],
      { initial: ['a', 'b'] },
    )
    const before = start(compiled, { id: 'x' })
    const taken = take(compiled, before, { s: 1 }, signalOf('go'), 0)
    expect(taken.records[0]).toMatchObject({ outcome: 'failed', reason, fired: [], effects: [], states: ['a', 'b'] })
    expect(taken.records[0]?.detail).toContain('transition "go: a -> d"')
    expect(taken.records[0]?.detail).toContain(expression)
    expect(taken.instance.attention).toContain(reason)
    expect({ ...taken.instance, attention: null, steps: 0 }).toEqual(before)
    expect(taken.shared).toEqual({ s: 1 })
    expect(taken.effects).toEqual([])
  })

  it.each([
    ['data-too-large', { set: { n: 'args.text' } }],
    ['too-many-timers', { emit: [{ signal: 'go', after: '1m' }] }],
    ['bad-url', { emit: [{ signal: 'go', to: '{args.text}' }] }],
    ['child-name-taken', { call: ['c', 'd'].map((as) => ({ url: 'model:sub/1', as })) }],
  ])('semantics 2, errors: %s names the transition too', (reason, more) => {
    const compiled = compiledOf([transition('go', ['a'], ['b'], more)], {}, { limits: { dataBytes: 20, timers: 0 } })
    const { records } = take(compiled, start(compiled, { id: 'x' }), {}, signalOf('go', { text: 'x'.repeat(20) }), 0)
    expect(records[0]).toMatchObject({ outcome: 'failed', reason })
    expect(records[0]?.detail).toContain('transition "go: a -> b"')
  })

  it('semantics 2, errors: in returns undoes the step that would have ended the instance', () => {
    const compiled = compiledOf([transition('go', ['a'], ['e'])], { returns: { n: 'data.nope' } })
    const { records, instance } = take(compiled, start(compiled, { id: 'x' }), {}, signalOf('go'), 0)
    expect(records[0]).toMatchObject({ outcome: 'failed', reason: 'missing-key' })
    expect(instance).toMatchObject({ states: ['a'], done: false })
  })
})
