import { beforeEach, describe, expect, it } from 'vitest'
import { databaseForThisTest, type TestDatabase } from '../../../../../test/support/database.ts'
import { manualClock } from '../../../../../test/support/manual-clock.ts'
import { localDoorbells } from '../../../platform/doorbells.ts'
import { appendEvents } from '../../../platform/events.ts'
import { silentLog } from '../../../platform/log.ts'
import { createEntityManagement } from '../../entity-management/index.ts'
import type { PoliciesDependencies } from '../app/policies/dependencies.ts'
import { followEvents } from '../app/policies/follow-events.ts'
import { policyStorage } from '../store/policy-storage.ts'

const clock = manualClock(Date.UTC(2026, 0, 15, 12))
const { policies, log, firings } = policyStorage
let database: TestDatabase
let deps: PoliciesDependencies

beforeEach(async () => {
  database = await databaseForThisTest()
  const doorbells = localDoorbells()
  const entities = createEntityManagement({ database, doorbells, clock, log: silentLog })
  deps = { database, doorbells, clock, entities, storage: policyStorage } as unknown as PoliciesDependencies
})

/** A policy that tells of each household that is added, in force from now on. */
async function inForce(id: string): Promise<void> {
  const at = new Date(clock.now())
  const own = { policy: id, version: 1, tenant: 'main', createdBy: 'usr-1', createdAt: at }
  const document = { name: id, description: '', when: { event: 'household.added' }, if: 'true', limits: {} }
  const then = [{ notify: { message: 'hello' } }]
  const authority = { activatedBy: 'usr-1', activatedAt: at, decision: 'dec-1', trial: 'tri-1' }
  await database.transaction(async (tx) => {
    await policies.add(tx.sql, { id, tenant: 'main', name: id, newest: 1, active: 1, group: null, createdAt: at })
    const written = {
      ...own,
      ...authority,
      state: 'draft' as const,
      detail: '',
      document: { ...document, then } as never,
    }
    await policies.addVersion(tx.sql, written, 'event', ['household.added'])
    await policies.activate(tx.sql, { ...own, ...authority })
  })
}

/** Something that policies hear of, or not. */
async function happens(subject: string, type = 'household.added'): Promise<void> {
  const event = { type, subject, tenant: 'main', household: null, data: {} }
  await database.transaction((tx) => appendEvents(tx, deps.doorbells, [event]))
}

async function firedFor(): Promise<string[]> {
  const scope = { tenant: 'main', all: true, households: [], owner: '' } as never
  const found = await firings.page(database.sql, scope, { limit: 100, after: undefined })
  return found.map(({ name, subject }) => `${name} ${subject}`).toSorted()
}

describe('following events for policies', () => {
  it('begins no transaction as long as no policy is set off by events', async () => {
    const transaction = () => Promise.reject(new Error('there is nothing to do in one'))
    const idle = { ...deps, database: { ...database, transaction } as never }
    await happens('hh-1')
    await expect(followEvents(idle)).resolves.toEqual({ more: false, listened: false })
  })

  it('judges what happens after a policy comes into force, and nothing from before, whenever the log was last followed', async () => {
    await happens('hh-before')
    await inForce('first')
    await happens('hh-1')
    await expect(followEvents(deps)).resolves.toEqual({ more: false, listened: true })
    expect(await firedFor()).toEqual(['first hh-1'])
    await happens('hh-2')
    await inForce('second')
    await happens('hh-3')
    await followEvents(deps)
    expect(await firedFor()).toEqual(['first hh-1', 'first hh-2', 'first hh-3', 'second hh-3'])
  })

  it('page by page takes none twice and leaves none out', async () => {
    await inForce('first')
    for (const each of ['hh-1', 'hh-2', 'hh-3']) await happens(each)
    await expect(followEvents(deps, 2)).resolves.toEqual({ more: true, listened: true })
    await expect(followEvents(deps, 2)).resolves.toEqual({ more: false, listened: true })
    await followEvents(deps, 2)
    expect(await firedFor()).toEqual(['first hh-1', 'first hh-2', 'first hh-3'])
  })

  it('writes nothing where nothing happened that a policy listens to', async () => {
    await inForce('first')
    await happens('hh-1')
    await followEvents(deps)
    const reached = await log.cursor(database.sql)
    await happens('dev-1', 'device.added')
    await followEvents(deps)
    expect(await log.cursor(database.sql)).toEqual(reached)
  })
})
