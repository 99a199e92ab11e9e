import { readFile } from 'node:fs/promises'
import { answer } from '@sutler/client'
import { createFleet, type Fleet } from '@sutler/simulators'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { targetsOf, untilCampaign } from '../support/campaign-fleet.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { patience, publishTestService } from './household.ts'

const devices = 150
let database: TestDatabase
let hub: HubProcess
let fleet: Fleet

beforeAll(async () => {
  database = await testDatabase()
  hub = await startHub({ databaseUrl: database.url })
  const classes = ['set-top-box', 'phone', 'gateway'] as const
  const components = classes.map((deviceClass) => ({ deviceClass, files: { own: deviceClass } }))
  await publishTestService(hub, 'guide', '1.0.0', components)
  fleet = createFleet({
    hub: hub.secure.url,
    authority: await readFile(hub.secure.ca, 'utf8'),
    token: hub.connection.token!,
    devices,
    perHousehold: 1,
    seed: 11,
    faults: { failing: 0.3 },
  })
  await fleet.start()
}, 3 * patience)

afterAll(async () => {
  await fleet?.stop()
  await hub?.stop()
  await database?.close()
}, patience)

it(
  'a campaign over a fleet of which a third fails stops at its gate and goes back; nobody else hears of it',
  { timeout: 4 * patience },
  async () => {
    const body = {
      name: 'guide for all',
      selection: { filter: "device.state == 'active'" },
      order: { action: 'add', service: 'guide' },
      waves: [{ count: 60 }, { percent: 100 }],
      gates: [{ after: 1, errors: 0.1, sample: 30, within: '1h', else: 'roll-back' }],
    }
    const { id } = answer(await hub.api.POST('/api/v1/campaigns', { body: body as never }))
    await untilCampaign(hub, id, ({ state }) => state === 'planned', patience)
    answer(await hub.api.POST('/api/v1/campaigns/{id}/start', { params: { path: { id } }, body: { reason: '' } }))
    const ended = await untilCampaign(hub, id, ({ state }) => state === 'rolled-back', 3 * patience)
    const [first, second] = ended.waves
    expect(first).toMatchObject({ size: 60, open: 0, done: 0, returning: 0, returned: 60 })
    expect(second).toMatchObject({ size: 90, open: 0, done: 0, beganAt: null })
    const targets = await targetsOf(hub, id)
    expect(targets.filter(({ state }) => state === 'planned')).toHaveLength(90)
    const { items } = answer(await hub.api.GET('/api/v1/subscriptions', { params: { query: { limit: 200 } } }))
    expect(items.filter(({ state }) => state !== 'ended')).toEqual([])
  },
)
