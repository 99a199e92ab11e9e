import { answer } from '@sutler/client'
import { beforeAll, expect, it } from 'vitest'
import { patience, publishTestService, until } from '../journeys/household.ts'
import { targetsOf, untilCampaign } from '../support/campaign-fleet.ts'
import { fleetHubForThisFile } from './fleet-hub.ts'

const homes = 240
const fleet = fleetHubForThisFile(homes)

beforeAll(() => publishTestService(fleet.hub, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { a: '1' } }]))

it(
  'a hub that is killed while it plans and while it orders orders once for every household, and counts right',
  { timeout: 4 * patience },
  async () => {
    const { database, hub } = fleet
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
      await until(async () => (await ordered()) >= some)
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
