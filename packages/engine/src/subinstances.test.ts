import { describe, expect, it } from 'vitest'
import { compileModel } from './compile.ts'
import { start } from './instance.ts'
import { childEnded, take } from './take.ts'
import { compiledOf, inShort, modelOf, play, signalOf, transition } from './testing/scenario.ts'
import type { Call, Emit } from './types.ts'

const waiting: Call = { url: 'model:sub/{args.n}', as: 'c{args.n}', wait: true, done: 'ok', failed: 'bad' }
const model = modelOf(
  [
    transition('call', [], ['b'], { call: [waiting] }),
    transition('ok', [], [], { set: { ends: 'data.ends + [args.n]' } }),
    transition('bad', [], [], { set: { ends: 'data.ends + [args.error]' } }),
    transition('work', [], ['c']),
    transition('urgent', [], ['d']),
  ],
  {
    data: { ends: [] },
    signals: {
      call: { args: { n: 'int' }, urgent: true },
      ok: { args: { n: 'int' } },
      bad: { args: { error: 'string' } },
      work: {},
      urgent: { urgent: true },
    },
  },
)
const call = (n: number) => ({ signal: 'call', args: { n } })

describe('calls', () => {
  it('semantics 5.1, semantics 5.2: the URL is filled in percent-encoded, arguments are an expression each, written out whole as a query', () => {
    const compiled = compiledOf(
      [
        transition('go', ['a'], ['b'], {
          call: [
            {
              url: 'model:delivery@1/{data.order}-{data.device}',
              as: 'd',
              args: { device: 'data.device', attempt: '2' },
            },
          ],
        }),
      ],
      { data: { order: 'o7', device: 'stb/1' } },
    )
    const { effects, instance } = take(compiled, start(compiled, { id: 'i' }), {}, signalOf('go'), 0)
    expect(effects).toEqual([
      {
        kind: 'call',
        model: 'delivery',
        version: '1',
        id: 'o7-stb/1',
        url: 'model:delivery@1/o7-stb%2F1?device=%22stb%2F1%22&attempt=2',
        as: 'd',
        wait: false,
        args: { device: 'stb/1', attempt: 2 },
      },
    ])
    expect(instance.children).toEqual([{ as: 'd', url: 'model:delivery@1/o7-stb%2F1', wait: false }])
  })

  it('semantics 4.2: an end whose step is refused is used up all the same: the parent waits no longer', () => {
    const compiled = compileModel(model)
    const called = take(compiled, start(compiled, { id: 'i' }), {}, signalOf('call', { n: 1 }), 0).instance
    const holding = take(compiled, called, {}, signalOf('work'), 1).instance
    const refuse = { reason: 'task-threw', detail: 'no' }
    const { instance, records } = childEnded(compiled, holding, {}, 'c1', { returns: { n: 1 } }, 2, { refuse })
    expect(records.map(({ signal, outcome }) => `${signal.type} ${outcome}`)).toEqual(['ok failed', 'work fired'])
    expect(instance).toMatchObject({ children: [], held: [], data: { ends: [] } })
    expect(instance.attention).toBe('ok failed: task-threw: no')
  })

  it('semantics 5.1: one transition can call a child per element, in a loop of signals to self', () => {
    const loop = modelOf(
      [
        transition('each', [], ['b'], {
          when: 'size(args.left) > 0',
          call: [{ url: 'model:sub/{args.left[0]}', as: '{args.left[0]}', wait: true }],
          emit: [{ signal: 'each', args: { left: 'args.left.filter(x, x != args.left[0])' } }],
        }),
      ],
      { signals: { each: { urgent: true, args: { left: 'list' } } } },
    )
    const lines = play(loop, [{ signal: 'each', args: { left: ['x', 'y', 'z'] } }])
    expect(lines.flatMap(({ calls }) => calls.map(({ url }) => url))).toEqual([
      'model:sub/x',
      'model:sub/y',
      'model:sub/z',
    ])
  })

  it('semantics 5.4: the same call again joins; another instance of that name, or another name for it, undoes the step', () => {
    const named = (url: string, as: string) =>
      transition('go', [], [], { when: `args.url == "${url}" && args.as == "${as}"`, call: [{ url, as }] })
    const trial = modelOf([named('model:sub/1', 'x'), named('model:sub/2', 'x'), named('model:sub/1', 'y')])
    const go = (url: string, as: string) => ({ signal: 'go', args: { url, as } })
    const lines = play(trial, [
      go('model:sub/1', 'x'),
      go('model:sub/1', 'x'),
      go('model:sub/2', 'x'),
      go('model:sub/1', 'y'),
    ])
    expect(lines.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      'fired',
      'fired',
      'child-name-taken',
      'child-name-taken',
    ])
  })

  it('semantics 2, errors: of a call with several mistakes the first is named: its url, its as, the depth, its args', () => {
    const failing = (call: Partial<Call>, callDepth = 0): string | undefined => {
      const going = transition('go', ['a'], ['b'], { call: [{ url: 'model:sub/1', as: 'x', ...call }] })
      const compiled = compiledOf([going], { data: { n: [] } }, { limits: { callDepth } })
      return take(compiled, start(compiled, { id: 'i' }), {}, signalOf('go'), 0).records[0]?.reason
    }
    const args = { n: 'data.nope' }
    expect(failing({ url: 'model:sub/{data.nope}', as: 'k{data.n}', args })).toBe('missing-key')
    expect(failing({ url: 'model:sub/{""}', as: 'k{data.n}', args })).toBe('bad-url')
    expect(failing({ as: 'k{data.n}', args })).toBe('type-error')
    expect(failing({ args })).toBe('too-deep')
    expect(failing({ args }, 1)).toBe('missing-key')
  })

  it('semantics 2, errors: of a signal with several mistakes the first is named: its args, its to, its after', () => {
    const failing = (emit: Partial<Emit>): string | undefined => {
      const going = transition('go', ['a'], ['b'], { emit: [{ signal: 'go', ...emit }] })
      const compiled = compiledOf([going], { data: { n: 1.5 } })
      return take(compiled, start(compiled, { id: 'i' }), {}, signalOf('go'), 0).records[0]?.reason
    }
    const to = '{"nowhere"}'
    const after = '{data.n}'
    expect(failing({ args: { n: 'data.nope' }, to, after })).toBe('missing-key')
    expect(failing({ to, after })).toBe('bad-url')
    expect(failing({ after })).toBe('bad-value')
  })

  it('semantics 5.5: a subinstance sees its arguments as call, and returns them as changed', () => {
    const compiled = compiledOf([transition('go', ['a'], ['e'], { set: { seen: 'call.n' } })], {
      returns: { n: 'call.n + 1' },
    })
    const parent = { url: 'model:top@1.0.0/p', as: 'me' }
    const { effects } = take(
      compiled,
      start(compiled, { id: 'i', call: { n: 1, m: 'x' }, parent }),
      {},
      signalOf('go'),
      0,
    )
    expect(effects).toEqual([{ kind: 'ended', parent, returns: { n: 2, m: 'x' }, failure: null }])
  })

  it('semantics 3.6: a signal to a subinstance that the same step calls goes out after the call', () => {
    const compiled = compiledOf([
      transition('go', ['a'], ['b'], {
        emit: [{ signal: 'start', to: 'child:c' }],
        call: [{ url: 'model:sub/1', as: 'c' }],
      }),
    ])
    const { effects } = take(compiled, start(compiled, { id: 'i' }), {}, signalOf('go'), 0)
    expect(
      effects.map((effect) => [effect.kind, 'url' in effect ? effect.url : 'to' in effect ? effect.to : '']),
    ).toEqual([
      ['call', 'model:sub/1'],
      ['signal', 'model:sub/1'],
    ])
  })

  it('semantics 5.11, semantics 11, too-deep: a model may call itself to a depth of 32', () => {
    const compiled = compiledOf([transition('go', ['a'], ['b'], { call: [{ url: 'model:trial/x', as: 'x' }] })])
    expect(take(compiled, start(compiled, { id: 'i', depth: 31 }), {}, signalOf('go'), 0).records[0]?.outcome).toBe(
      'fired',
    )
    expect(take(compiled, start(compiled, { id: 'i', depth: 32 }), {}, signalOf('go'), 0).records[0]).toMatchObject({
      outcome: 'failed',
      reason: 'too-deep',
    })
  })
})

