import { describe, expect, it } from 'vitest'
import { deliver, modelOf, transition } from '../testing/scenario.ts'
import type { Model } from '../types.ts'
import { check, type CheckOptions } from './check.ts'

const sound = modelOf([transition('go', ['a'], ['b']), transition('go', ['b'], ['e'])], { states: ['a', 'b', 'e'] })
const codes = (model: Model, options?: CheckOptions): string[] => check(model, options).map(({ code }) => code)
const found = (code: string, model: Model, options?: CheckOptions) =>
  check(model, options).find((finding) => finding.code === code)
const reaching = (more: object): Model => modelOf([transition('go', ['a'], ['e'], more)], { states: ['a', 'e'] })

describe('what is proved before a model may be published', () => {
  it('semantics 9.1: a sound model has no findings', () => {
    expect(check(sound, { tasks: [], models: [sound] })).toEqual([])
  })

  it('semantics 9.1: the example has two states that nothing leads to and two signals nothing is on', () => {
    expect(check(deliver, { tasks: ['device.offer'] }).map(({ code, pointer }) => [code, pointer])).toEqual([
      ['unused-signal', '/signals/accepted'],
      ['unused-signal', '/signals/installed'],
      ['unreachable-state', '/states/2'],
      ['unreachable-state', '/states/3'],
    ])
  })

  it('semantics 9.1: what does not compile is found, not thrown', () => {
    expect(codes(reaching({ when: 'a +' }))).toEqual(['syntax-error'])
    expect(codes({ ...sound, initial: ['q'] })).toEqual(['unknown-state'])
  })

  it.each([
    ['an emitted signal', { emit: [{ signal: 'goo' }] }, 'unknown-signal', '/transitions/0/emit/0/signal'],
    ['a reply', { emit: [{ signal: 'go', reply: 'answered' }] }, 'unknown-signal', '/transitions/0/emit/0/reply'],
    ['a cancelled signal', { cancel: ['late'] }, 'unknown-signal', '/transitions/0/cancel/0'],
    ["a task's done", { tasks: [{ task: 't', done: 'ok' }] }, 'unknown-signal', '/transitions/0/tasks/0/done'],
    [
      "a call's failed",
      { call: [{ url: 'model:trial/x', as: 'x', failed: 'bad' }] },
      'unknown-signal',
      '/transitions/0/call/0/failed',
    ],
    ['a task', { tasks: [{ task: 'device.ofer' }] }, 'unknown-task', '/transitions/0/tasks/0/task'],
    ['a model', { call: [{ url: 'model:trail/x', as: 'x' }] }, 'unknown-model', '/transitions/0/call/0/url'],
    [
      "a model's version",
      { call: [{ url: 'model:trial@2/x', as: 'x' }] },
      'unknown-model',
      '/transitions/0/call/0/url',
    ],
    ['a subinstance', { emit: [{ signal: 'x', to: 'child:nobody' }] }, 'unknown-child', '/transitions/0/emit/0/to'],
    ['a variable', { when: 'dta.n > 1' }, 'unknown-name', '/transitions/0/when'],
    [
      'a variable in a URL',
      { call: [{ url: 'model:trial/{order}', as: 'x' }] },
      'unknown-name',
      '/transitions/0/call/0/url',
    ],
  ])('semantics 9.1: %s that does not exist is an error', (_, more, code, pointer) => {
    const options = { tasks: ['t', 'device.offer'], models: [reaching({})] }
    expect(found(code, reaching(more), options)).toMatchObject({ severity: 'error', pointer })
  })

  it('semantics 9.1: names are told the nearest one', () => {
    expect(
      found('unknown-task', reaching({ tasks: [{ task: 'device.ofer' }] }), { tasks: ['device.offer'] })?.message,
    ).toBe('unknown task device.ofer, did you mean device.offer?')
  })

  it('semantics 9.1: a finding says which name it is about, the nearest one, and in which expression', () => {
    const options = { tasks: ['device.offer'] }
    expect(found('unknown-task', reaching({ tasks: [{ task: 'device.offre' }] }), options)).toMatchObject({
      name: 'device.offre',
      nearest: 'device.offer',
    })
    const wrong = { ...reaching({ when: 'data.cuont > 1' }), data: { count: 1 } }
    expect(found('undeclared-data', wrong)).toMatchObject({
      name: 'data.cuont',
      nearest: 'count',
      expression: 'data.cuont > 1',
    })
    expect(found('syntax-error', reaching({ when: '1 + + 2' }))).toMatchObject({ expression: '1 + + 2', offset: 2 })
  })

  it('semantics 9.1: arguments that the emitted signal does not have, or needs, are errors', () => {
    const model = modelOf(
      [
        transition('go', ['a'], ['e'], { emit: [{ signal: 'tell', args: { wrong: '1' } }] }),
        transition('tell', ['a'], ['a']),
      ],
      {
        states: ['a', 'e'],
        signals: { go: {}, tell: { args: { right: 'int' } } },
      },
    )
    expect(codes(model)).toEqual(['unknown-argument', 'missing-argument'])
  })

  it('semantics 9.1: signals and arguments sent to a called model are checked against it', () => {
    const sub = modelOf([transition('begin', ['a'], ['e'])], {
      model: 'sub',
      states: ['a', 'e'],
      signals: { begin: { args: { n: 'int' } } },
    })
    const call = [{ url: 'model:sub/1', as: 's' }]
    const top = (signal: string) => reaching({ call, emit: [{ signal, to: 'child:s' }] })
    expect(codes(top('start'), { models: [sub] })).toEqual(['unknown-signal'])
    expect(codes(top('begin'), { models: [sub] })).toEqual(['missing-argument'])
  })

  it('semantics 9.1: a templated subinstance is known by a call of the same template; of another it is a warning', () => {
    const to = (name: string) => ({
      ...reaching({ call: [{ url: 'model:other/x', as: '{data.n}' }], emit: [{ signal: 'x', to: name }] }),
      data: { n: 'x' },
    })
    expect(codes(to('child:{data.n}'))).toEqual([])
    expect(found('unproved-child', to('child:dev-{data.n}'))).toMatchObject({ severity: 'warning' })
  })

  it('semantics 9.1: an argument in an expression must be one of the signal; has() may ask for any', () => {
    const model = (when: string) => ({ ...reaching({ when }), signals: { go: { args: { n: 'int' } } } })
    expect(codes(model('args.n > 1'))).toEqual([])
    expect(codes(model('args.m > 1'))).toEqual(['unknown-argument'])
    expect(codes(model('has(args.m)'))).toEqual([])
  })

  it('semantics 9.1: data that nothing sets is a warning', () => {
    expect(found('undeclared-data', reaching({ when: 'data.n > 1' }))).toMatchObject({ severity: 'warning' })
    expect(codes({ ...reaching({ when: 'data.n > 1' }), data: { n: 1 } })).toEqual([])
  })

  it('semantics 9.1: unreachable states, and transitions that can never fire', () => {
    const model = modelOf(
      [transition('go', ['a'], ['e']), transition('go', ['b'], ['e']), transition('go', ['a'], ['c'])],
      { states: ['a', 'b', 'c', 'e'] },
    )
    expect(check(model).map(({ code, pointer }) => [code, pointer])).toEqual([
      ['unreachable-state', '/states/1'],
      ['unreachable-state', '/states/2'],
      ['transition-never-fires', '/transitions/1'],
      ['transition-never-fires', '/transitions/2'],
      ['competing-transitions', '/transitions/2'],
    ])
  })

  it('semantics 9.1: a set from which no final one can be reached, with a shortest path to it', () => {
    const model = modelOf([
      transition('go', ['a'], ['e']),
      transition('long', ['a'], ['b']),
      transition('long', ['b'], ['c']),
      transition('go', ['b'], ['e']),
      transition('stray', ['a'], ['c']),
      transition('round', ['c'], ['d']),
      transition('round', ['d'], ['c']),
    ])
    expect(found('cannot-complete', model)).toMatchObject({
      severity: 'error',
      pointer: '/states/2',
      witness: [{ signal: 'stray', fired: ['stray: a -> c'], states: ['c'] }],
    })
    expect(codes(model)).not.toContain('deadlock')
  })

  it('semantics 9.1: a non-final set that no signal leaves, with the way there', () => {
    const model = modelOf(
      [transition('go', ['a'], ['e']), transition('split', ['a'], ['b', 'c']), transition('note', ['b'], ['b'])],
      { states: ['a', 'b', 'c', 'e'] },
    )
    expect(found('deadlock', model)).toMatchObject({
      severity: 'error',
      pointer: '/states/1',
      witness: [{ signal: 'split', states: ['b', 'c'] }],
    })
  })

  it('semantics 9.1: guards are taken as possibly true or false', () => {
    const model = modelOf(
      [
        transition('go', ['a'], ['e'], { when: 'data.n == 0' }),
        transition('go', ['a'], ['b'], { when: 'data.n != 0' }),
        transition('go', ['b'], ['e']),
      ],
      {
        states: ['a', 'b', 'e'],
        data: { n: 0 },
      },
    )
    expect(check(model)).toEqual([])
  })

  it('semantics 9.1, semantics 9.2: competing transitions without guards that tell them apart are a warning', () => {
    const rivals = (first: object, second: object) =>
      modelOf(
        [transition('go', ['a'], ['e'], first), transition('go', ['a'], ['b'], second), transition('go', ['b'], ['e'])],
        { states: ['a', 'b', 'e'] },
      )
    expect(found('competing-transitions', rivals({ when: 'args.n > 1' }, {}))).toMatchObject({
      severity: 'warning',
      pointer: '/transitions/1',
    })
    expect(codes(rivals({ when: 'args.n > 1' }, { when: 'args.n <= 1' }))).toEqual([])
  })

  it('semantics 9.1: a to state that is already current is a warning', () => {
    const model = modelOf([transition('go', ['a'], ['b'])], { states: ['a', 'b'], initial: ['a', 'b'], final: ['b'] })
    expect(found('already-current', model)).toMatchObject({ severity: 'warning', pointer: '/transitions/0/to/0' })
  })

  it('semantics 9.1: an instance that would be done before its first signal', () => {
    expect(codes({ ...sound, initial: ['e'] })).toContain('initially-done')
    expect(codes({ ...sound, initial: [] })).toContain('initially-done')
  })

  it('semantics 9.1: calls that form an endless chain', () => {
    const caller = (model: string, url: string, more: object[] = []): Model =>
      modelOf([transition('go', ['a'], ['e'], { call: [{ url, as: 'x', wait: true }] }), ...(more as [])], {
        model,
        states: ['a', 'e'],
      })
    const ping = caller('ping', 'model:pong/{id}')
    const pong = caller('pong', 'model:ping/{id}')
    const wayOut = caller('pong', 'model:ping/{id}', [transition('stop', ['a'], ['e'])])
    expect(found('endless-calls', ping, { models: [pong] })?.message).toContain('ping → pong → ping')
    expect(found('endless-calls', caller('self', 'model:self/{id}'))?.message).toContain('self → self')
    expect(codes(ping, { models: [wayOut] })).toEqual([])
  })

  it('semantics 9.1: says so when the bound cut the search', () => {
    const states = Array.from({ length: 12 }, (_, index) => `s${index}`)
    const model = modelOf(
      [
        ...states.map((state) => transition(`on-${state}`, [], [state])),
        transition('end', [], ['e'], { clear: ['*'] }),
      ],
      { states: ['a', 'e', ...states] },
    )
    expect(codes(model)).not.toContain('bound-reached')
    const cut = check(model, { bound: 100 })
    expect(cut.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(cut.map(({ code }) => code)).toContain('bound-reached')
  })
})
