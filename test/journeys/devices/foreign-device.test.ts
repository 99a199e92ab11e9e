import { describe, expect, test } from 'vitest'
import { answer, ApiError } from '@sutler/client'
import { hubForThisFile } from '../../support/composed-hub.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { patience, placeOrder, publishTestService, until } from '../household.ts'
import { ddiHub, pollingGateway, settledBy, type PollingGateway } from './polling-gateway.ts'

/** What the hub does for a device that will never run its agent, whatever protocol it speaks: here one that polls by DDI. */

const gateway = { deviceClass: 'gateway' as const, role: 'firmware' as const, reports: { name: 'linux' } }

const clock = manualClock(Date.now())
const hub = hubForThisFile({ clock, env: ddiHub }, async (made) => {
  for (const version of ['1.0.0', '2.0.0'])
    await publishTestService(made, 'firmware', version, [{ ...gateway, files: { 'a.swu': `image ${version}` } }])
  await publishTestService(made, 'app', '1.0.0', [{ deviceClass: 'gateway', files: { a: '1', b: '2' } }])
  await publishTestService(made, 'choosy', '1.0.0', [
    { ...gateway, compatibility: "report.protocol == 'cwmp'", files: { a: '1' } },
  ])
})

const path = (id: string) => ({ params: { path: { id } } })
const install = async ({ household, device }: PollingGateway, version: string) => {
  const order = await placeOrder(hub, household, 'add', 'firmware', { version })
  return settledBy(hub, device, order.id)
}
const subscriptionOf = async ({ household }: PollingGateway) =>
  answer(await hub.api.GET('/api/v1/subscriptions', { params: { query: { household } } })).items[0]

async function refusalOf(call: Promise<unknown>): Promise<ApiError> {
  const refusal: unknown = await call.catch((error: unknown) => error)
  if (refusal instanceof ApiError) return refusal
  throw new Error('it was not refused')
}

describe('a device without our agent', { timeout: patience }, () => {
  test('is believed by what it says it runs, not by its word that all went well', async () => {
    const gateway = await pollingGateway(hub)
    gateway.device.faults.pretends = true
    const placed = await placeOrder(hub, gateway.household, 'add', 'firmware', { version: '1.0.0' })
    await until(async () => {
      await gateway.device.poll()
      return gateway.device.answers.some(({ said }) => said.includes('Update Installed'))
    })
    // It may still be about to restart: it has an hour to say that it runs it.
    clock.advance(61 * 60_000)
    const order = await settledBy(hub, gateway.device, placed.id)
    expect(order.state).toBe('failed')
    expect(order.deliveries[0]).toMatchObject({ state: 'failed', proof: { holds: false } })
    expect(order.deliveries[0]!.proof!.detail).toContain('the device says it runs linux-0.9')
  })

  test('has a proof that says where it was said, and that the explanation tells', async () => {
    const gateway = await pollingGateway(hub)
    const order = await install(gateway, '1.0.0')
    const [delivery] = order.deliveries
    expect(delivery!.proof).toMatchObject({ holds: true, by: expect.stringMatching(/\w/) })
    const told = answer(await hub.api.GET('/api/v1/explanations/deliveries/{id}', path(delivery!.id)))
    expect(JSON.stringify(told)).toContain('The device says that it runs firmware 1.0.0')
  })

  test('that runs something else than it proved has drifted, until it runs it again', async () => {
    const gateway = await pollingGateway(hub)
    expect((await install(gateway, '1.0.0')).state).toBe('completed')
    const proved = gateway.device.units
    const says = async (units: typeof proved) => {
      gateway.device.units = units
      answer(
        await hub.api.POST('/api/v1/devices/{id}/requests', {
          ...path(gateway.id),
          body: { kind: 'query-capabilities' },
        }),
      )
    }
    await says([{ name: 'linux', version: '0.8' }])
    await until(async () => {
      await gateway.device.poll()
      const now = await subscriptionOf(gateway)
      return now?.state === 'degraded'
    })
    const [drift] = await hub.database.sql`
      select data->>'detail' as detail from platform_event where type = 'device.drifted' and subject = ${gateway.id}`
    expect(drift).toEqual({ detail: 'linux-0.8 is in place where linux-1.0.0 was proved' })
    await says(proved)
    await until(async () => {
      await gateway.device.poll()
      return (await subscriptionOf(gateway))?.state === 'active'
    })
  })

  test('is not planned for what its protocol cannot carry, and the reason is told before anything is queued', async () => {
    const { household, id, device } = await pollingGateway(hub)
    await until(async () => answer(await hub.api.GET('/api/v1/devices/{id}', path(id))).capabilities !== null)
    const body = { household, items: [{ action: 'add' as const, service: 'choosy' }] }
    expect((await refusalOf(hub.api.POST('/api/v1/orders', { body }))).message).toContain("report.protocol == 'cwmp'")
    const limits = answer(await hub.api.GET('/api/v1/devices/{id}', path(id))).capabilities!.limits ?? {}
    for (const reason of Object.values(limits)) expect(reason).toMatch(/ /)
    expect(device.installs).toBe(0)
  })

  test('is not asked for what its protocol has no way to ask', async () => {
    const { id } = await pollingGateway(hub)
    const body = { kind: 'message' as const, text: 'Good evening' }
    const refusal = await refusalOf(hub.api.POST('/api/v1/devices/{id}/requests', { ...path(id), body }))
    expect(refusal).toMatchObject({
      status: 422,
      code: 'device-cannot',
      message: `${id}: DDI shows no messages to people.`,
    })
    expect(answer(await hub.api.GET('/api/v1/devices/{id}/outputs', path(id))).items).toEqual([])
  })

  test('that is out of service is asked for nothing, and let in no more', async () => {
    const { id, device } = await pollingGateway(hub)
    await hub.api.POST('/api/v1/devices/{id}/decommission', path(id))
    await until(async () => (await device.poll()) === 401)
    const body = { kind: 'query-capabilities' as const }
    const refusal = await refusalOf(hub.api.POST('/api/v1/devices/{id}/requests', { ...path(id), body }))
    expect(refusal).toMatchObject({ status: 409, code: 'device-out-of-service' })
  })
})
