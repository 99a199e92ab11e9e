import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileModel } from './compile.ts'
import { modelJsonSchema, parseModel } from './document.ts'
import { ModelError } from './errors.ts'
import { start } from './instance.ts'
import { take } from './take.ts'
import { compiledOf, deliver, inShort, modelOf, play, signalOf, transition } from './testing/scenario.ts'
import type { Model } from './types.ts'

function findingsOf(document: unknown): readonly (readonly [string, string])[] {
  try {
    compileModel(document as Model)
  } catch (error) {
    if (error instanceof ModelError) return error.findings.map(({ code, pointer }) => [code, pointer] as const)
    throw error
  }
  return []
}

describe('the canonical document', () => {
  it('semantics 7.1: the example works: three attempts, then it gives up', () => {
    const lines = play(deliver, ['start', { advance: '15m' }, { advance: 'PT15M' }, { advance: '15m' }])
    expect(inShort(lines)).toEqual([
      'start fired',
      'late fired',
      'start fired',
      'late fired',
      'start fired',
      'late fired',
    ])
    expect(lines[0]).toEqual({
      signal: 'start',
      outcome: 'fired',
      fired: ['offer'],
      states: ['offered'],
      args: {},
      data: { attempts: 1, device: 'stb1' },
      shared: { maxAttempts: 3 },
      tasks: [{ task: 'device.offer', args: { device: 'stb1' } }],
      emitted: [{ signal: 'late', to: 'self', args: {}, due: '2026-01-01T00:15:00Z' }],
      calls: [],
      done: false,
    })
    expect(lines.at(-1)).toMatchObject({ fired: ['give up'], states: ['failed'], data: { attempts: 3 }, done: true })
  })

  it('semantics 7.1: without the data that its task names, the step fails and says so', () => {
    const [line] = play({ ...deliver, data: { attempts: 0 } }, ['start'])
    expect(line).toMatchObject({ outcome: 'failed', reason: 'missing-key', states: ['queued'], data: { attempts: 0 } })
    expect(line?.detail).toContain('transition "offer", expression data.device')
  })

  it('semantics 7.3: expressions see args, data, shared, states, call, id and now', () => {
    const model = modelOf(
      [transition('go', ['a'], ['b'], { set: { seen: '[args.n, data.n, shared.n, call.n, id, states, now]' } })],
      { data: { n: 2 }, shared: { n: 3 } },
    )
    const [line] = play(model, [{ advance: '1s' }, { signal: 'go', args: { n: 1 } }], { call: { n: 4 }, id: 'i' })
    expect(line?.data['seen']).toEqual([1, 2, 3, 4, 'i', ['b'], '2026-01-01T00:00:01Z'])
  })

  it('semantics 7.1: the published JSON Schema is the one made from the code', () => {
    const published: unknown = JSON.parse(readFileSync(new URL('../model.schema.json', import.meta.url), 'utf8'))
    expect(published).toEqual(modelJsonSchema())
  })

  it('semantics 7.1: the example of the documentation is the one that is tested', () => {
    const page = readFileSync(new URL('../../../docs/engine.md', import.meta.url), 'utf8')
    expect(JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '')).toEqual(deliver)
  })

  it('semantics 7.1: a document comes back as it is', () => {
    expect(parseModel(deliver)).toBe(deliver)
  })

  it.each([
    ['an unknown key', { ...deliver, colour: 'red' }, [['invalid-document', '/colour']]],
    ['a bad version', { ...deliver, version: '1' }, [['invalid-document', '/version']]],
    ['a bad name', { ...deliver, states: ['a b'] }, [['invalid-document', '/states/0']]],
    [
      'a bad argument type',
      { ...deliver, signals: { x: { args: { n: 'number' } } } },
      [['invalid-document', '/signals/x/args/n']],
    ],
    [
      'after and at together',
      modelOf([transition('go', ['a'], ['e'], { emit: [{ signal: 'go', after: '1m', at: 'now' }] })]),
      [['invalid-document', '/transitions/0/emit/0/at']],
    ],
    [
      'a bad timeout',
      modelOf([transition('go', ['a'], ['e'], { tasks: [{ task: 't', timeout: 'soon' }] })]),
      [['invalid-document', '/transitions/0/tasks/0/timeout']],
    ],
    ['no object', 7, [['invalid-document', '']]],
    ['a state twice', { ...deliver, states: [...deliver.states, 'queued'] }, [['duplicate-state', '/states/5']]],
    ['an unknown state', modelOf([transition('go', ['aa'], ['e'])]), [['unknown-state', '/transitions/0/from/0']]],
    [
      'an unknown while',
      modelOf([transition('go', ['a'], ['e'], { emit: [{ signal: 'go', after: '1m', while: ['x'] }] })]),
      [['unknown-state', '/transitions/0/emit/0/while/0']],
    ],
    [
      'a guard that is no CEL',
      modelOf([transition('go', ['a'], ['e'], { when: 'data +' })]),
      [['syntax-error', '/transitions/0/when']],
    ],
    [
      'an open brace',
      modelOf([transition('go', ['a'], ['e'], { call: [{ url: 'model:x/{id', as: 'x' }] })]),
      [['bad-template', '/transitions/0/call/0/url']],
    ],
    [
      'a call of no model',
      modelOf([transition('go', ['a'], ['e'], { call: [{ url: 'http://x', as: 'x' }] })]),
      [['bad-url', '/transitions/0/call/0/url']],
    ],
    [
      'a bad address',
      modelOf([transition('go', ['a'], ['e'], { emit: [{ signal: 'go', to: 'everybody' }] })]),
      [['bad-address', '/transitions/0/emit/0/to']],
    ],
  ])('semantics 9.1, semantics 7.1: %s is named with its place', (_, document, expected) => {
    expect(findingsOf(document)).toEqual(expected)
  })

  it.each([
    [
      '1,024 signals',
      { signals: Object.fromEntries(Array.from({ length: 1025 }, (_, at) => [`s${at}`, {}])) },
      '/signals',
    ],
    [
      '256 returns',
      { returns: Object.fromEntries(Array.from({ length: 257 }, (_, at) => [`s${at}`, '1'])) },
      '/returns',
    ],
    ['128 lists in one another', { data: { deep: JSON.parse('['.repeat(200) + ']'.repeat(200)) } }, ''],
  ])('semantics 11.2: more than %s are too many when a model is compiled', (_, more, pointer) => {
    expect(findingsOf({ ...deliver, ...more })).toEqual([['invalid-document', pointer]])
  })

  it('semantics 9.1: a misspelt state is told the nearest name', () => {
    expect(() => compileModel({ ...deliver, initial: ['queud'] })).toThrow('unknown state queud, did you mean queued?')
  })
})

