import { readFileSync } from 'node:fs'
import { answer } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { CommandLine } from '../support/command-line.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'
import { createClaim, createHousehold, patience, placeOrder, publishTestService, settledOrder } from './household.ts'

/** An operator's own life of subscriptions takes the place of the shipped one. */

let hub: ComposedHub
const phones: WireDevice[] = []
const shipped = readFileSync(new URL('../../hub/src/patterns/service-lifecycle.pattern', import.meta.url), 'utf8')
const version = '2.0.1-acme.1'

/** The shipped pattern, and an order that begins a subscription waits until somebody has approved of it. */
const own = shipped
  .replace('model service-lifecycle 2.0.1', `model service-lifecycle ${version}`)
  .replace('  requested (initial)\n', '  requested (initial)\n  awaiting-approval\n')
  .replace('// Orders. The list', 'signal approve(by: string)\n\n// Orders. The list')
  .replace(/on add: requested -> authorized, planned as "authorize"\n(?: {2}.*\n)+/, (begin) => {
    const [, set = '', rest = ''] = /^.*\n((?: {2}set.*\n)+)((?: {2}.*\n)+)/.exec(begin) ?? []
    const approved = rest.replace('args.version', 'data.coming.version')
    return [
      `on add: requested -> awaiting-approval as "ask for approval"\n${set}`,
      `on approve: awaiting-approval -> authorized, planned as "approve"\n${approved}`,
      'on cancel-order: awaiting-approval -> ended as "not approved"\n',
    ].join('\n')
  })

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
  for (const each of ['1.0.0', '2.0.0'])
    await publishTestService(hub, 'guide', each, [{ deviceClass: 'phone', files: { a: each } }])
}, 2 * patience)

afterAll(async () => {
  for (const phone of phones) await phone.disconnect()
  await hub?.stop()
}, patience)

async function home() {
  const id = await createHousehold(hub)
  const phone = await WireDevice.start(hub, await createClaim(hub, id))
  phones.push(phone)
  return { id, phone }
}

const publish = (text: string) => hub.api.POST('/api/v1/models', { body: { text } })
const assign = (chosen: string | null, role = 'service-lifecycle') =>
  hub.api.PUT('/api/v1/roles/{role}', { params: { path: { role } }, body: { version: chosen } })

async function instanceOf(subscription: string) {
  const path = { model: 'service-lifecycle', id: subscription }
  return answer(await hub.api.GET('/api/v1/instances/{model}/{id}', { params: { path } }))
}

describe('an operator’s own lifecycle', { timeout: patience }, () => {
  it('is refused, with every finding, when it does not keep the contract or takes a version that a hub may bring', async () => {
    await expect(publish(own.replaceAll('drifted', 'wandered'))).rejects.toMatchObject({
      code: 'model-unsound',
      message: expect.stringContaining('the signal drifted is not declared'),
    })
    await expect(publish(own.replace(version, '2.1.0'))).rejects.toMatchObject({
      code: 'model-unsound',
      message: expect.stringContaining('name your own 2.1.0-<yours>.1'),
    })
    await expect(assign('9.9.9')).rejects.toMatchObject({ code: 'unknown-model' })
    await expect(assign(null, 'nothing')).rejects.toMatchObject({ code: 'unknown-role' })
  })

  it('carries orders through, with a state of its own, once it is chosen; what runs stays on the version it has', async () => {
    const before = await home()
    const first = await placeOrder(hub, before.id, 'add', 'guide', { version: '1.0.0' })
    await before.phone.prove(await before.phone.wait('offer', first.deliveries[0]!.id))
    await settledOrder(hub, first.id)
    // Published is not yet chosen.
    await publish(own)
    expect(answer(await assign(version))).toMatchObject({ version, assigned: { version }, findings: [] })

    const { id, phone } = await home()
    const order = await placeOrder(hub, id, 'add', 'guide', { version: '1.0.0' })
    const subscription = order.items[0]!.subscription!
    await until(async () => (await instanceOf(subscription)).states.includes('awaiting-approval'), {
      deadline: patience,
    })
    expect(await instanceOf(subscription)).toMatchObject({ version })
    expect(phone.received).toEqual([])
    await hub.api.POST('/api/v1/instances/{model}/{id}/signals', {
      params: { path: { model: 'service-lifecycle', id: subscription } },
      body: { type: 'approve', args: { by: 'the boss' } },
    })
    await phone.prove(await phone.wait('offer', order.deliveries[0]!.id))
    expect(await settledOrder(hub, order.id)).toMatchObject({ state: 'completed' })

    const next = await placeOrder(hub, before.id, 'modify', 'guide', { version: '2.0.0' })
    await before.phone.prove(await before.phone.wait('offer', next.deliveries[0]!.id))
    expect(await settledOrder(hub, next.id)).toMatchObject({ state: 'completed' })
    expect(await instanceOf(first.items[0]!.subscription!)).toMatchObject({ version: '2.0.1' })
  })

  it('is given up for the shipped one again, by hand', async () => {
    const line = new CommandLine(hub.dataDirectory)
    const { hub: SUTLER_HUB, token } = hub.connection
    const env = { SUTLER_HUB, SUTLER_TOKEN: token! }
    const listed = await line.run(['model', 'role', 'list'], { env })
    expect(listed.out).toMatch(/service-lifecycle +2\.0\.1-acme\.1 +by usr-/)
    const assigned = await line.run(['model', 'role', 'assign', 'service-lifecycle', version, '--json'], { env })
    expect(JSON.parse(assigned.out)).toMatchObject({ version, findings: [] })
    const released = await line.run(['model', 'role', 'release', 'service-lifecycle'], { env })
    expect(released).toMatchObject({ status: 0, out: 'service-lifecycle is filled by 2.0.1.\n' })
    const { id, phone } = await home()
    const order = await placeOrder(hub, id, 'add', 'guide')
    await phone.prove(await phone.wait('offer', order.deliveries[0]!.id))
    expect(await settledOrder(hub, order.id)).toMatchObject({ state: 'completed' })
    expect(await instanceOf(order.items[0]!.subscription!)).toMatchObject({ version: '2.0.1' })
  })
})
