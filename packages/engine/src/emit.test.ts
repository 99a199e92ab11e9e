import { describe, expect, it } from 'vitest'
import { dueTimers, start } from './instance.ts'
import { take } from './take.ts'
import { compiledOf, modelOf, play, signalOf, transition } from './testing/scenario.ts'
import type { Emit, Instance, Taken } from './types.ts'

const parent = { url: 'model:top@1.0.0/p', as: 'me' }

function emitting(emit: readonly Emit[], more: Partial<Instance> = {}, from = 'external'): Taken {
  const compiled = compiledOf([transition('go', ['a'], ['b'], { emit }), transition('got', [], [])], {
    data: { who: 'x/y', url: 'model:z/1' },
  })
  return take(
    compiled,
    { ...start(compiled, { id: 'i', parent }), ...more },
    {},
    signalOf('go', { n: 1 }, { from }),
    1000,
  )
}

describe('who generates signals: emit', () => {
  it('semantics 3.2: to the parent, the sender, a subinstance and an instance by its URL', () => {
    const children = [{ as: 'stb x/y', url: 'model:delivery@1/o-x', wait: false }]
    const emits: Emit[] = [
      { signal: 'p', to: 'parent', args: { n: 'args.n' } },
      { signal: 's', to: 'sender' },
      { signal: 'c', to: 'child:stb {data.who}' },
      { signal: 'u', to: 'model:other@2/{data.who}' },
      { signal: 'v', to: '{data.url}' },
    ]
    const { effects, records } = emitting(emits, { children }, 'model:peer@1.0.0/q')
    expect(effects.map((effect) => effect.kind === 'signal' && [effect.to, effect.signal.type])).toEqual([
      ['model:top@1.0.0/p', 'p'],
      ['model:peer@1.0.0/q', 's'],
      ['model:delivery@1/o-x', 'c'],
      ['model:other@2/x%2Fy', 'u'],
      ['model:z/1', 'v'],
    ])
    expect(records[0]?.emitted.map(({ to }) => to)).toEqual([
      'parent',
      'sender',
      'child:stb x/y',
      'model:other@2/x%2Fy',
      'model:z/1',
    ])
    expect(effects[0]).toMatchObject({ signal: { args: { n: 1 }, from: 'model:trial@1.0.0/i' } })
  })

  it('semantics 3.6: a signal to nobody is recorded and sent to nobody; the step stands', () => {
    const { effects, records } = emitting(
      [
        { signal: 'p', to: 'parent' },
        { signal: 's', to: 'sender' },
        { signal: 'c', to: 'child:none' },
      ],
      { parent: null },
    )
    expect(records[0]).toMatchObject({ outcome: 'fired' })
    expect(records[0]?.emitted).toHaveLength(3)
    expect(effects).toEqual([])
  })

  it('semantics 3.11: ids derive from instance, step and place, so that the same step makes the same ids', () => {
    const ids = (taken: Taken): string[] =>
      taken.effects.map((effect) => (effect.kind === 'signal' ? effect.signal.id : ''))
    const emits = [
      { signal: 'p', to: 'parent' },
      { signal: 'q', to: 'parent' },
    ]
    expect(ids(emitting(emits))).toEqual(['model:trial@1.0.0/i/1/0', 'model:trial@1.0.0/i/1/1'])
    expect(emitting(emits)).toEqual(emitting(emits))
  })

  it('semantics 3.2: text that is no URL undoes the step', () => {
    expect(emitting([{ signal: 'u', to: '{data.who}' }]).records[0]).toMatchObject({
      outcome: 'failed',
      reason: 'bad-url',
    })
  })

  it('semantics 3.5: the signal as changed goes back to the instance that emitted it', () => {
    const compiled = compiledOf([transition('ask', ['a'], ['b'], { args: { answer: '42' } })])
    const asked = signalOf('ask', { q: 'x' }, { from: 'model:peer@1.0.0/q', reply: 'answered' })
    const { effects } = take(compiled, start(compiled, { id: 'i' }), {}, asked, 0)
    expect(effects).toEqual([
      {
        kind: 'signal',
        to: 'model:peer@1.0.0/q',
        signal: {
          id: 'model:trial@1.0.0/i/1/0',
          type: 'answered',
          args: { q: 'x', answer: 42 },
          from: 'model:trial@1.0.0/i',
          returned: true,
        },
      },
    ])
  })

  it('semantics 3.5: to self too; and none for a signal that fired nothing', () => {
    const model = modelOf([
      transition('go', ['a'], ['b'], { emit: [{ signal: 'ask', reply: 'answered' }] }),
      transition('ask', ['b'], ['c']),
      transition('answered', [], []),
    ])
    expect(play(model, ['go']).map(({ signal }) => signal)).toEqual(['go', 'ask', 'answered'])
    const compiled = compiledOf([transition('ask', ['b'], ['c'])])
    expect(
      take(compiled, start(compiled, { id: 'i' }), {}, signalOf('ask', {}, { from: parent.url, reply: 'r' }), 0)
        .effects,
    ).toEqual([])
  })

  it('semantics 3.7: a returned signal is trimmed to what its declaration names', () => {
    const compiled = compiledOf([transition('answered', [], ['b'])], {
      signals: { answered: { args: { answer: 'int' } } },
    })
    const returned = signalOf('answered', { answer: 1, q: 'x' }, { from: parent.url, returned: true })
    expect(take(compiled, start(compiled, { id: 'i' }), {}, returned, 0).records[0]).toMatchObject({
      outcome: 'fired',
      args: { answer: 1 },
    })
  })
})

