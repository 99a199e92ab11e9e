import { beforeEach, describe, expect, it } from 'vitest'
import { databaseForThisTest, type TestDatabase } from '../../../../../test/support/database.ts'
import { manualClock } from '../../../../../test/support/manual-clock.ts'
import { silentLog } from '../../../platform/log.ts'
import type { TaskCall } from '../../../engine/index.ts'
import { localDoorbells } from '../../../platform/doorbells.ts'
import { createEntityManagement, type EntityManagement } from '../../entity-management/index.ts'
import type { DeliveryFacts } from '../../order-processing/index.ts'
import type { PolicyDependencies } from '../app/dependencies.ts'
import { policyDecide } from '../app/policy-task.ts'
import { forgetOld } from '../app/retention.ts'
import type { PreferencesDocument } from '../contract.ts'
import { preferenceStorage } from '../store/preference-storage.ts'

const start = Date.UTC(2026, 0, 15, 22, 30)
let clock = manualClock(start)
let database: TestDatabase
let entities: EntityManagement
let household: string
let facts: Map<string, DeliveryFacts>
let deps: PolicyDependencies

beforeEach(async () => {
  clock = manualClock(start)
  database = await databaseForThisTest()
  entities = createEntityManagement({ database, doorbells: localDoorbells(), clock, log: silentLog })
  household = (await entities.addHousehold('main', 'Test', 'UTC')).id
  const devices = ['dev-1', 'dev-2'].map((id) => ({ id, household, class: 'phone' as const, serial: id, name: id }))
  await database.transaction((tx) => entities.addDevices(tx, devices))
  facts = new Map()
  deps = {
    database,
    clock,
    entities,
    doorbells: localDoorbells(),
    storage: preferenceStorage,
    // What other modules know, as these tests say it; their own tests show that they do.
    orders: { deliveryFacts: async (_tx: unknown, ids: readonly string[]) => ids.flatMap((id) => facts.get(id) ?? []) },
    definitions: { service: async () => null },
  } as unknown as PolicyDependencies
})

const prefer = (kind: 'tenant' | 'household' | 'user' | 'device', id: string, document: PreferencesDocument) =>
  database.transaction((tx) => entities.setPreferences(tx, { kind, id }, document, undefined))

const call = (delivery: string, device = 'dev-1', service = 'radio'): TaskCall => ({
  key: `${delivery}/1/0`,
  instance: `model:delivery@2/${delivery}`,
  model: 'delivery',
  id: delivery,
  tenant: 'main',
  task: 'policy.decide',
  args: { delivery, device, household, service },
})

/** What the deliveries of `calls` are told. */
async function ask(...calls: TaskCall[]) {
  const task = policyDecide(deps, async (_tx, questions) => questions.map(() => []))
  if (task.kind !== 'transactional') throw new TypeError('it is transactional')
  const ends = await database.transaction((tx) => task.run(tx, calls))
  return ends.map((end) => (end as { done: { verdict: string; until: string; why: string } }).done)
}
const askOne = async (delivery = 'dlv-1', device = 'dev-1') => (await ask(call(delivery, device)))[0]!

const fact = (id: string, more: Partial<DeliveryFacts>): DeliveryFacts => {
  const what = {
    kind: 'install',
    purpose: 'carry-out',
    service: 'radio',
    version: '2.0.0',
    bytes: 10,
    files: 1,
  } as const
  return { id, order: 'ord-1', priority: 4, origin: { kind: 'person', id: 'usr-1' }, ...what, ...more }
}
const answers = (delivery = 'dlv-1') => preferenceStorage.answers.page(database.sql, delivery, 10, undefined)

async function report(device: string, network: { metered: boolean; type: string }): Promise<void> {
  const what = {
    class: 'phone' as const,
    hardware: { model: 'm', arch: 'a', cpus: 1 },
    os: { name: 'o', version: '1' },
    memory: { total: 1 },
    storage: { total: 1, free: 1 },
    runtimes: {},
    features: [],
    timeZone: 'UTC',
    network,
    installed: [],
  }
  await database.transaction((tx) => entities.recordCapabilities(tx, [{ device, report: what }]))
}

describe('a decision about a delivery, from what is stored,', () => {
  it('lets it go when nobody said anything, and keeps nothing of that', async () => {
    expect(await askOne()).toEqual({ verdict: 'now', allowed: true, until: '', why: 'nothing holds it back' })
    expect(await answers()).toEqual([])
  })

  it('holds it in the household’s quiet hours, whatever the device would like', async () => {
    await prefer('household', household, { quietHours: { from: '22:00', to: '06:00' } })
    await prefer('device', 'dev-1', { quietHours: null })
    expect(await askOne()).toMatchObject({ verdict: 'later', until: '2026-01-16T06:00:00.000Z' })
  })

  it('goes by the device’s quiet hours when the household leaves it to the device', async () => {
    await prefer('household', household, { timeZone: 'Asia/Tokyo' })
    await prefer('device', 'dev-1', { quietHours: { from: '07:00', to: '08:00' } })
    expect(await askOne()).toMatchObject({ verdict: 'later' })
    expect(await askOne('dlv-2', 'dev-2')).toMatchObject({ verdict: 'now' })
  })

  it('goes by the preferences of the device’s user', async () => {
    const newUser = { tenant: 'main', name: 'Bea', email: null, households: [household] }
    const user = await database.transaction((tx) => entities.addUser(tx, newUser))
    await prefer('user', user.id, { quietHours: { from: '22:00', to: '06:00' } })
    expect(await askOne()).toMatchObject({ verdict: 'now' })
    await prefer('device', 'dev-1', { user: user.id })
    expect((await askOne()).why).toContain('quiet hours of the user')
  })

  it('is bound by what the tenant binds', async () => {
    await prefer('household', household, { quietHours: null })
    await prefer('tenant', 'main', { quietHours: { from: '22:00', to: '06:00' }, binding: ['quietHours'] })
    expect((await askOne()).why).toContain('quiet hours of the tenant (binding)')
  })

  it('counts a stored document that no longer fits as empty', async () => {
    await prefer('household', household, { quietHours: { from: 'dusk', to: 'dawn' } })
    await prefer('device', 'dev-1', { windows: [{ kind: 'allow', dtstart: 'dusk', duration: 'long' }] })
    expect(await askOne()).toMatchObject({ verdict: 'now' })
  })
})

