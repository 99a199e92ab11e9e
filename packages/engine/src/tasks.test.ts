import { describe, expect, it } from 'vitest'
import { start } from './instance.ts'
import { take, taskEnded, undone } from './take.ts'
import { compiledOf, modelOf, play, signalOf, transition } from './testing/scenario.ts'
import type { TaskUse } from './types.ts'

const install: TaskUse = {
  task: 'device.install',
  as: 'install',
  args: { device: 'data.device' },
  done: 'installed',
  failed: 'broken',
  retry: { attempts: 3, first: '1s', factor: 2, max: '1m' },
  timeout: '15m',
}
const transitions = [
  transition('go', ['a'], ['b'], { tasks: [install, { task: 'log' }] }),
  transition('installed', ['b'], ['c'], { set: { digest: 'args.digest' } }),
  transition('broken', ['b'], ['d'], { set: { error: 'args.error', attempts: 'args.attempts' } }),
]
const compiled = compiledOf(transitions, {
  data: { device: 'stb1' },
  signals: {
    go: {},
    installed: { args: { digest: 'string' } },
    broken: { args: { error: 'string', attempts: 'int' } },
  },
})
const started = take(compiled, start(compiled, { id: 'i' }), {}, signalOf('go'), 0)
const key = 'model:trial@1.0.0/i/1/0'

describe('tasks', () => {
  it('semantics 4.1, semantics 4.3: the key is <instance>/<step>/<index>, the arguments are evaluated, and what signals is kept', () => {
    expect(started.effects).toEqual([
      { kind: 'task', key, use: install, args: { device: 'stb1' } },
      { kind: 'task', key: 'model:trial@1.0.0/i/1/1', use: { task: 'log' }, args: {} },
    ])
    expect(started.instance.tasks).toEqual([
      { key, task: 'device.install', as: 'install', done: 'installed', failed: 'broken' },
    ])
  })

  it('semantics 4.4, semantics 3.4, semantics 3.7: the result comes as the done signal, without what the signal does not declare', () => {
    const { instance, records } = taskEnded(
      compiled,
      started.instance,
      {},
      key,
      { result: { digest: 'x', size: 1 } },
      5,
    )
    expect(records[0]).toMatchObject({
      outcome: 'fired',
      signal: { type: 'installed', from: 'task' },
      args: { digest: 'x' },
    })
    expect(instance).toMatchObject({ states: ['c'], tasks: [], data: { digest: 'x' } })
  })

  it('semantics 4.4: the failure comes as the failed signal with error and attempts', () => {
    const { instance } = taskEnded(compiled, started.instance, {}, key, { error: 'no space', attempts: 3 }, 5)
    expect(instance).toMatchObject({ states: ['d'], data: { error: 'no space', attempts: 3 }, attention: null })
  })

  it('semantics 4.4: a failure that the model names no signal for flags the instance; a success is silent', () => {
    const silent = 'model:trial@1.0.0/i/1/1'
    expect(
      taskEnded(compiled, started.instance, {}, silent, { error: 'no', attempts: 1 }, 5).instance.attention,
    ).toContain('failed: no')
    expect(taskEnded(compiled, started.instance, {}, silent, { result: {} }, 5)).toEqual({
      instance: started.instance,
      shared: {},
      records: [],
      effects: [],
    })
  })

  it('semantics 3.7: a result that lacks what the signal needs is rejected and the instance flagged', () => {
    const { instance, records } = taskEnded(compiled, started.instance, {}, key, { result: {} }, 5)
    expect(records[0]).toMatchObject({ outcome: 'rejected', reason: 'bad-arguments', detail: 'digest: missing' })
    expect(instance).toMatchObject({ states: ['b'], tasks: [] })
    expect(instance.attention).toContain('digest: missing')
  })

  it('semantics 2.11: an end that comes twice or after the instance ended changes nothing', () => {
    const once = taskEnded(compiled, started.instance, {}, key, { result: { digest: 'x' } }, 5).instance
    expect(taskEnded(compiled, once, {}, key, { result: { digest: 'x' } }, 6).instance).toBe(once)
    const done = { ...started.instance, done: true, tasks: [] }
    expect(taskEnded(compiled, done, {}, key, { error: 'x', attempts: 1 }, 6).instance).toBe(done)
  })

  it('semantics 4.2: a transactional task that throws undoes the step', () => {
    const before = start(compiled, { id: 'i' })
    const { instance, records, effects } = undone(before, {}, signalOf('go'), 'task-threw', 'duplicate key')
    expect(records[0]).toMatchObject({
      outcome: 'failed',
      reason: 'task-threw',
      detail: 'duplicate key',
      states: ['a'],
    })
    expect(effects).toEqual([])
    expect(instance).toMatchObject({ states: ['a'], attention: 'go failed: task-threw: duplicate key' })
    const refused = take(compiled, before, {}, signalOf('go'), 0, {
      refuse: { reason: 'task-threw', detail: 'duplicate key' },
    })
    expect(refused).toEqual({ instance, records, effects, shared: {} })
  })

  it('semantics 4.2: a step that is refused by its number is undone alone; what was before and after it stands', () => {
    const chain = compiledOf([
      transition('go', ['a'], ['b'], { emit: [{ signal: 'then' }, { signal: 'last' }] }),
      transition('then', ['b'], ['c']),
      transition('last', ['b'], ['d']),
    ])
    const refuse = [{ step: 2, reason: 'task-threw', detail: 'no' }]
    const { instance, records } = take(chain, start(chain, { id: 'i' }), {}, signalOf('go'), 0, { refuse })
    expect(records.map(({ step, outcome }) => [step, outcome])).toEqual([
      [1, 'fired'],
      [2, 'failed'],
      [3, 'fired'],
    ])
    expect(instance).toMatchObject({ states: ['d'], steps: 3, attention: 'then failed: task-threw: no' })
  })

  it('semantics 4.2: a task’s end whose step is refused is used up, and the instance flagged', () => {
    const refuse = { reason: 'task-threw', detail: 'no' }
    const end = { result: { digest: 'x' } }
    const { instance, records } = taskEnded(compiled, started.instance, {}, key, end, 5, { refuse })
    expect(records).toMatchObject([{ outcome: 'failed', reason: 'task-threw', signal: { type: 'installed' } }])
    expect(instance).toMatchObject({ states: ['b'], tasks: [], attention: 'installed failed: task-threw: no' })
  })

  it('semantics 10.1: a script ends the oldest running task of a name', () => {
    const model = modelOf([
      transition('go', ['a'], ['a'], { tasks: [{ task: 't', args: { n: 'args.n' }, done: 'ok', failed: 'bad' }] }),
      transition('ok', [], []),
      transition('bad', [], []),
    ])
    const lines = play(model, [
      { signal: 'go', args: { n: 1 } },
      { signal: 'go', args: { n: 2 } },
      { task: 't', result: { r: 1 } },
      { task: 't', error: 'no' },
    ])
    expect(lines.map(({ signal, args }) => [signal, args])).toEqual([
      ['go', { n: 1 }],
      ['go', { n: 2 }],
      ['ok', { r: 1 }],
      ['bad', { error: 'no', attempts: 1 }],
    ])
  })
})
