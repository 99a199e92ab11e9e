import type { CapabilityReport } from '@sutler/device-model'
import { databaseForThisTest } from '../../../../../test/support/database.ts'
import { manualClock } from '../../../../../test/support/manual-clock.ts'
import { silentLog } from '../../../platform/log.ts'
import { localDoorbells } from '../../../platform/doorbells.ts'
import type { FilterBounds } from '../app/filters.ts'
import { createEntityManagement, type NewDevice } from '../index.ts'

/** A device as a test wants it to be. */
export interface WantedDevice {
  readonly class: NewDevice['class']
  readonly name: string
  readonly serial: string
  /** Index of its household. */
  readonly household: number
  readonly report: CapabilityReport | null
  readonly reachable: boolean | null
  readonly tags?: readonly string[]
  readonly attributes?: Readonly<Record<string, string | number | boolean>>
}

export const testHouseholds = [
  ['Müller', 'Europe/Berlin'],
  ['O’Hara', 'Europe/Dublin'],
  ['%_\\', 'Asia/Tokyo'],
] as const

/** The module over a database of this test’s own, with three households and no device. */
export async function entitiesForThisTest(bounds?: FilterBounds) {
  const database = await databaseForThisTest()
  const clock = manualClock()
  const entities = createEntityManagement({
    database,
    doorbells: localDoorbells(),
    clock,
    log: silentLog,
    ...(bounds && { bounds }),
  })
  const households: string[] = []
  for (const [name, timeZone] of testHouseholds)
    households.push((await entities.addHousehold('main', name, timeZone)).id)
  let count = 0

  const add = async (wanted: readonly WantedDevice[]): Promise<string[]> => {
    const rows = wanted.map((device) => ({ device, id: `dev-${String(count++).padStart(8, '0')}` }))
    await database.transaction(async (tx) => {
      await entities.addDevices(
        tx,
        rows.map(({ id, device }) => ({
          id,
          household: households[device.household]!,
          class: device.class,
          serial: device.serial,
          name: device.name,
        })),
      )
      await entities.recordCapabilities(
        tx,
        rows.flatMap(({ id, device: { report } }) => (report === null ? [] : [{ device: id, report }])),
      )
    })
    for (const { id, device } of rows) {
      if (device.tags === undefined && device.attributes === undefined) continue
      const { tags = [], attributes = {} } = device
      for (const [table, key] of [
        ['entity_device', 'id'],
        ['entity_fleet', 'device'],
      ] as const)
        await database.sql`
          update ${database.sql(table)} set tags = ${[...tags]}, attributes = ${database.sql.json(attributes)}
          where ${database.sql(key)} = ${id}`
    }
    const seen = rows.flatMap(({ id, device }) =>
      device.reachable === null ? [] : [{ device: id, reachable: device.reachable }],
    )
    await entities.markReachable(seen)
    return rows.map((row) => row.id)
  }
  return { database, clock, entities, households, add }
}
