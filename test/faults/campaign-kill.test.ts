import { answer } from '@sutler/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { patience, publishTestService } from '../journeys/household.ts'
import { addHomes, targetsOf, untilCampaign } from '../support/campaign-fleet.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { until } from '../support/until.ts'

const homes = 240
let database: TestDatabase
let hub: HubProcess

beforeAll(async () => {
  database = await testDatabase()
  hub = await startHub({ databaseUrl: database.url })
  await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { a: '1' } }])
  const wishes = Array.from({ length: homes }, () => ({ classes: ['phone', 'phone'] as const }))
  await addHomes({ database }, systemClock, 'kill', wishes)
}, 2 * patience)

afterAll(async () => {
  await hub?.stop()
  await database?.close()
}, patience)

it(
  'a hub that is killed while it plans and while it orders orders once for every household, and counts right',
  { timeout: 4 * patience },
  async () => {
    const body = {
      name: 'killed',
      selection: { filter: "device.class == 'phone'" },
      order: { action: 'add', service: 'guide' },
      waves: [{ percent: 100 }],
    }
    const { id } = answer(await hub.api.POST('/api/v1/campaigns', { body: body as never }))
    await hub.kill()
    await hub.restart()
    await untilCampaign(hub, id, ({ state }) => state === 'planned', 2 * patience)
    answer(await hub.api.POST('/api/v1/campaigns/{id}/start', { params: { path: { id } }, body: { reason: '' } }))
    const ordered = async (): Promise<number> => {
      const rows = await database.owner.sql<{ orders: number }[]>`select count(*)::int as orders from order_order`
      return rows[0]!.orders
    }
    for (const some of [20, 120]) {
      await until(async () => (await ordered()) >= some, { deadline: patience })
      await hub.kill()
      await hub.restart()
    }
    await untilCampaign(hub, id, ({ waves }) => waves[0]!.open === 2 * homes, 2 * patience)
    const targets = await targetsOf(hub, id)
    expect(targets.filter(({ state }) => state === 'ordered')).toHaveLength(2 * homes)
    expect(new Set(targets.map(({ order }) => order)).size).toBe(homes)
    expect(await ordered()).toBe(homes)
    expect(await untilCampaign(hub, id, ({ state }) => state === 'waiting')).toMatchObject({ currentWave: 1 })
  },
)