describe('who generates signals: time', () => {
  it.each([
    ['15m', 901_000],
    ['PT15M', 901_000],
    ['1h30m', 5_401_000],
    ['{duration("15m")}', 901_000],
    ["args.n == 1 ? '2s' : 'PT1M'", 3000],
    ['{"1.5s"}', 2500],
  ])('semantics 3.3: after %s', (after, due) => {
    const { instance, effects } = emitting([{ signal: 'got', after, while: ['b'] }])
    expect(instance.timers).toEqual([expect.objectContaining({ due, while: ['b'] })])
    expect(effects).toEqual([{ kind: 'timer-set', timer: instance.timers[0] }])
  })

  it.each([['{-1}'], ['{"soon"}'], ['{"-5m"}']])(
    'semantics 3.3: after %s is no duration and undoes the step',
    (after) => {
      expect(emitting([{ signal: 'got', after }]).records[0]).toMatchObject({ outcome: 'failed', reason: 'bad-value' })
    },
  )

  it.each([{ at: '"9999-12-31T23:59:59-01:00"' }, { at: 'timestamp("9999-12-31T23:59:59.9999Z")' }])(
    'semantics 3.9: %j is beyond the year 9999 and undoes the step',
    (when) => {
      expect(emitting([{ signal: 'got', ...when }]).records[0]).toMatchObject({
        outcome: 'failed',
        reason: 'bad-value',
      })
    },
  )

  it('semantics 3.3, semantics 3.9: at an instant, also one that has passed', () => {
    expect(emitting([{ signal: 'got', at: 'timestamp("1970-01-01T00:01:00Z")' }]).instance.timers[0]?.due).toBe(60_000)
    expect(emitting([{ signal: 'got', at: 'now - duration("1s")' }]).instance.timers[0]?.due).toBe(0)
  })

  it('semantics 3.8: due signals come in order of due time, ties in order of emission, and are taken once', () => {
    const compiled = compiledOf([
      transition('go', ['a'], ['b'], {
        emit: [
          { signal: 'two', after: '2s' },
          { signal: 'one', after: '1s' },
          { signal: 'tie', after: '1s' },
        ],
      }),
      ...['one', 'two', 'tie'].map((on) => transition(on, [], [])),
    ])
    let { instance } = take(compiled, start(compiled, { id: 'i' }), {}, signalOf('go'), 0)
    expect(dueTimers(instance, 999)).toEqual([])
    expect(dueTimers(instance, 5000).map(({ signal }) => signal.type)).toEqual(['one', 'tie', 'two'])
    for (const timer of dueTimers(instance, 1000)) ({ instance } = take(compiled, instance, {}, timer.signal, 1000))
    expect(instance.timers.map(({ signal }) => signal.type)).toEqual(['two'])
  })

  it('semantics 3.10: a delayed signal to another instance waits here and leaves without a step', () => {
    const compiled = compiledOf([
      transition('go', ['a'], ['b'], { emit: [{ signal: 'late', to: 'parent', after: '1s', while: ['b'] }] }),
    ])
    const { instance } = take(compiled, start(compiled, { id: 'i', parent }), {}, signalOf('go'), 0)
    const [timer] = dueTimers(instance, 1000)
    expect(timer).toMatchObject({ to: parent.url })
    const sent = take(compiled, instance, {}, timer?.signal ?? signalOf('none'), 1000)
    expect(sent).toMatchObject({ records: [], effects: [{ kind: 'signal', to: parent.url }], instance: { timers: [] } })
  })

  it('semantics 3.10: a delayed signal to a subinstance that the same step calls is kept for it; to nobody it is not', () => {
    const compiled = compiledOf([
      transition('go', ['a'], ['b'], {
        emit: [
          { signal: 'late', to: 'child:c', after: '1s' },
          { signal: 'late', to: 'child:none', after: '1s' },
        ],
        call: [{ url: 'model:sub/1', as: 'c' }],
      }),
    ])
    const { instance, effects } = take(compiled, start(compiled, { id: 'i' }), {}, signalOf('go'), 0)
    expect(instance.timers).toMatchObject([{ to: 'model:sub/1', due: 1000 }])
    expect(effects.map(({ kind }) => kind)).toEqual(['call', 'timer-set'])
  })

  it('semantics 2.9, cancel: takes back the delayed signals of a type', () => {
    const model = modelOf([
      transition('go', ['a'], ['b'], {
        emit: [
          { signal: 'x', after: '1s' },
          { signal: 'y', after: '1s' },
        ],
      }),
      transition('stop', ['b'], ['b'], { cancel: ['x'] }),
      transition('x', [], []),
      transition('y', [], []),
    ])
    expect(play(model, ['go', 'stop', { advance: '2s' }]).map(({ signal }) => signal)).toEqual(['go', 'stop', 'y'])
  })

  it('semantics 3.8: a signal from outside that carries the id of a delayed one takes nothing off', () => {
    const { instance } = emitting([{ signal: 'got', after: '1s' }])
    const compiled = compiledOf([transition('got', [], [])])
    const forged = signalOf('got', {}, { id: instance.timers[0]?.id ?? '' })
    expect(take(compiled, instance, {}, forged, 0).instance.timers).toEqual(instance.timers)
  })

  it('semantics 2, errors: a due signal whose step fails is used up, and the instance is flagged', () => {
    const compiled = compiledOf([
      transition('go', ['a'], ['b'], { emit: [{ signal: 'x', after: '1s' }] }),
      transition('x', [], [], { set: { n: '1/0' } }),
    ])
    const { instance } = take(compiled, start(compiled, { id: 'i' }), {}, signalOf('go'), 0)
    const failed = take(compiled, instance, {}, instance.timers[0]?.signal ?? signalOf('none'), 1000)
    expect(failed.instance.timers).toEqual([])
    expect(failed.instance.attention).toContain('x failed')
  })
})
