import { beforeEach, describe, expect, it } from 'vitest'
import { InvariantError } from '../../../platform/errors.ts'
import { databaseForThisTest, type TestDatabase } from '../../../../../test/support/database.ts'
import { manualClock } from '../../../../../test/support/manual-clock.ts'
import { deviceMemory } from '../app/device-memory.ts'
import { memoryStore } from '../store/memory-store.ts'

let database: TestDatabase

beforeEach(async () => {
  database = await databaseForThisTest()
})

const of = (protocol: string) => deviceMemory({ memory: memoryStore, database, clock: manualClock() }, protocol)

describe('what a protocol remembers of a device', () => {
  it('is there for whoever asks next, apart from what other protocols remember', async () => {
    expect(await of('ddi').recall('dev-1')).toEqual({ version: 0, value: null })
    expect(await of('ddi').remember('dev-1', { open: 7 }, 0)).toBe(1)
    expect(await of('ddi').recall('dev-1')).toEqual({ version: 1, value: { open: 7 } })
    expect(await of('cwmp').recall('dev-1')).toEqual({ version: 0, value: null })
  })

  it('is replaced by one of two sessions only', async () => {
    const both = await Promise.all([of('ddi').remember('dev-1', 'one', 0), of('ddi').remember('dev-1', 'two', 0)])
    expect(both.toSorted()).toEqual([1, null])
    expect(await of('ddi').remember('dev-1', 'late', 0)).toBeNull()
    expect(await of('ddi').remember('dev-1', 'next', 1)).toBe(2)
    expect(await of('ddi').remember('dev-1', 'late', 1)).toBeNull()
    expect((await of('ddi').recall('dev-1')).value).toBe('next')
  })

  it('is bounded', async () => {
    await expect(of('ddi').remember('dev-1', 'x'.repeat(65_537), 0)).rejects.toThrow(
      new InvariantError('ddi wants to remember 65539 bytes of dev-1, of 65536.'),
    )
  })
})

describe('what devices logged', () => {
  const at = new Date('2026-01-01T00:00:00Z')
  const add = (...texts: string[]) =>
    memoryStore.addLogs(
      database.sql,
      texts.map((text) => ({ device: 'dev-1', request: '', text })),
      at,
    )
  const texts = async (before?: number) =>
    (await memoryStore.logs(database.sql, 'dev-1', 10, before)).map(({ text }) => text)

  it('is listed newest first, and the newest are kept', async () => {
    await add('a', 'b', 'c')
    expect(await texts()).toEqual(['c', 'b', 'a'])
    await memoryStore.keepNewestLogs(database.sql, ['dev-1'], 2)
    expect(await texts()).toEqual(['c', 'b'])
    const [newest] = await memoryStore.logs(database.sql, 'dev-1', 1, undefined)
    expect(await texts(newest!.id)).toEqual(['b'])
  })

  it('is forgotten after its time, so many at once', async () => {
    await add('a', 'b', 'c')
    const later = new Date(at.getTime() + 1)
    expect(await memoryStore.pruneLogs(database.sql, at, 10)).toBe(0)
    expect(await memoryStore.pruneLogs(database.sql, later, 2)).toBe(2)
    expect(await texts()).toEqual(['c'])
  })
})

describe('what protocols ask of files', () => {
  it('is computed once and kept', async () => {
    const facts = { sha256: 'ab'.repeat(32), size: 5_000_000_000, sha1: 'cd'.repeat(20), md5: 'ef'.repeat(16) }
    expect(await memoryStore.fileFacts(database.sql, facts.sha256)).toBeNull()
    await memoryStore.keepFileFacts(database.sql, facts)
    await memoryStore.keepFileFacts(database.sql, facts)
    expect(await memoryStore.fileFacts(database.sql, facts.sha256)).toEqual(facts)
  })
})
