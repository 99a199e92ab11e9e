import { describe, expect, it } from 'vitest'
import { start } from './instance.ts'
import { take } from './take.ts'
import { compiledOf, inShort, modelOf, play, signalOf, transition } from './testing/scenario.ts'

describe('a macrostep', () => {
  it('semantics 2, macrostep: undelayed signals to self are taken at once, first in first out', () => {
    const model = modelOf([
      transition('go', ['a'], ['b'], { emit: [{ signal: 'one' }, { signal: 'two', to: 'self' }] }),
      transition('one', [], [], { emit: [{ signal: 'three' }] }),
      transition('two', [], []),
      transition('three', [], []),
    ])
    expect(inShort(play(model, ['go']))).toEqual(['go fired', 'one fired', 'two fired', 'three fired'])
  })

  it('semantics 2, macrostep: it is the same when the instance is named by its URL', () => {
    const model = modelOf([
      transition('go', ['a'], ['b'], { emit: [{ signal: 'one', to: 'model:trial/{id}' }] }),
      transition('one', [], []),
    ])
    const lines = play(model, ['go'])
    expect(inShort(lines)).toEqual(['go fired', 'one fired'])
    expect(lines[0]?.emitted[0]?.to).toBe('model:trial/simulation')
  })

  it('semantics 2, macrostep: one step that fails is undone alone, the others stand', () => {
    const model = modelOf([
      transition('go', ['a'], ['b'], { emit: [{ signal: 'bad' }, { signal: 'good' }] }),
      transition('bad', [], ['c'], { set: { n: '1 / 0' } }),
      transition('good', [], ['d']),
    ])
    const lines = play(model, ['go'])
    expect(inShort(lines)).toEqual(['go fired', 'bad failed', 'good fired'])
    expect(lines[2]?.states).toEqual(['b', 'd'])
  })

  it('semantics 2, macrostep, semantics 11, runaway: more than 1,000 steps undo all of it', () => {
    const compiled = compiledOf(
      [transition('go', [], ['b'], { set: { n: 'data.n + 1' }, share: { n: 'data.n' }, emit: [{ signal: 'go' }] })],
      { data: { n: 0 } },
    )
    const before = start(compiled, { id: 'x' })
    const taken = take(compiled, before, {}, signalOf('go'), 0)
    expect(taken.records).toHaveLength(1)
    expect(taken.records[0]).toMatchObject({ outcome: 'failed', reason: 'runaway', states: ['a'], data: { n: 0 } })
    expect(taken).toMatchObject({ effects: [], shared: {} })
    expect({ ...taken.instance, steps: 0, attention: null }).toEqual(before)
  })

  it('semantics 2, macrostep: exactly 1,000 steps are allowed', () => {
    const compiled = compiledOf(
      [transition('go', [], ['b'], { when: 'data.n < 1000', set: { n: 'data.n + 1' }, emit: [{ signal: 'go' }] })],
      { data: { n: 1 } },
    )
    const { records } = take(compiled, start(compiled, { id: 'x' }), {}, signalOf('go'), 0)
    expect(records).toHaveLength(1000)
    expect(records.at(-1)?.outcome).toBe('ignored')
  })

  it('semantics 2, macrostep: many signals deferred before do not count as one run away', () => {
    const compiled = compiledOf([transition('open', ['a'], ['b']), transition('late', ['b'], ['b'])], {
      signals: { late: { deferrable: true } },
    })
    let instance = start(compiled, { id: 'x' })
    for (let n = 0; n < 1000; n += 1)
      instance = take(compiled, instance, {}, signalOf('late', {}, { id: `late-${n}` }), 0).instance
    const { records, instance: after } = take(compiled, instance, {}, signalOf('open'), 0)
    expect(records).toHaveLength(1001)
    expect(records.every(({ outcome }) => outcome === 'fired')).toBe(true)
    expect(after.deferred).toEqual([])
  })

  it('semantics 2, macrostep: a deferral cannot hide an endless run', () => {
    const compiled = compiledOf(
      [
        transition('ping', ['a'], ['b'], { emit: [{ signal: 'ping' }, { signal: 'back' }] }),
        transition('back', ['b'], ['a']),
      ],
      { signals: { ping: { deferrable: true } } },
    )
    const { records, instance } = take(compiled, start(compiled, { id: 'x' }), {}, signalOf('ping'), 0)
    expect(records).toEqual([expect.objectContaining({ outcome: 'failed', reason: 'runaway' })])
    expect(instance.states).toEqual(['a'])
  })
})

