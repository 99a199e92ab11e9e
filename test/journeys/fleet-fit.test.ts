import { mkdir, writeFile } from 'node:fs/promises'
import { answer } from '@sutler/client'
import { beforeAll, describe, expect, it } from 'vitest'
import { secondPerson } from '../support/campaign-fleet.ts'
import { commandLineForThisFile } from '../support/command-line.ts'
import { patience } from './household.ts'
import { hubWithPhones } from './hub-with-phones.ts'

/** How a version would fit the fleet, before it is published. */

const { home, hub } = hubWithPhones(Date.UTC(2026, 0, 15, 12), {})
const sutler = commandLineForThisFile()

beforeAll(async () => {
  const token = await secondPerson(hub, 'dora', 'developer')
  await sutler.saveLogin({ hub: hub.url, token })
  await mkdir(sutler.path('radio/app'), { recursive: true })
  await writeFile(sutler.path('radio/app/a'), 'radio')
  const small = 'report.memory.total >= 1000000000'
  const component = (name: string, compatibility: string) => ({
    name,
    deviceClass: 'phone',
    compatibility,
    from: 'app',
  })
  const components = [
    component('large', `${small} && report.hardware.cpus >= 64`),
    component('small', small),
    { name: 'box', deviceClass: 'set-top-box', from: 'app' },
  ]
  const document = { id: 'radio', title: 'Radio', version: '1.0.0', components }
  await writeFile(sutler.path('radio/service.json'), JSON.stringify(document))
  const few = { memory: { total: 500_000_000 } }
  await home({ phones: 2 })
  await home({ phones: 2, report: few })
}, patience)

const url = '/api/v1/fleet-fit'
const body = {
  service: 'radio',
  version: '1.0.0',
  components: [{ name: 'app', deviceClass: 'phone', compatibility: 'report.memory.total >= 1000000000', files: 1 }],
}

describe('the fit of a version', { timeout: patience }, () => {
  it('is counted by component, with the reasons of those that get none, and nothing is published', async () => {
    const { status, out, err } = await sutler.run(['service', 'validate', 'radio', '--hub'])
    expect([status, err.includes('error')]).toEqual([0, false])
    expect(out).toContain('Of 4 devices in use:')
    expect(out).toMatch(/large +would go to 0\n +small +would go to 2\n +box +would go to 0\n/)
    expect(out).toMatch(/2 would get none:\n +2 × phone: .*needs report\.memory\.total >= 1000000000/)
    await expect(
      hub.api.GET('/api/v1/services/{service}', { params: { path: { service: 'radio' } } }),
    ).rejects.toMatchObject({ status: 404 })
  })

  it('comes page by page, which add up', async () => {
    const counts = []
    for (let cursor: string | null | undefined = undefined; cursor !== null;) {
      const query: { limit: number; cursor?: string } = { limit: 3, ...(cursor !== undefined && { cursor }) }
      const page: { devices: number; next: string | null } = answer(
        await hub.api.POST(url, { params: { query }, body: body as never }),
      )
      counts.push(page.devices)
      cursor = page.next
    }
    expect(counts).toEqual([3, 1])
  })

  it('is judged by usable expressions only', async () => {
    const wrong = { ...body, components: [{ ...body.components[0]!, compatibility: 'report.colour == "red"' }] }
    await expect(hub.api.POST(url, { body: wrong as never })).rejects.toMatchObject({
      status: 422,
      code: 'invalid-composition',
    })
  })
})
