import { beforeEach, describe, expect, it } from 'vitest'
import { databaseForThisTest, type TestDatabase } from '../../../../../test/support/database.ts'
import { manualClock } from '../../../../../test/support/manual-clock.ts'
import { localDoorbells } from '../../../platform/doorbells.ts'
import { createEntityManagement, type EntityManagement } from '../../entity-management/index.ts'
import { decideDeliveries } from '../app/decide-deliveries.ts'

const clock = manualClock(Date.UTC(2026, 0, 15, 22, 30))
let database: TestDatabase
let entities: EntityManagement
let household: string

beforeEach(async () => {
  database = await databaseForThisTest()
  entities = createEntityManagement({ database, doorbells: localDoorbells(), clock })
  household = (await entities.addHousehold('main', 'Test', 'UTC')).id
  const devices = ['dev-1', 'dev-2'].map((id) => ({ id, household, class: 'phone' as const, serial: id, name: id }))
  await database.transaction((tx) => entities.addDevices(tx, devices))
})

const prefer = (kind: 'household' | 'device', id: string, document: Readonly<Record<string, unknown>>) =>
  database.transaction((tx) => entities.setPreferences(tx, { kind, id }, document, undefined))
const decide = async (device = 'dev-1') => {
  const [decision] = await decideDeliveries({ clock, entities }, database.sql, [{ device, household }])
  return decision!
}

describe('a decision about a delivery, from what is stored,', () => {
  it('allows it when nobody said anything', async () => {
    expect(await decide()).toMatchObject({ allowed: true, until: null, why: 'nothing holds it back' })
  })

  it('holds it in the household’s quiet hours, whatever the device would like', async () => {
    await prefer('household', household, { quietHours: { from: '22:00', to: '06:00' } })
    await prefer('device', 'dev-1', { quietHours: null })
    const { allowed, until, rules } = await decide()
    expect(allowed).toBe(false)
    expect(new Date(until!).toISOString()).toBe('2026-01-16T06:00:00.000Z')
    expect(rules).toEqual([{ rule: 'quiet hours of the household', holds: false, detail: '22:00–06:00 in UTC' }])
  })

  it('goes by the device’s quiet hours when the household leaves it to the device, and tells each rule', async () => {
    await prefer('household', household, { timeZone: 'Asia/Tokyo' })
    await prefer('device', 'dev-1', { quietHours: { from: '07:00', to: '08:00' } })
    const { allowed, rules } = await decide()
    expect(allowed).toBe(false)
    expect(rules.map(({ rule, holds }) => [rule, holds])).toEqual([
      ['quiet hours of the household', true],
      ['quiet hours of the device', false],
    ])
    expect(await decide('dev-2')).toMatchObject({ allowed: true })
  })

  it('counts a stored document that no longer fits as empty', async () => {
    await prefer('household', household, { quietHours: { from: 'dusk', to: 'dawn' } })
    expect(await decide()).toMatchObject({ allowed: true })
  })
})
