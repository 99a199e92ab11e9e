import { readFile } from 'node:fs/promises'
import { runFleet } from '@sutler/simulators'
import { answer } from '@sutler/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { patience, publishTestService } from './household.ts'

let database: TestDatabase
let hub: HubProcess

beforeAll(async () => {
  database = await testDatabase()
  hub = await startHub({ databaseUrl: database.url })
  const classes = ['set-top-box', 'phone', 'gateway'] as const
  const files = { 'index.html': '<h1>', 'guide.bin': Buffer.alloc(20_000, 'x'), empty: '' }
  const components = classes.map((deviceClass) => ({ deviceClass, files: { ...files, own: deviceClass } }))
  await publishTestService(hub, 'guide', '1.0.0', components)
}, patience)

afterAll(async () => {
  await hub?.stop()
  await database?.close()
}, patience)

it(
  'fifty devices with every kind of fault all come to an end that hub and device agree about',
  { timeout: 2 * patience },
  async () => {
    const faults = { offline: 0.5, slow: 0.3, failing: 0.2, duplicates: 0.5, skew: 0.3, reorder: 0.5, killed: 0.3 }
    const result = await runFleet({
      hub: hub.secure.url,
      authority: await readFile(hub.secure.ca, 'utf8'),
      token: hub.connection.token!,
      devices: 50,
      seed: 7,
      order: { service: 'guide', version: null },
      duration: patience,
      faults,
    })
    expect(result).toMatchObject({ ready: 50, problems: [] })
    expect(result.installed + result.failed).toBe(50)
    expect(result.failed).toBeGreaterThan(0)
    const { items } = answer(await hub.api.GET('/api/v1/deliveries', { params: { query: { limit: 200 } } }))
    // Households in which one device failed are put back: those deliveries come beside the ordered ones.
    const deliveries = items.filter(({ purpose }) => purpose === 'carry-out')
    const count = (state: string): number => deliveries.filter((delivery) => delivery.state === state).length
    expect([deliveries.length, count('confirmed'), count('failed')]).toEqual([50, result.installed, result.failed])
    expect(Object.keys(result.orders).every((state) => ['completed', 'partial', 'failed'].includes(state))).toBe(true)
  },
)
