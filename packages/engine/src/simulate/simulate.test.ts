import { describe, expect, it } from 'vitest'
import { compileModel } from '../compile.ts'
import { deliver, inShort, modelOf, play, transition } from '../testing/scenario.ts'
import { ScriptError, simulate } from './simulate.ts'

const alarm = modelOf([
  transition('arm', ['a'], ['b'], {
    emit: [
      { signal: 'two', after: '2m' },
      { signal: 'one', after: '1m' },
      { signal: 'tie', after: '1m' },
    ],
  }),
  ...['one', 'two', 'tie'].map((on) => transition(on, [], [], { set: { [on]: 'now' } })),
])

describe('simulation', () => {
  it('semantics 10.2: one line per step with exactly these keys, in this order', () => {
    const [line] = play(deliver, ['start'])
    expect(Object.keys(line ?? {})).toEqual([
      'signal',
      'outcome',
      'fired',
      'states',
      'args',
      'data',
      'shared',
      'tasks',
      'emitted',
      'calls',
      'done',
    ])
  })

  it('semantics 10.2: a rejected signal says why', () => {
    const [line] = play(deliver, ['installed'])
    expect(line).toMatchObject({
      signal: 'installed',
      outcome: 'rejected',
      reason: 'bad-arguments',
      detail: 'digest: missing',
      fired: [],
      done: false,
    })
  })

  it('semantics 10.1: virtual time begins at 2026-01-01T00:00:00Z and now is the due time of each due signal', () => {
    const lines = play(alarm, ['arm', { advance: '90s' }, { advance: '90s' }])
    expect(lines.map(({ signal }) => signal)).toEqual(['arm', 'one', 'tie', 'two'])
    expect(lines.at(-1)?.data).toEqual({
      one: '2026-01-01T00:01:00Z',
      tie: '2026-01-01T00:01:00Z',
      two: '2026-01-01T00:02:00Z',
    })
  })

  it('semantics 3.8: never early', () => {
    expect(play(alarm, ['arm', { advance: '59999ms' }])).toHaveLength(1)
    expect(play(alarm, ['arm', { advance: '59999ms' }, { advance: '1ms' }])).toHaveLength(3)
  })

  it('semantics 10, order: the clock stops at the end of an advance, also when nothing was due', () => {
    const model = modelOf([transition('go', ['a'], ['b'], { set: { at: 'now' } })])
    expect(play(model, [{ advance: 'PT1H' }, { advance: '30m' }, 'go'])[0]?.data).toEqual({
      at: '2026-01-01T01:30:00Z',
    })
  })

  it('semantics 10, order: what is due at once is taken after the line; the clock never goes back', () => {
    const model = modelOf([
      transition('go', ['a'], ['b'], {
        emit: [
          { signal: 'past', at: 'now - duration("1h")' },
          { signal: 'zero', after: '0s' },
        ],
      }),
      transition('past', [], [], { set: { at: 'now' } }),
      transition('zero', [], []),
    ])
    const lines = play(model, ['go'])
    expect(inShort(lines)).toEqual(['go fired', 'past fired', 'zero fired'])
    expect(lines[0]?.emitted[0]?.due).toBe('2025-12-31T23:00:00Z')
    expect(lines[1]?.data).toEqual({ at: '2026-01-01T00:00:00Z' })
  })

  it('semantics 10.4: a signal due at once for ever is stopped', () => {
    const model = modelOf([transition('go', [], [], { emit: [{ signal: 'go', after: '0s' }] })])
    expect(() => play(model, ['go'])).toThrow('due at one instant')
  })

  it('semantics 10, order: the clock, and what it makes due, ends with the year 9999', () => {
    const all = (Date.parse('9999-12-31T23:58:30Z') - Date.parse('2026-01-01T00:00:00Z')) / 1000
    const late = Array.from({ length: 30 }, () => ({ advance: `PT${all / 30}S` }))
    const [line] = play(alarm, [...late, 'arm'])
    expect(line).toMatchObject({ outcome: 'failed', reason: 'bad-value', states: ['a'] })
    expect(() => play(alarm, [...late, { advance: '89s' }])).not.toThrow()
    expect(() => play(alarm, [...late, { advance: '90s' }])).toThrow('the clock ends with the year 9999')
  })

  it('semantics 10.1: call gives the arguments', () => {
    const model = modelOf([transition('go', ['a'], ['b'], { set: { n: 'call.n' } })])
    expect(play(model, ['go'], { call: { n: 7 } })[0]?.data).toEqual({ n: 7 })
  })

  it('semantics 10.1: a signal without an id is never a duplicate, whatever ids others have', () => {
    const model = modelOf([transition('go', [], ['b'])])
    expect(
      inShort(
        play(model, [
          { signal: 'go', id: 'line-2' },
          'go',
          { signal: 'go', id: 'line-2' },
          { signal: 'go', id: 'line-4' },
        ]),
      ),
    ).toEqual(['go fired', 'go fired', 'go duplicate', 'go fired'])
  })

  it('semantics 10.4: tasks and subinstances that run on when the instance is done can be ended, others not', () => {
    const model = modelOf([
      transition('go', ['a'], ['e'], { tasks: [{ task: 't', done: 'go' }], call: [{ url: 'model:sub/1', as: 'c' }] }),
    ])
    const ends = [
      { task: 't', result: {} },
      { child: 'c', done: {} },
    ]
    expect(inShort(play(model, ['go', ...ends]))).toEqual(['go fired'])
    for (const end of ends) expect(() => play(model, ['go', end, end])).toThrow('is running')
    expect(() => play(model, ['go', { child: 'd', done: {} }])).toThrow('no subinstance d is running')
  })

  it('semantics 10.1: a task fails after its last attempt: as many as its retry says, or one', () => {
    const failing = (more: object) =>
      modelOf([
        transition('go', ['a'], ['b'], { tasks: [{ task: 't', failed: 'bad', ...more }] }),
        transition('bad', ['b'], ['c']),
      ])
    const script = ['go', { task: 't', error: '' }]
    expect(play(failing({ retry: { attempts: 3 } }), script)[1]?.args).toEqual({ error: '', attempts: 3 })
    expect(play(failing({}), script)[1]?.args).toEqual({ error: '', attempts: 1 })
  })

  it('semantics 10.1: blank lines are passed over', () => {
    expect([...simulate(compileModel(deliver), ['', '{"signal":"start"}', '   '])]).toHaveLength(1)
  })

  it.each([
    ['{"signal":', 'no JSON'],
    ['[]', 'expected a JSON object'],
    ['{"sigal":"x"}', 'expected one of'],
    ['{"signal":7}', '"signal" must be text'],
    ['{"signal":"x","arg":{}}', 'unknown key "arg"'],
    ['{"signal":"x","args":[]}', '"args" must be an object'],
    ['{"advance":"soon"}', '"advance" must be a duration'],
    ['{"task":"t","result":{}}', 'no task t is running'],
    ['{"child":"c","done":{}}', 'no subinstance c is running'],
    ['7', 'expected a JSON object'],
    ['null', 'expected a JSON object'],
    ['{"signal":""}', '"signal" must be text'],
    ['{"signal":"x","args":null}', '"args" must be an object'],
    ['{"signal":"x","id":7}', '"id" must be text'],
    ['{"signal":"x","advance":"1s"}', 'unknown key "advance" beside "signal"'],
    ['{"advance":60}', '"advance" must be text'],
    ['{"advance":"-1m"}', '"advance" must be a duration'],
    ['{"task":"device.offer"}', 'expected either "result" or "error" beside "task"'],
    ['{"task":"device.offer","result":{},"error":"x"}', 'expected either "result" or "error" beside "task"'],
    ['{"task":"device.offer","result":[]}', '"result" must be an object'],
    ['{"task":"device.offer","error":{}}', '"error" must be text'],
    ['{"child":"c"}', 'expected either "done" or "failed" beside "child"'],
    ['{"child":"c","done":{},"failed":""}', 'expected either "done" or "failed" beside "child"'],
    ['{"child":"c","done":"x"}', '"done" must be an object'],
    ['{"child":"c","failed":1}', '"failed" must be text'],
  ])('semantics 10.4: the script line %s cannot be read, and says which', (text, message) => {
    const run = (): unknown => [...simulate(compileModel(deliver), ['{"signal":"start"}', text])]
    expect(run).toThrow(ScriptError)
    expect(run).toThrow(`line 2: ${message}`)
  })
})