describe('limits', () => {
  const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `s${index}`)
  const text = (bytes: number): string => 'x'.repeat(bytes)

  it.each([
    ['document-too-large', modelOf([], { title: text(10_000_000) })],
    ['document-too-large', modelOf([], { states: names(1_000_000) })],
    ['too-many-states', modelOf([], { states: ['a', 'e', ...names(255)] })],
    ['too-many-transitions', modelOf(Array.from({ length: 1025 }, () => transition('go', ['a'], ['e'])))],
    ['data-too-large', modelOf([], { data: { text: text(65_536) } })],
    ['shared-too-large', modelOf([], { shared: { text: text(262_144) } })],
  ])('semantics 11, %s: when a model is compiled', (code, document) => {
    expect(findingsOf(document).map(([found]) => found)).toEqual([code])
  })

  it('semantics 11.2: every limit can be set', () => {
    expect(() => compiledOf([transition('go', ['a'], ['e'])], {}, { limits: { states: 4 } })).toThrow(
      '5 states, limit 4',
    )
  })

  it.each([
    ['args-too-large', 'rejected', { text: text(65_536) }, {}],
    ['data-too-large', 'failed', { text: text(40_000) }, { set: { one: 'args.text', two: 'args.text' } }],
    [
      'shared-too-large',
      'failed',
      { text: text(60_000) },
      { share: { x: '[args.text, args.text, args.text, args.text, args.text]' } },
    ],
    ['args-too-large', 'failed', { text: text(40_000) }, { args: { more: 'args.text' } }],
    [
      'args-too-large',
      'failed',
      { text: text(40_000) },
      { emit: [{ signal: 'go', args: { x: 'args.text', y: 'args.text' } }] },
    ],
    [
      'args-too-large',
      'failed',
      { text: text(40_000) },
      { tasks: [{ task: 't', args: { x: 'args.text', y: 'args.text' } }] },
    ],
  ])('semantics 11, %s: when a signal arrives: %s', (reason, outcome, args, more) => {
    expect(play(modelOf([transition('go', ['a'], ['b'], more)]), [{ signal: 'go', args }])[0]).toMatchObject({
      outcome,
      reason,
      states: ['a'],
    })
  })

  it('semantics 11.3: an expression beyond its budget undoes the step', () => {
    const list = Array.from({ length: 2000 }, (_, n) => n)
    const model = modelOf([transition('go', ['a'], ['b'], { when: 'args.list.all(x, args.list.all(y, x + y >= 0))' })])
    expect(play(model, [{ signal: 'go', args: { list } }])[0]).toMatchObject({
      outcome: 'failed',
      reason: 'over-budget',
      states: ['a'],
    })
  })

  it('semantics 11, too-many-waiting: the 1,001st held or deferred signal is rejected', () => {
    const compiled = compiledOf([transition('late', ['b'], ['c'])], { signals: { late: { deferrable: true } } })
    let instance = start(compiled, { id: 'i' })
    for (let n = 0; n < 1000; n += 1)
      instance = take(compiled, instance, {}, signalOf('late', {}, { id: `${n}` }), 0).instance
    expect(take(compiled, instance, {}, signalOf('late'), 0).records[0]).toMatchObject({
      outcome: 'rejected',
      reason: 'too-many-waiting',
    })
  })

  it.each([
    ['too-many-timers', { emit: [{ signal: 'go', after: '1h' }] }, { timers: 3 }],
    ['too-many-tasks', { tasks: [{ task: 't', done: 'go' }] }, { runningTasks: 3 }],
    ['too-many-children', { call: [{ url: 'model:x/{args.n}', as: '{args.n}' }] }, { children: 3 }],
  ])('semantics 11, %s: undo the step', (reason, more, limits) => {
    const compiled = compiledOf([transition('go', [], [], more)], {}, { limits })
    const lines = play(
      compiled,
      [1, 2, 3, 4].map((n) => ({ signal: 'go', args: { n } })),
    )
    expect(lines.map((line) => line.reason ?? line.outcome)).toEqual(['fired', 'fired', 'fired', reason])
  })
})

