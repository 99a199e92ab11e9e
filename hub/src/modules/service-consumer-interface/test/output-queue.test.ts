import { beforeEach, describe, expect, it } from 'vitest'
import { databaseForThisTest, type TestDatabase } from '../../../../../test/support/database.ts'
import type { NewOutput } from '../app/storage.ts'
import { outputStore } from '../store/output-store.ts'

const now = new Date('2026-01-01T00:00:00Z')
const later = new Date('2026-01-09T00:00:00Z')
let database: TestDatabase

beforeEach(async () => {
  database = await databaseForThisTest()
})

const removal = (device: string, delivery: string): NewOutput => ({
  device,
  output: { kind: 'remove', delivery, epoch: 1, service: 'guide' },
})
const add = (...outputs: NewOutput[]) => database.transaction((tx) => outputStore.add(tx, outputs, now))
const drop = (device: string, ...deliveries: string[]) =>
  database.transaction((tx) =>
    outputStore.dropDeliveries(
      tx,
      deliveries.map((delivery) => ({ device, delivery })),
      now,
    ),
  )
const open = async (device: string, limit = 16) =>
  (await outputStore.open(database.sql, [device], limit)).map(({ id, output }) => ({
    id,
    delivery: 'delivery' in output ? output.delivery : '',
  }))

describe('the queue of outputs', () => {
  it('keeps the order in which a device’s outputs came, and gives the oldest', async () => {
    await add(removal('d1', 'a'), removal('d2', 'x'), removal('d1', 'b'))
    await add(removal('d1', 'c'))
    expect((await open('d1', 2)).map(({ delivery }) => delivery)).toEqual(['a', 'b'])
    expect(await outputStore.waiting(database.sql, ['d1', 'd2', 'd3'])).toEqual(expect.arrayContaining(['d1', 'd2']))
  })

  it('drops what is not to be sent any more, and says of which deliveries the device may know', async () => {
    await add(removal('d1', 'waiting'), removal('d1', 'sent'), removal('d1', 'taken'), removal('d1', 'other'))
    const [, sent, taken] = await open('d1')
    await outputStore.markSent(database.sql, [sent!.id, taken!.id], now)
    await outputStore.markDone(database.sql, [{ id: taken!.id, result: 'taken' }], now)
    const known = await drop('d1', 'waiting', 'sent', 'taken', 'never queued')
    expect([...known.sent].toSorted()).toEqual(['sent', 'taken'])
    expect([...known.unsent]).toEqual(['waiting'])
    expect((await open('d1')).map(({ delivery }) => delivery)).toEqual(['other'])
    const results = (await outputStore.page(database.sql, 'd1', 10, 0)).map(({ result }) => result)
    expect(results).toEqual(['dropped', 'dropped', 'taken', null])
  })

  it('takes the word of a device once: what was dropped is not taken afterwards', async () => {
    await add(removal('d1', 'a'))
    const [only] = await open('d1')
    await drop('d1', 'a')
    await outputStore.markDone(database.sql, [{ id: only!.id, result: 'taken' }], later)
    const [row] = await outputStore.page(database.sql, 'd1', 10, 0)
    expect(row).toMatchObject({ result: 'dropped', doneAt: now })
  })

  it('forgets what was done long ago, and only that', async () => {
    await add(removal('d1', 'done'), removal('d1', 'open'))
    const [done] = await open('d1')
    await outputStore.markDone(database.sql, [{ id: done!.id, result: 'taken' }], now)
    expect(await outputStore.prune(database.sql, now, 10)).toBe(0)
    expect(await outputStore.prune(database.sql, later, 10)).toBe(1)
    expect((await open('d1')).map(({ delivery }) => delivery)).toEqual(['open'])
  })
})