describe('waiting', () => {
  it('semantics 5.7, semantics 2.4, semantics 10.3: while a child runs, signals are held in order, urgent ones excepted', () => {
    const lines = play(model, [call(1), 'work', 'urgent', { child: 'c1', done: { n: 1 } }])
    expect(inShort(lines)).toEqual(['call fired', 'work held', 'urgent fired', 'ok fired', 'work fired'])
    expect(lines.at(-1)?.states).toEqual(['a', 'b', 'c', 'd'])
  })

  it('semantics 2.3: what is unknown or ill-formed is rejected also while waiting', () => {
    expect(inShort(play(model, [call(1), 'nope', { signal: 'ok', args: {} }]))).toEqual([
      'call fired',
      'nope rejected',
      'ok rejected',
    ])
  })

  it('semantics 5.7: with the last child the dones come in the order of the ends, then the held signals', () => {
    const lines = play(model, [
      call(1),
      call(2),
      'work',
      { child: 'c2', done: { n: 2 } },
      { child: 'c1', failed: 'broke' },
    ])
    expect(inShort(lines)).toEqual(['call fired', 'call fired', 'work held', 'ok fired', 'bad fired', 'work fired'])
    expect(lines.at(-1)?.data).toEqual({ ends: [2, 'broke'] })
  })

  it("semantics 5.7: the parent's own undelayed signals to itself are held too, and due ones", () => {
    const trial = modelOf([
      transition('call', ['a'], ['b'], {
        call: [{ url: 'model:sub/1', as: 'c', wait: true }],
        emit: [{ signal: 'own' }, { signal: 'late', after: '1m' }],
      }),
      transition('own', [], []),
      transition('late', [], []),
    ])
    expect(inShort(play(trial, ['call', { advance: '2m' }, { child: 'c', done: {} }]))).toEqual([
      'call fired',
      'own held',
      'late held',
      'own fired',
      'late fired',
    ])
  })

  it('semantics 5.7: a done signal that calls again keeps the rest back', () => {
    const trial = modelOf([
      transition('call', ['a'], ['b'], { call: [{ url: 'model:sub/1', as: 'c', wait: true, done: 'ok' }] }),
      transition('ok', ['b'], ['c'], { call: [{ url: 'model:sub/2', as: 'd', wait: true }] }),
      transition('work', [], []),
    ])
    expect(inShort(play(trial, ['call', 'work', { child: 'c', done: {} }, { child: 'd', done: {} }]))).toEqual([
      'call fired',
      'work held',
      'ok fired',
      'work fired',
    ])
  })

  it('semantics 5.7, semantics 2.7: what was deferred meanwhile is tried when the waiting is over', () => {
    const trial = modelOf(
      [
        transition('call', ['a'], ['b'], { call: [{ url: 'model:sub/1', as: 'c', wait: true }] }),
        transition('shift', ['b'], ['c']),
        transition('late', ['c'], ['d']),
      ],
      { signals: { call: {}, shift: { urgent: true }, late: { deferrable: true } } },
    )
    expect(inShort(play(trial, ['late', 'call', 'shift', { child: 'c', done: {} }]))).toEqual([
      'late deferred',
      'call fired',
      'shift fired',
      'late fired',
    ])
  })

  it('semantics 5.8: a child nobody waits for signals at once, and is held like any other while another is waited for', () => {
    const trial = modelOf(
      [
        transition('call', ['a'], ['b'], {
          call: [
            { url: 'model:sub/1', as: 'c', wait: true },
            { url: 'model:sub/2', as: 'd', done: 'ok' },
          ],
        }),
        transition('ok', [], []),
      ],
      {},
    )
    expect(inShort(play(trial, ['call', { child: 'd', done: {} }, { child: 'c', done: {} }]))).toEqual([
      'call fired',
      'ok held',
      'ok fired',
    ])
  })
})

