import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answer } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { createHousehold, placeOrder, publishTestService, settledOrder, type Order } from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { requireMender, scriptArtifact, startMenderClient, type MenderClient } from '../support/mender-client.ts'
import { until } from '../support/until.ts'

/** Debian's mender-client against a whole hub; artifacts are made by mender-artifact. */

const patience = 120_000
let hub: ComposedHub
let client: MenderClient
let household: string
let device: string

beforeAll(async () => {
  await requireMender()
  hub = await composeHub({ clock: systemClock, env: { SUTLER_PROTOCOLS: 'mender' } })
  household = await createHousehold(hub)
  client = await startMenderClient(hub.secure, 'mender-1')
  const credential = { kind: 'public-key' as const, publicKey: await client.publicKey() }
  const body = {
    household,
    class: 'gateway' as const,
    protocol: 'mender' as const,
    identity: '{"serial":"mender-1"}',
    credential,
  }
  device = answer(await hub.api.POST('/api/v1/devices', { body })).device
}, patience)
afterAll(async () => {
  await client?.stop()
  await hub?.stop()
}, patience)

/** Publishes a script as an artifact, orders it, and waits for the end. */
async function ordered(service: string, version: string, script: string): Promise<Order> {
  const software = ['--software-name', service, '--software-version', version]
  const artifact = await scriptArtifact(`${service}-${version}`, script, software)
  const files = { [`${service}.mender`]: artifact }
  await publishTestService(hub, service, version, [{ deviceClass: 'gateway', role: 'unit', files }])
  return placed(service)
}

async function placed(service: string): Promise<Order> {
  return settledOrder(hub, (await placeOrder(hub, household, 'add', service)).id)
}

const written = (name: string) => readFile(join(client.directory, name), 'utf8')

describe('mender-client', { timeout: patience }, () => {
  it('authenticates by its own key, and says what it is', async () => {
    const found = await until(
      async () => {
        const one = answer(await hub.api.GET('/api/v1/devices/{id}', { params: { path: { id: device } } }))
        return one.reachable && one.capabilities !== null && one
      },
      { deadline: 60_000, what: 'the client’s inventory' },
    )
    expect(found).toMatchObject({
      reachable: true,
      capabilities: {
        protocol: 'mender',
        hardware: { model: 'board' },
        os: { name: 'Debian GNU/Linux', version: '12' },
        units: [{ name: 'factory', version: '' }],
      },
    })
    expect(found.capabilities?.runtimes['mender-client']).toMatch(/^\d/)
  })

  it('installs what was ordered, and proves it by the name of its artifact', async () => {
    const order = await ordered('guide', '1.0.0', `echo 1.0.0 > ${client.directory}/guide`)
    expect(order).toMatchObject({ state: 'completed', deliveries: [{ state: 'confirmed', proof: { holds: true } }] })
    expect(await written('guide')).toBe('1.0.0\n')
    const { capabilities } = answer(await hub.api.GET('/api/v1/devices/{id}', { params: { path: { id: device } } }))
    expect(capabilities?.units).toContainEqual({ name: 'guide-1.0.0', version: '' })
  })

  it('that fails says so, and sends the log that tells why', async () => {
    const order = await ordered('radio', '1.0.0', 'echo no sound >&2; exit 3')
    expect(order.state).toBe('failed')
    expect(order.deliveries[0]?.detail).toContain('failed-on-device')
    const [log] = await until(async () => {
      const rows = await hub.database.sql<
        { text: string }[]
      >`select text from consumer_device_log where device = ${device}`
      return rows.length > 0 && rows
    })
    expect(log!.text).toContain('exit status 3')
    expect(log!.text).not.toMatch(/\d{2,3}( \d{2,3}){30}/)
  })

  it('that has the artifact already says so, and downloads nothing', async () => {
    const again = await ordered('news', '1.0.0', `echo once >> ${client.directory}/news`)
    expect(again.state).toBe('completed')
    const files = { 'same.mender': await scriptArtifact('news-1.0.0', 'exit 1') }
    await publishTestService(hub, 'headlines', '1.0.0', [
      { deviceClass: 'gateway', role: 'unit', reports: { name: 'news', version: '1.0.0' }, files },
    ])
    const order = await placed('headlines')
    expect(order).toMatchObject({ state: 'completed' })
    expect(order.deliveries[0]?.proof?.by).toContain('already-installed')
    expect(await written('news')).toBe('once\n')
  })

  it('is told in the middle that the order was cancelled, and goes back', async () => {
    await writeFile(join(client.directory, 'hold'), '')
    const artifact = await scriptArtifact('slow-1.0.0', `touch ${client.directory}/slow`)
    const files = { 'slow.mender': artifact }
    await publishTestService(hub, 'slow', '1.0.0', [{ deviceClass: 'gateway', role: 'unit', files }])
    const { id } = await placeOrder(hub, household, 'add', 'slow')
    await until(() => written('held').then(() => true), { deadline: 30_000, what: 'the client has downloaded' })
    const body = { reason: 'changed my mind' }
    answer(await hub.api.POST('/api/v1/orders/{id}/cancel', { params: { path: { id } }, body }))
    const waiting = () => hub.database.sql`
      select from consumer_output where device = ${device} and kind = 'cancel' and done_at is null`
    await until(async () => (await waiting()).length === 1, { what: 'the cancellation waits for the device' })
    await rm(join(client.directory, 'hold'))
    expect((await settledOrder(hub, id)).state).toBe('cancelled')
    await expect(written('slow')).rejects.toMatchObject({ code: 'ENOENT' })
    expect(client.log()).toContain('deployment was aborted')
  })
})