describe('a signal that was deferred before', () => {
  it('semantics 2, macrostep: and whose guard fails now has failed, whatever becomes of what follows', () => {
    const compiled = compiledOf(
      [
        transition('go', ['a'], ['b'], { emit: [{ signal: 'own' }] }),
        transition('own', ['b'], ['c']),
        transition('bad', ['b'], ['d'], { when: '1 / 0 > 1' }),
        transition('loop', ['c'], ['c'], { emit: [{ signal: 'loop' }] }),
      ],
      { signals: { bad: { deferrable: true }, loop: { deferrable: true }, go: {}, own: {} } },
    )
    let instance = start(compiled, { id: 'x' })
    for (const type of ['bad', 'loop']) instance = take(compiled, instance, {}, signalOf(type), 0).instance
    const trial = compiledOf([...compiled.model.transitions, transition('bad', ['c'], ['d'], { when: '1 / 0 > 1' })], {
      signals: compiled.model.signals ?? {},
    })
    const { records, instance: after } = take(trial, instance, {}, signalOf('go'), 0)
    expect(records.map(({ signal, outcome, reason }) => `${signal.type} ${reason ?? outcome}`)).toEqual([
      'go fired',
      'own fired',
      'bad bad-value',
      'loop runaway',
    ])
    expect(after).toMatchObject({ states: ['c'], deferred: [] })
  })

  it('semantics 10, order: comes before the ends that were waited for, and those before what was held', () => {
    const model = modelOf(
      [
        transition('call', ['a'], ['b'], { call: [{ url: 'model:sub/1', as: 'c', wait: true, done: 'ok' }] }),
        transition('shift', ['b'], ['c']),
        transition('late', ['c'], ['d']),
        ...['ok', 'work'].map((on) => transition(on, [], [])),
      ],
      { signals: { call: {}, shift: { urgent: true }, late: { deferrable: true } } },
    )
    expect(inShort(play(model, ['late', 'call', 'shift', 'work', { child: 'c', done: {} }]))).toEqual([
      'late deferred',
      'call fired',
      'shift fired',
      'work held',
      'late fired',
      'ok fired',
      'work fired',
    ])
  })

  it('semantics 2.7: is tried again also when a newer call, which waits no more, ends the waiting', () => {
    const call = (wait: boolean) => ({ call: [{ url: 'model:sub/1', as: 'c', wait }] })
    const model = modelOf(
      [
        transition('call', ['a'], ['b'], call(true)),
        transition('shift', ['b'], ['c']),
        transition('loosen', [], [], call(false)),
        transition('late', ['c'], ['d']),
      ],
      { signals: { call: {}, shift: { urgent: true }, loosen: { urgent: true }, late: { deferrable: true } } },
    )
    expect(inShort(play(model, ['late', 'call', 'shift', 'loosen']))).toEqual([
      'late deferred',
      'call fired',
      'shift fired',
      'loosen fired',
      'late fired',
    ])
  })
})

describe('a signal that is deferred', () => {
  it('semantics 2.7: is not tried again because of a change before it came', () => {
    const model = modelOf(
      [
        transition('go', ['a'], ['b'], { emit: [{ signal: 'late' }, { signal: 'count' }] }),
        transition('count', ['b'], ['b'], { set: { n: 'data.n + 1' } }),
        transition('late', ['b'], ['c'], { when: 'data.n > 0' }),
        transition('move', ['b'], ['b', 'd']),
      ],
      { data: { n: 0 }, signals: { late: { deferrable: true }, go: {}, count: {}, move: {} } },
    )
    expect(inShort(play(model, ['go', 'move']))).toEqual([
      'go fired',
      'late deferred',
      'count fired',
      'move fired',
      'late fired',
    ])
  })

  it('semantics 2.7: is tried again also when an older one, tried before it, has run away', () => {
    const compiled = compiledOf(
      [
        transition('open', ['a'], ['b']),
        transition('loop', ['b'], ['b'], { emit: [{ signal: 'on' }] }),
        transition('on', ['b'], ['b'], { emit: [{ signal: 'on' }] }),
        transition('late', ['b'], ['c']),
      ],
      { signals: { loop: { deferrable: true }, late: { deferrable: true }, open: {}, on: {} } },
      { limits: { macrostepSteps: 10 } },
    )
    expect(inShort(play(compiled, ['loop', 'late', 'open']).slice(2))).toEqual([
      'open fired',
      'loop failed',
      'late fired',
    ])
  })
})

describe('the order of signals', () => {
  it('semantics 10, order: self-emitted first, then the oldest deferred that fires, then self-emitted again', () => {
    const model = modelOf(
      [
        transition('go', ['a'], ['b'], { emit: [{ signal: 'own' }] }),
        transition('own', ['b'], ['c']),
        transition('first', ['c'], ['d'], { emit: [{ signal: 'own2' }] }),
        transition('second', [], [], { when: '"b" in states || "c" in states || "d" in states' }),
        transition('own2', [], []),
      ],
      { signals: { first: { deferrable: true }, second: { deferrable: true } } },
    )
    expect(inShort(play(model, ['second', 'first', 'go']))).toEqual([
      'second deferred',
      'first deferred',
      'go fired',
      'own fired',
      'second fired',
      'first fired',
      'own2 fired',
    ])
  })

  it('semantics 10.3: a retry that fires nothing prints nothing', () => {
    const model = modelOf([transition('go', ['a'], ['b']), transition('late', ['c'], ['d'])], {
      signals: { late: { deferrable: true } },
    })
    expect(inShort(play(model, ['late', 'go']))).toEqual(['late deferred', 'go fired'])
  })

  it('semantics 2.11: signals to self that are left when the instance is done are rejected', () => {
    const model = modelOf([transition('go', ['a'], ['e'], { emit: [{ signal: 'go' }] })])
    expect(inShort(play(model, ['go']))).toEqual(['go fired', 'go rejected'])
  })
})
