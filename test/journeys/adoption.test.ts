import { answer, createClient } from '@sutler/client'
import { describe, expect, it } from 'vitest'
import { secondPerson } from '../support/campaign-fleet.ts'
import { patience } from './household.ts'
import { hubWithPhones } from './hub-with-phones.ts'
import { obey, order } from './ordering.ts'

/** What became of a service's versions on devices, as its developer sees it. */

const start = Date.UTC(2026, 0, 15, 12)
const { home, hub, clock } = hubWithPhones(start, { radio: ['1.0.0', '2.0.0'] })

const version = (name: string) => ({ params: { path: { service: 'radio', version: name } } })
const add = (household: string, wanted: string) =>
  order(hub, household, [{ action: 'add', service: 'radio', version: wanted }])

describe('adoption', { timeout: patience }, () => {
  it('counts by version which devices have proved it, are to get it, or failed to', async () => {
    const [has, keeps, waits] = [await home(), await home(), await home()]
    for (const one of [has, keeps]) await obey(hub, [one.phone], (await add(one.id, '1.0.0')).id)
    const upgrade = await order(hub, keeps.id, [{ action: 'modify', service: 'radio', version: '2.0.0' }])
    await obey(hub, [keeps.phone], upgrade.id, ['radio'])
    await waits.phone.disconnect()
    await add(waits.id, '2.0.0')
    // What was counted before is given again for a moment.
    clock.advance(60_000)

    const service = answer(
      await hub.api.GET('/api/v1/services/{service}/adoption', { params: { path: { service: 'radio' } } }),
    )
    expect(service.versions).toMatchObject([
      { version: '2.0.0', state: 'released', channel: 'stable', installed: 0, pending: 1, failed: 1 },
      { version: '1.0.0', installed: 2, pending: 0, failed: 0 },
    ])
    const one = answer(await hub.api.GET('/api/v1/services/{service}/versions/{version}/adoption', version('2.0.0')))
    expect(one).toMatchObject({
      installed: 0,
      components: [{ component: 'phone', deviceClass: 'phone', installed: 0, pending: 1, failed: 1 }],
    })
    expect(one.days).toHaveLength(30)
    expect(one.days.at(-1)).toEqual({ day: '2026-01-15', confirmed: 0, failed: 1 })
    expect(one.days.at(-2)).toEqual({ day: '2026-01-14', confirmed: 0, failed: 0 })
  })

  it('groups failures by their reason, with devices to look at', async () => {
    const { items } = answer(
      await hub.api.GET('/api/v1/services/{service}/versions/{version}/failures', version('2.0.0')),
    )
    expect(items).toMatchObject([
      {
        code: 'health-check-failed',
        example: 'failed: health-check-failed: no picture',
        count: 1,
        devices: [{ component: 'phone' }],
      },
    ])
  })

  it('is for the service’s own developer: to others there is no such service, nor to whoever does not develop', async () => {
    const asked = async (role: 'operator' | 'developer') => {
      const api = createClient({ hub: hub.url, token: await secondPerson(hub, `a-${role}`, role) })
      return api.GET('/api/v1/services/{service}/adoption', { params: { path: { service: 'radio' } } })
    }
    expect((await asked('operator')).response.status).toBe(200)
    await expect(asked('developer')).rejects.toMatchObject({ status: 404 })
  })

  it('says so where there is no such version', async () => {
    const none = hub.api.GET('/api/v1/services/{service}/versions/{version}/adoption', version('9.9.9'))
    await expect(none).rejects.toMatchObject({ status: 404, code: 'not-found' })
  })
})
