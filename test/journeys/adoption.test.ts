import { answer, createClient } from '@sutler/client'
import { describe, expect, it } from 'vitest'
import { secondPerson } from '../support/campaign-fleet.ts'
import { patience, publishTestService, until } from './household.ts'
import { hubWithPhones } from './hub-with-phones.ts'
import { obey, order, servicesOf } from './ordering.ts'

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

describe('logs of devices on which a version failed', { timeout: patience }, () => {
  const path = '/api/v1/services/{service}/versions/{version}/logs'

  it('are asked for, with the reason where a device cannot be asked, and come without secrets', async () => {
    const { items } = answer(await hub.api.POST(path, { ...version('2.0.0'), body: { bytes: 1_000 } }))
    expect(items).toMatchObject([
      { component: 'phone', why: 'failed: health-check-failed: no picture', state: 'refused', text: null },
    ])
    expect(items[0]!.detail).toContain('its features have no takes-collect')
    // As a device of a protocol that can would have sent it.
    const { sql } = hub.database.owner
    await sql`update developer_log_request set request = 'log-1', refused = '' where id = ${items[0]!.id}`
    await sql`
      insert into consumer_device_log (device, request, received_at, text)
      values (${items[0]!.device}, 'log-1', now(), 'mail to anna@example.org from 10.0.0.7')`
    const shown = answer(await hub.api.GET(path, version('2.0.0')))
    expect(shown.items).toMatchObject([{ state: 'received', text: 'mail to [e-mail] from [ip]', redacted: 2 }])
  })

  it('are asked of no device on which the version did not fail', async () => {
    const asked = hub.api.POST(path, { ...version('1.0.0'), body: { bytes: 1_000 } })
    await expect(asked).rejects.toMatchObject({ status: 409, code: 'no-failing-device' })
    const other = hub.api.POST(path, { ...version('2.0.0'), body: { bytes: 1_000, devices: ['dev-elsewhere'] } })
    await expect(other).rejects.toMatchObject({ status: 409, code: 'no-failing-device' })
  })
})

describe('a version that is withdrawn', { timeout: patience }, () => {
  const three = { params: { path: { service: 'radio', version: '3.0.0' } } }
  const withdrawal = async () =>
    answer(await hub.api.GET('/api/v1/services/{service}/versions/{version}/withdrawal', three))

  it('is named with what that means, is chosen for nobody, and rolled back is every household’s previous one again', async () => {
    await publishTestService(hub, 'radio', '3.0.0', [{ deviceClass: 'phone', files: { a: 'spoilt' } }])
    const homes = [await home(), await home()]
    for (const { id, phone } of homes) await obey(hub, [phone], (await add(id, '3.0.0')).id)
    expect(await withdrawal()).toMatchObject({ installed: 2, subscriptions: 2, previous: '2.0.0', withdrawn: null })
    const body = { reason: 'drains batteries', rollBack: true }
    await hub.api.POST('/api/v1/services/{service}/versions/{version}/withdrawal', { ...three, body })
    const later = await home()
    expect((await order(hub, later.id, [{ action: 'add', service: 'radio' }])).items).toMatchObject([
      { version: '2.0.0' },
    ])
    for (const { id, phone } of homes) {
      const back = await until(async () => {
        const { items } = answer(await hub.api.GET('/api/v1/orders', { params: { query: { household: id } } }))
        return items.find(({ origin }) => origin.kind === 'hub') ?? null
      })
      await obey(hub, [phone], back.id)
    }
    const after = await until(async () => {
      clock.advance(5_000)
      const found = await withdrawal()
      return found.withdrawn?.rollBack?.state === 'done' && found.installed === 0 ? found : null
    })
    expect(after.withdrawn).toMatchObject({
      reason: 'drains batteries',
      rollBack: { to: '2.0.0', placed: 2, refused: 0, refusals: [] },
    })
    expect(await Promise.all(homes.map(({ id }) => servicesOf(hub, id)))).toEqual([
      ['radio 2.0.0 active'],
      ['radio 2.0.0 active'],
    ])
  })

  it('is not rolled back where there is nothing to go back to', async () => {
    const body = { reason: 'none', rollBack: true }
    const refused = hub.api.POST('/api/v1/services/{service}/versions/{version}/withdrawal', {
      ...version('1.0.0'),
      body,
    })
    await expect(refused).rejects.toMatchObject({ status: 409, code: 'nothing-to-return-to' })
  })
})
