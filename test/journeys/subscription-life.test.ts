import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answer } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { until } from '../support/until.ts'
import {
  filesInUse,
  patience,
  placeOrder,
  publishTestService,
  setUpHousehold,
  settledOrder,
  sha256,
  untilOrder,
  type Household,
} from './household.ts'

/** The life of a subscription on a device with a real agent. */

let hub: ComposedHub
let home: Household
const passes = 'process.exit(0)'
const fails = 'console.error("no picture"); process.exit(1)'
const files = (version: string) => ({ 'app.js': `run ${version}`, 'data.bin': Buffer.alloc(20_000, version) })

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
  for (const version of ['1.0.0', '2.0.0'])
    await publishTestService(hub, 'guide', version, [{ deviceClass: 'set-top-box', files: files(version) }])
  for (const version of ['1.0.0', '2.0.0'])
    await publishTestService(hub, 'player', version, [
      { deviceClass: 'set-top-box', files: files(version) },
      { deviceClass: 'phone', files: files(version), health: version === '1.0.0' ? passes : fails },
    ])
  home = await setUpHousehold(hub, ['set-top-box', 'phone'])
  await done(await placeOrder(hub, home.id, 'add', 'guide', { version: '1.0.0' }))
}, 2 * patience)

afterAll(async () => {
  await home?.stop()
  await hub?.stop()
}, patience)

const agent = () => home.agents.get('set-top-box')!
const device = () => home.devices.get('set-top-box')!
const inUse = () => filesInUse(agent().directory, 'guide')
const current = (path: string) => join(agent().directory, 'services/guide/current', path)

async function done(order: { id: string }): Promise<void> {
  expect(await settledOrder(hub, order.id)).toMatchObject({ state: 'completed' })
}

async function order(action: 'suspend' | 'resume' | 'modify', version?: string) {
  const items = [{ action, service: 'guide', ...(version !== undefined && { version }) }]
  return answer(await hub.api.POST('/api/v1/orders', { body: { household: home.id, items } }))
}

async function subscription(service = 'guide') {
  const query = { household: home.id }
  const all = answer(await hub.api.GET('/api/v1/subscriptions', { params: { query } })).items
  return all.find((each) => each.service === service)!
}

const untilSubscription = (state: string) =>
  until(async () => ((await subscription()).state === state ? true : null), { deadline: patience, what: state })

/** The agent starts anew, and looks at its files. */
async function startAgain(change: () => Promise<void>): Promise<void> {
  await agent().kill()
  await change()
  agent().start()
}

async function eventsOf(type: string) {
  return hub.database.sql<{ subject: string; data: Record<string, unknown> }[]>`
    select subject, data from platform_event where type = ${type} order by id`
}

describe('a subscription', { timeout: 2 * patience }, () => {
  it('is suspended: the service is out of use, and comes back in the version it had', async () => {
    await done(await order('suspend'))
    await untilSubscription('suspended')
    expect(await subscription()).toMatchObject({ state: 'suspended', commercial: 'barred', version: '1.0.0' })
    expect(await inUse()).toBeNull()
    await done(await order('resume'))
    await untilSubscription('active')
    expect(await subscription()).toMatchObject({ commercial: 'authorized', version: '1.0.0' })
    expect(await inUse()).toEqual({ 'app.js': sha256('run 1.0.0'), 'data.bin': sha256(files('1.0.0')['data.bin']) })
  })

  it('is degraded when a file changes on the device, and active again when an order has put it right', async () => {
    await startAgain(() => writeFile(current('app.js'), 'tampered'))
    await untilSubscription('degraded')
    const { id } = await subscription()
    const [drifted] = await eventsOf('device.drifted')
    expect(drifted).toMatchObject({
      subject: device(),
      data: {
        subscription: id,
        service: 'guide',
        version: '1.0.0',
        component: 'set-top-box',
        detail: 'files of guide 1.0.0 (set-top-box) are not as they were proved: app.js',
      },
    })
    const degraded = (await eventsOf('subscription.degraded')).at(-1)
    expect(degraded).toMatchObject({ subject: id, data: { cause: 'drift', detail: expect.stringContaining('app.js') } })
    await done(await order('modify', '1.0.0'))
    await untilSubscription('active')
    expect(await inUse()).toMatchObject({ 'app.js': sha256('run 1.0.0') })
    await until(async () => ((await eventsOf('device.agreed')).length === 1 ? true : null), { deadline: patience })
  })

  it('is active again without an order when the device agrees again', async () => {
    await startAgain(() => rm(current('data.bin')))
    await untilSubscription('degraded')
    await startAgain(() => writeFile(current('data.bin'), files('1.0.0')['data.bin']))
    await untilSubscription('active')
    expect(await eventsOf('device.agreed')).toHaveLength(2)
  })
})

