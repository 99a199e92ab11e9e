import { describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { until } from '../../../test/support/until.ts'
import { errorCode, OutsideError } from '../platform/errors.ts'
import type { Task, TaskCall } from './index.ts'
import { startHub } from './test/hub.ts'
import { worker } from './test/models.ts'

function begin(id: string, args = {}) {
  return { to: `model:worker/${id}`, id: `begin-${id}`, type: 'begin', args, create: {} }
}

/** Writes a row per call, and throws for those that are to fail. */
function booking(batches: number[]): Task {
  return {
    kind: 'transactional',
    async run({ sql }, calls) {
      batches.push(calls.length)
      for (const { id } of calls) await sql`insert into booking (id) values (${id})`
      const bad = calls.find(({ args }) => args['fail'] === true)
      if (bad) throw new Error(`${bad.id} cannot be booked`)
      return calls.map(({ id }) => ({ done: { result: `booked ${id}` } }))
    },
  }
}

describe('transactional tasks', () => {
  it('semantics 4.2: run once for all instances of a batch, in its transaction, and their ends are taken in it', async () => {
    const { url, owner } = await databaseForThisTest()
    const { sql } = owner
    await sql`create table booking (id text primary key)`
    const batches: number[] = []
    const model = worker({ task: 'book' })
    const hub = await startHub({ url, models: [model], tasks: { book: booking(batches) } })
    await hub.send(...Array.from({ length: 200 }, (_, index) => begin(`i${index}`)))
    await until(async () => (await hub.engine.instances({ states: ['finished'] }, { limit: 201 })).length === 200)
    expect(batches).toEqual([200])
    expect(await hub.engine.instance('worker/i7')).toMatchObject({
      done: true,
      data: { result: 'booked i7' },
      tasks: [],
    })
  })

  it('semantics 4.2: that throws undoes its own step only, and flags the instance', async () => {
    const { url, owner } = await databaseForThisTest()
    const { sql } = owner
    await sql`create table booking (id text primary key)`
    const hub = await startHub({ url, models: [worker({ task: 'book' })], tasks: { book: booking([]) } })
    const ids = Array.from({ length: 40 }, (_, index) => `i${index}`)
    await hub.send(...ids.map((id) => begin(id, { fail: id === 'i13' || id === 'i14' })))
    await until(async () => (await hub.engine.instances({ states: ['finished'] }, { limit: 50 })).length === 38)
    const flagged = await until(async () => {
      const found = await hub.engine.instances({ attention: true }, { limit: 50 })
      return found.length === 2 && found
    })
    expect(flagged[0]).toMatchObject({ id: 'i13', states: ['idle'], data: { before: 0 } })
    expect(flagged[0]?.attention).toContain('i13 cannot be booked')
    expect(await hub.history('worker/i13')).toMatchObject([
      { outcome: 'failed', reason: 'task-threw', detail: 'i13 cannot be booked', type: 'begin', states: ['idle'] },
    ])
    const booked = await sql<{ id: string }[]>`select id from booking where id in ('i13', 'i14')`
    expect(booked).toHaveLength(0)
    // The id was not taken by the failure: the same signal may be sent again.
    expect(await hub.engine.signal(begin('i13', { fail: false }))).toMatchObject({ outcome: 'fired' })
  })

  it('that throws while its sender waits is answered as failed', async () => {
    const { url, owner } = await databaseForThisTest()
    const { sql } = owner
    await sql`create table booking (id text primary key)`
    const hub = await startHub({ url, models: [worker({ task: 'book' })], tasks: { book: booking([]) } })
    const answers = await Promise.all(['a', 'b', 'c'].map((id) => hub.engine.signal(begin(id, { fail: id === 'b' }))))
    expect(answers.map(({ outcome }) => outcome)).toEqual(['fired', 'failed', 'fired'])
  })
})

describe('a transactional task that cannot work now', () => {
  const away = errorCode('shelf-away', 503, 'The shelf is away', 'Wait.')
  const causes: Record<string, () => Error> = {
    'what it needs is away': () => new OutsideError(away, 'The shelf is being moved.'),
    'a statement takes too long': () => Object.assign(new Error('slow'), { code: '57014', severity: 'ERROR' }),
    'the disk is full': () => Object.assign(new Error('full'), { code: '53100', severity: 'ERROR' }),
    'a deadlock is broken': () => Object.assign(new Error('deadlock'), { code: '40P01', severity: 'ERROR' }),
  }
  it.each(Object.keys(causes))(
    'semantics 4.2: because %s is tried again, and its instance is not flagged',
    async (cause) => {
      const { url } = await databaseForThisTest()
      const tried: string[] = []
      const book: Task = {
        kind: 'transactional',
        async run(_, calls) {
          tried.push(...calls.map(({ id }) => id))
          if (tried.length <= 4 && calls.some(({ id }) => id === 'a')) throw causes[cause]!()
          return calls.map(() => ({ done: { result: 'booked' } }))
        },
      }
      const hub = await startHub({ url, models: [worker({ task: 'book' })], tasks: { book } })
      await hub.send(begin('a'))
      await until(async () => (await hub.engine.instance('worker/a'))?.done)
      expect(tried.length).toBeGreaterThan(4)
      expect(await hub.engine.instance('worker/a')).toMatchObject({ attention: null, data: { result: 'booked' } })
      expect((await hub.history('worker/a')).map(({ outcome }) => outcome)).toEqual(['fired', 'fired'])
    },
  )

  it('holds up no other instance, and its sender is told to come again', async () => {
    const { url } = await databaseForThisTest()
    const book: Task = {
      kind: 'transactional',
      async run(_, calls) {
        if (calls.some(({ id }) => id === 'a')) throw new OutsideError(away, 'The shelf is being moved.')
        return calls.map(() => ({ done: { result: 'booked' } }))
      },
    }
    const hub = await startHub({ url, models: [worker({ task: 'book' })], tasks: { book } })
    await hub.send(begin('a'), ...Array.from({ length: 20 }, (_, index) => begin(`i${index}`)))
    const asked = hub.engine.signal({ ...begin('a'), id: 'other' })
    await expect(asked).rejects.toMatchObject({ code: 'shelf-away' })
    await until(async () => (await hub.engine.instances({ states: ['finished'] }, { limit: 21 })).length === 20)
    expect(await hub.engine.instance('worker/a')).toMatchObject({ states: ['idle'], attention: null })
  })
})

describe('external tasks', () => {
  it('semantics 4.3: run after the commit with one key for all attempts, and end with their result', async () => {
    const { url } = await databaseForThisTest()
    const calls: TaskCall[] = []
    const task: Task = {
      kind: 'external',
      async run(call) {
        calls.push(call)
        if (calls.length < 3) throw new Error('not yet')
        return { result: 'ok', more: 1 }
      },
    }
    const model = worker({ task: 'call', retry: { attempts: 5, first: '1ms' } })
    const hub = await startHub({ url, models: [model], tasks: { call: task } })
    await hub.send(begin('a'))
    await until(async () => (await hub.engine.instance('worker/a'))?.done)
    expect(await hub.data('worker/a')).toMatchObject({ result: 'ok' })
    expect(calls).toHaveLength(3)
    expect(new Set(calls.map(({ key }) => key)).size).toBe(1)
    expect(calls[0]).toMatchObject({ instance: 'model:worker@1.0.0/a', model: 'worker', id: 'a', task: 'call' })
    expect(await hub.database.sql`select from engine_task`).toHaveLength(0)
  })

  it('semantics 4.4: signal failed after the last attempt, with the last error', async () => {
    const { url } = await databaseForThisTest()
    let attempts = 0
    const run = async (): Promise<never> => {
      throw new Error(`no ${++attempts}`)
    }
    const model = worker({ task: 'call', retry: { attempts: 3, first: '1ms', factor: 1 } })
    const hub = await startHub({ url, models: [model], tasks: { call: { kind: 'external', run } } })
    await hub.send(begin('a'))
    await until(async () => (await hub.engine.instance('worker/a'))?.done)
    expect(await hub.data('worker/a')).toMatchObject({ error: 'no 3', attempts: 3 })
  })

  it('semantics 4.4: flag the instance when the model names no signal for failure, and are aborted when they take too long', async () => {
    const { url } = await databaseForThisTest()
    let aborted = 0
    const run = (_: TaskCall, abort: AbortSignal): Promise<never> =>
      new Promise((_resolve, reject) => {
        abort.addEventListener('abort', () => (aborted++, reject(abort.reason as Error)))
      })
    const model = worker({ task: 'call', retry: { attempts: 2, first: '1ms' }, timeout: '20ms', failed: null })
    const hub = await startHub({ url, models: [model], tasks: { call: { kind: 'external', run } } })
    await hub.send(begin('a'))
    const view = await until(async () => {
      const found = await hub.engine.instance('worker/a')
      return found?.attention ? found : null
    })
    expect(view.attention).toContain('no result within 20 ms')
    expect(aborted).toBe(2)
  })

  it('end as the holder of the lease says, not as an attempt says that has lost it', async () => {
    const { url } = await databaseForThisTest()
    const model = worker({ task: 'call', retry: { attempts: 5, first: '1ms' } })
    let attempts = 0
    const hub = await startHub({
      url,
      models: [model],
      tasks: {
        call: {
          kind: 'external',
          async run() {
            const attempt = ++attempts
            // What another hub does with a lease that was not renewed.
            if (attempt === 1) await hub.database.sql`update engine_task set lease = null, due = 0`
            return { result: `attempt ${attempt}` }
          },
        },
      },
    })
    await hub.send(begin('a'))
    await until(async () => (await hub.engine.instance('worker/a'))?.done)
    expect(await hub.data('worker/a')).toMatchObject({ result: 'attempt 2' })
  })

  it('are taken up again by the next hub when theirs stops in the middle', async () => {
    const { url } = await databaseForThisTest()
    const model = worker({ task: 'call', retry: { attempts: 3, first: '1ms' } })
    let started = 0
    const endless = (_: TaskCall, abort: AbortSignal): Promise<never> =>
      new Promise((_resolve, reject) => {
        started++
        abort.addEventListener('abort', () => reject(abort.reason as Error))
      })
    const first = await startHub({ url, models: [model], tasks: { call: { kind: 'external', run: endless } } })
    await first.send(begin('a'))
    await until(() => started === 1)
    await first.engine.stop()
    const run = async () => ({ result: 'second hub' })
    const second = await startHub({ url, tasks: { call: { kind: 'external', run } } })
    await until(async () => (await second.engine.instance('worker/a'))?.done)
    expect(await second.data('worker/a')).toMatchObject({ result: 'second hub' })
  })
})
