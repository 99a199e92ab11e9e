import { answer } from '@sutler/client'
import { expect, it } from 'vitest'
import { patience } from '../journeys/household.ts'
import { until } from '../support/until.ts'
import { fleetHubForThisFile } from './fleet-hub.ts'

const devices = 120
const fleet = fleetHubForThisFile(devices / 2)

it(
  'a hub that is killed in an operation over many devices goes on where it was, and each device is counted once',
  { timeout: 4 * patience },
  async () => {
    const { database, hub } = fleet
    const operation = { kind: 'decommission' as const }
    const body = { selection: { filter: 'device.class == "phone"' }, operation }
    const { token } = answer(await hub.api.POST('/api/v1/device-operations/previews', { body }))
    const started = answer(await hub.api.POST('/api/v1/device-operations', { body: { token, perMinute: 1_200 } }))
    const gone = async (): Promise<number> => {
      const rows = await database.owner.sql<{ gone: number }[]>`
        select count(*)::int as gone from entity_device where state = 'decommissioned'`
      return rows[0]!.gone
    }
    // In the middle of a batch, as likely as not.
    for (const some of [5, 45]) {
      await until(async () => (await gone()) >= some, { deadline: 2 * patience })
      await hub.kill()
      expect(await gone()).toBeLessThan(devices)
      await hub.restart()
    }
    const at = { params: { path: { id: started.id } } }
    const ended = await until(
      async () => {
        const found = answer(await hub.api.GET('/api/v1/device-operations/{id}', at))
        return found.state === 'running' ? null : found
      },
      { deadline: 3 * patience },
    )
    expect(await gone()).toBe(devices)
    // What was done and not noted is met again, and passed over.
    expect(ended).toMatchObject({ state: 'done', planned: devices, failed: 0 })
    expect(ended.done + ended.skipped).toBe(devices)
    const rows = await database.owner.sql<{ device: string; times: number }[]>`
      select subject as device, count(*)::int as times from platform_event where type = 'device.decommissioned' group by subject`
    expect(rows).toHaveLength(devices)
    expect(rows.filter(({ times }) => times !== 1)).toEqual([])
  },
)
