import { describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { until } from '../../../test/support/until.ts'
import { startHub } from './test/hub.ts'
import { recorder } from './test/models.ts'

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

describe('mailbox', () => {
  it('semantics 3.12: is first in, first out, whichever hub takes the batch', async () => {
    const { url } = await databaseForThisTest()
    const one = await startHub({ url, models: [recorder] })
    await startHub({ url })
    for (const n of numbers(300)) {
      await one.send({ to: 'model:recorder/a', id: `n${n}`, type: 'note', args: { n }, create: {} })
    }
    await until(async () => ((await one.data('recorder/a'))['seen'] as number[])?.length === 300)
    expect((await one.data('recorder/a'))['seen']).toEqual(numbers(300))
  })

  it('takes more mail than one batch does, in order', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder] })
    await hub.send(
      ...numbers(450).map((n) => ({ to: 'model:recorder/a', id: `n${n}`, type: 'note', args: { n }, create: {} })),
    )
    const last = hub.engine.signal({ to: 'model:recorder/a', type: 'note', args: { n: 450 } })
    expect((await last).outcome).toBe('fired')
    expect((await hub.data('recorder/a'))['seen']).toEqual(numbers(451))
  })

  it('semantics 2.1: takes a signal id once and answers a duplicate with the first outcome, also after the end', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder] })
    const stop = { to: 'model:recorder/a', id: 's1', type: 'stop', args: { why: 'done' }, create: {} }
    const first = await hub.engine.signal(stop)
    expect(first).toMatchObject({ outcome: 'fired', fired: ['stop'], states: ['closed'], args: { why: 'done' } })
    expect(await hub.engine.signal(stop)).toEqual({ ...first, duplicate: true })
    await hub.send(stop)
    const late = await hub.engine.signal({ ...stop, id: 's2' })
    expect(late).toMatchObject({ outcome: 'rejected', reason: 'instance-done' })
    // A rejected id is not taken: it may come again and is judged anew.
    expect(await hub.engine.signal({ ...stop, id: 's2' })).not.toHaveProperty('duplicate')
    expect((await hub.history('recorder/a')).map(({ outcome }) => outcome)).toEqual(['fired', 'rejected', 'rejected'])
  })

  it('semantics 2.1: takes an id once when it comes many times at once, through every door', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder] })
    const other = await startHub({ url })
    const note = { to: 'model:recorder/a', id: 'same', type: 'note', args: { n: 7 }, create: {} }
    const answers = await Promise.all([
      ...numbers(20).map((n) => (n % 2 ? hub : other).engine.signal(note)),
      hub.send(note).then(() => null),
      other.send(note).then(() => null),
    ])
    expect(answers.filter((answer) => answer && !answer.duplicate).length).toBeLessThanOrEqual(1)
    await until(async () => (await hub.database.sql`select from engine_mailbox`).length === 0)
    expect((await hub.data('recorder/a'))['seen']).toEqual([7])
  })

  it('answers each of a thousand instances signalled at once', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder] })
    const answers = await Promise.all(
      numbers(1_000).map((n) =>
        hub.engine.signal({ to: `model:recorder/i${n}`, type: 'note', args: { n }, create: {} }),
      ),
    )
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['fired']))
    const [row] = await hub.database
      .sql`select count(*)::int as count, sum((data->'seen'->>0)::int)::int as sum from engine_instance`
    expect(row).toEqual({ count: 1_000, sum: 499_500 })
  })

  it('semantics 3.12: holds nothing of a transaction that is rolled back', async () => {
    const { url } = await databaseForThisTest()
    const { engine, database } = await startHub({ url, models: [recorder] })
    const note = { to: 'model:recorder/a', id: 'x', type: 'note', args: { n: 1 }, create: {} }
    const failed = database.transaction(async (tx) => {
      await engine.send(tx, [note])
      throw new RangeError('changed my mind')
    })
    await expect(failed).rejects.toThrow(RangeError)
    expect(await engine.instance('recorder/a')).toBeNull()
    expect(await engine.signal(note)).not.toHaveProperty('duplicate')
  })

  it('takes no more from outside than its bound', async () => {
    const { url } = await databaseForThisTest()
    const { engine, database, send } = await startHub({ url, models: [recorder] })
    const note = { to: 'model:recorder/a', id: 'x', type: 'note', args: { n: 1 }, create: {} }
    await engine.signal(note)
    await database.transaction(async (tx) => {
      await tx.sql`
        insert into engine_mailbox (instance, at, item)
        select key, 0, '{}' from engine_instance, generate_series(1, 10001)`
      await expect(engine.send(tx, [{ ...note, id: 'y' }])).rejects.toMatchObject({ code: 'mailbox-full' })
      await tx.sql`delete from engine_mailbox`
    })
    await send({ ...note, id: 'y' })
  })

  it('drops a signal to nobody where its sender says so', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder] })
    const note = { to: 'model:recorder/a', id: 'x', type: 'note', args: { n: 1 } }
    await hub.send({ ...note, missing: 'ignore' }, { ...note, to: 'model:recorder/b', create: {} })
    await until(async () => ((await hub.data('recorder/b'))['seen'] as number[]).length === 1)
    expect(await hub.engine.instance('recorder/a')).toBeNull()
  })

  it('names what is wrong with a signal, and leaves the instance as it is', async () => {
    const { url } = await databaseForThisTest()
    const { engine, send } = await startHub({ url, models: [recorder] })
    const note = { to: 'model:recorder/a', id: 'x', type: 'note', args: { n: 1 } }
    await expect(send(note)).rejects.toMatchObject({
      code: 'unknown-instance',
      message: expect.stringContaining('recorder/a'),
    })
    await expect(engine.signal(note)).rejects.toMatchObject({ code: 'unknown-instance' })
    await expect(engine.signal({ ...note, to: 'nonsense' })).rejects.toMatchObject({ code: 'invalid-signal' })
    await expect(engine.signal({ ...note, to: 'model:no/a', create: {} })).rejects.toMatchObject({
      code: 'unknown-model',
    })
    await expect(engine.signal({ ...note, args: { n: 'a\0b' } })).rejects.toMatchObject({ code: 'invalid-signal' })
    await engine.signal({ ...note, create: {} })
    expect(await engine.signal({ ...note, id: 'y', args: { n: 'one' } })).toMatchObject({
      outcome: 'rejected',
      reason: 'bad-arguments',
    })
    expect(await engine.signal({ ...note, id: 'z', type: 'dance' })).toMatchObject({
      outcome: 'rejected',
      reason: 'unknown-signal',
    })
    expect(await engine.instance('recorder/a')).toMatchObject({ data: { seen: [1] }, attention: null })
  })
})