describe('numbers', () => {
  const model = modelOf([transition('go', [], [], { set: { n: 'args.n + args.m', t: 'type(args.n) == int' } })])
  const sum = (n: number, m: number) => play(model, [{ signal: 'go', args: { n, m } }])[0]

  it('semantics 11.1: whole JSON numbers are int, others double', () => {
    expect(sum(1, 2)?.data).toEqual({ n: 3, t: true })
    expect(sum(1.5, 2.25)?.data).toEqual({ n: 3.75, t: false })
    expect(sum(1, 2.5)).toMatchObject({ outcome: 'failed', reason: 'type-error' })
  })

  it('semantics 11.1: beyond ±2^53−1 the expression fails', () => {
    expect(sum(Number.MAX_SAFE_INTEGER, 0)?.data['n']).toBe(Number.MAX_SAFE_INTEGER)
    expect(sum(Number.MAX_SAFE_INTEGER, 1)).toMatchObject({ outcome: 'failed', reason: 'not-json' })
  })

  it('semantics 11.1: timestamps and durations come back as text', () => {
    const times = modelOf([transition('go', [], [], { set: { at: 'now + duration("90s")', for: 'duration("90s")' } })])
    expect(play(times, ['go'])[0]?.data).toEqual({ at: '2026-01-01T00:01:30Z', for: 'PT1M30S' })
  })
})