describe('the ends of subinstances', () => {
  it('semantics 5.9: a child that was cancelled reports a failure', () => {
    const compiled = compiledOf([transition('cancel', [], ['e'], { clear: ['*'] })])
    const instance = start(compiled, { id: 'i', parent: { url: 'model:top@1.0.0/p', as: 'me' } })
    expect(take(compiled, instance, {}, signalOf('cancel'), 0).effects).toEqual([
      expect.objectContaining({ kind: 'ended', failure: 'cancelled' }),
    ])
  })

  it('semantics 5.9: a failure that the parent names no signal for flags it', () => {
    const compiled = compiledOf([transition('go', ['a'], ['b'], { call: [{ url: 'model:sub/1', as: 'c' }] })])
    const { instance } = take(compiled, start(compiled, { id: 'i' }), {}, signalOf('go'), 0)
    const ended = childEnded(compiled, instance, {}, 'c', { failure: 'broke' }, 1)
    expect(ended.instance).toMatchObject({ children: [], attention: 'subinstance c failed: broke' })
  })

  it('semantics 5.10: a parent that ends cancels its running children, and hears of them no more', () => {
    const compiled = compiledOf([
      transition('go', ['a'], ['b'], { call: [{ url: 'model:sub/1', as: 'c', done: 'go' }] }),
      transition('end', [], ['e'], { clear: ['*'] }),
    ])
    const { instance } = take(compiled, start(compiled, { id: 'i' }), {}, signalOf('go'), 0)
    const ended = take(compiled, instance, {}, signalOf('end'), 0)
    expect(ended.effects).toEqual([{ kind: 'cancel-child', url: 'model:sub/1' }])
    expect(childEnded(compiled, ended.instance, {}, 'c', { returns: {} }, 1).instance).toBe(ended.instance)
  })
})