describe('a policy that repairs', { timeout: 2 * patience }, () => {
  it('orders again what a device no longer has, and the subscription is active without anybody’s doing', async () => {
    // As docs/guide/policies/repair-drift.yaml says it.
    const items = [{ action: 'modify' as const, service: '{event.data.service}', version: '{event.data.version}' }]
    const repair = { name: 'repair-drift', when: { event: 'device.drifted' }, then: [{ order: { items } }] }
    await hub.api.POST('/api/v1/policies', { body: repair as never })
    const path = { id: 'repair-drift', version: 1 }
    const tried = { params: { path }, body: { days: 1 } }
    const trial = answer(await hub.api.POST('/api/v1/policies/{id}/versions/{version}/trials', tried))
    const body = { trial: trial.id, acknowledge: [] }
    await hub.api.POST('/api/v1/policies/{id}/versions/{version}/activate', { params: { path }, body })
    await startAgain(() => writeFile(current('app.js'), 'tampered'))
    const query = { household: home.id, originKind: 'policy' as const }
    const [ordered] = await until(
      async () => {
        const { items } = answer(await hub.api.GET('/api/v1/orders', { params: { query } }))
        return items.length > 0 ? items : null
      },
      { deadline: patience },
    )
    await done(ordered!)
    await untilSubscription('active')
    expect(await inUse()).toMatchObject({ 'app.js': sha256('run 1.0.0') })
  })
})

describe('an order that is all or nothing', { timeout: 2 * patience }, () => {
  it('is undone where a device fails its health check: every device runs again what it ran before', async () => {
    await done(await placeOrder(hub, home.id, 'add', 'player', { version: '1.0.0' }))
    const failing = await placeOrder(hub, home.id, 'modify', 'player', { version: '2.0.0' })
    const settled = await settledOrder(hub, failing.id)
    expect(settled).toMatchObject({ state: 'failed' })
    expect(settled.deliveries.find(({ state }) => state === 'failed')!.detail).toContain('no picture')
    await until(async () => ((await subscription('player')).state === 'active' ? true : null), { deadline: patience })
    expect(await subscription('player')).toMatchObject({ version: '1.0.0', commercial: 'authorized' })
    for (const { directory } of home.agents.values())
      expect(await filesInUse(directory, 'player')).toMatchObject({ 'app.js': sha256('run 1.0.0') })
    expect(await eventsOf('device.drifted')).toHaveLength(3)
  })
})

describe('a newer order', { timeout: 2 * patience }, () => {
  it('takes the place of older ones while the device is away: only the newest is ever sent', async () => {
    await agent().kill()
    await until(async () => {
      const found = answer(await hub.api.GET('/api/v1/devices', { params: { query: { household: home.id } } })).items
      return found.find(({ id }) => id === device())!.reachable ? null : true
    })
    const queued = ({ id }: { id: string }) =>
      untilOrder(hub, id, ({ deliveries: [first] }) => first!.state === 'pending')
    const older = await order('modify', '2.0.0')
    await queued(older)
    const newer = await order('modify', '1.0.0')
    await queued(newer)
    const newest = await order('modify', '2.0.0')
    for (const { id } of [older, newer])
      expect(await settledOrder(hub, id)).toMatchObject({ state: 'cancelled', deliveries: [{ state: 'cancelled' }] })
    agent().start()
    await done(newest)
    expect(await inUse()).toMatchObject({ 'app.js': sha256('run 2.0.0') })
    const outputs = answer(
      await hub.api.GET('/api/v1/devices/{id}/outputs', { params: { path: { id: device() }, query: { limit: 200 } } }),
    ).items
    const about = new Set([older, newer, newest].flatMap(({ deliveries }) => deliveries.map(({ id }) => id)))
    const sent = outputs.filter(({ delivery, sentAt }) => about.has(delivery ?? '') && sentAt !== null)
    expect(sent.map(({ delivery }) => delivery)).toEqual([newest.deliveries[0]!.id])
    const dropped = await eventsOf('delivery.dropped')
    expect(dropped.map(({ subject }) => subject).toSorted()).toEqual(
      [older, newer].map(({ deliveries }) => deliveries[0]!.id).toSorted(),
    )
  })
})