describe('what was answered', () => {
  it('is kept once while it stays the same, and again when it changes', async () => {
    await prefer('household', household, { quietHours: { from: '22:00', to: '06:00' } })
    await askOne()
    clock.advance(3_600_000)
    await askOne()
    clock.advance(8 * 3_600_000)
    await askOne()
    const [now, held] = await answers()
    expect(held).toMatchObject({ times: 2, decision: { verdict: 'later' } })
    expect(held!.lastAt.getTime() - held!.at.getTime()).toBe(3_600_000)
    expect(held!.decision.rules.find(({ holds }) => !holds)).toMatchObject({
      rule: 'quiet hours',
      source: 'the household',
      detail: '22:00–06:00 in UTC',
    })
    expect(now).toMatchObject({ times: 1, decision: { verdict: 'now', why: 'nothing holds it back' } })
    expect(await answers()).toHaveLength(2)
  })

  it('is told to the end also when all preferences are gone meanwhile', async () => {
    await prefer('household', household, { quietHours: { from: '22:00', to: '06:00' } })
    await askOne()
    await database.sql`delete from entity_preference`
    await askOne()
    expect((await answers()).map(({ decision }) => decision.verdict)).toEqual(['now', 'later'])
  })

  it('is forgotten when it is old', async () => {
    await prefer('household', household, { quietHours: { from: '22:00', to: '06:00' } })
    await askOne()
    await forgetOld(deps, 86_400_000)
    expect(await answers()).toHaveLength(1)
    clock.advance(2 * 86_400_000)
    await forgetOld(deps, 86_400_000)
    expect(await answers()).toEqual([])
  })
})

describe('consent', () => {
  const wanted = { consent: { services: ['radio'] } }
  const events = () => database.sql`select type, household, data from platform_event where type like 'consent.%'`

  it('is asked once of the household, however many deliveries wait for it', async () => {
    await prefer('household', household, wanted)
    const [one, two] = await ask(call('dlv-1'), call('dlv-2', 'dev-2'))
    expect([one, two]).toMatchObject([
      { verdict: 'later', until: '' },
      { verdict: 'later', until: '' },
    ])
    await askOne('dlv-3')
    expect(await events()).toEqual([
      { type: 'consent.asked', household, data: { kind: 'service', target: 'radio', delivery: 'dlv-1' } },
    ])
    expect((await answers('dlv-3'))[0]!.decision.why).toContain('has been asked about radio')
  })

  it('is not asked about other services, nor for removals', async () => {
    await prefer('household', household, wanted)
    facts.set('dlv-2', fact('dlv-2', { kind: 'remove' }))
    facts.set('dlv-1', fact('dlv-1', { service: 'tv' }))
    expect(await ask(call('dlv-1', 'dev-1', 'tv'), call('dlv-2'))).toMatchObject([
      { verdict: 'now' },
      { verdict: 'now' },
    ])
  })
})

describe('a limit of bytes a month over a metered link', () => {
  it('counts each delivery once, and in the month of the device', async () => {
    await report('dev-1', { metered: true, type: 'cellular' })
    await prefer('device', 'dev-1', { metered: { perMonth: 100 } })
    for (const [id, bytes] of [
      ['dlv-1', 60],
      ['dlv-2', 30],
      ['dlv-3', 20],
    ] as const)
      facts.set(id, fact(id, { bytes }))
    // Asked again after a device was busy: the same bytes.
    for (const id of ['dlv-1', 'dlv-1', 'dlv-2']) expect(await askOne(id)).toMatchObject({ verdict: 'now' })
    expect(await askOne('dlv-3')).toMatchObject({ verdict: 'later', until: '2026-02-01T00:00:00.000Z' })
    clock.advance(18 * 86_400_000)
    expect(await askOne('dlv-3')).toMatchObject({ verdict: 'now' })
  })

  it('counts what is asked about at once', async () => {
    await report('dev-1', { metered: true, type: 'cellular' })
    await prefer('device', 'dev-1', { metered: { perMonth: 100 } })
    for (const id of ['dlv-1', 'dlv-2']) facts.set(id, fact(id, { bytes: 60 }))
    expect(await ask(call('dlv-1'), call('dlv-2'))).toMatchObject([{ verdict: 'now' }, { verdict: 'later' }])
  })

  it('knows which devices wait for another link', async () => {
    await report('dev-1', { metered: true, type: 'cellular' })
    await prefer('household', household, { metered: 'unmetered-only' })
    expect(await ask(call('dlv-1'), call('dlv-2', 'dev-2'))).toMatchObject([
      { verdict: 'later', until: '' },
      { verdict: 'now' },
    ])
    expect(await preferenceStorage.answers.waiting(database.sql, ['dev-1', 'dev-2'])).toEqual(['dev-1'])
    await report('dev-1', { metered: false, type: 'wifi' })
    await askOne()
    expect(await preferenceStorage.answers.waiting(database.sql, ['dev-1', 'dev-2'])).toEqual([])
  })
})
