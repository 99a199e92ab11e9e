import { ApiError, answer, createClient, type Schemas } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addHomes,
  answerFor,
  readCampaign,
  secondPerson,
  targetsOf,
  untilCampaign,
  type Home,
} from '../support/campaign-fleet.ts'
import { composeHub, composeSecondHub, type ComposedHub } from '../support/composed-hub.ts'
import { manualClock } from '../support/manual-clock.ts'
import { until } from '../support/until.ts'
import { patience, placeOrder, publishTestService, settledOrder } from './household.ts'

const day = 86_400_000
const clock = manualClock(Date.UTC(2026, 2, 2, 12))
// Time passes for the hub ten times as fast as for everybody; the long waits are jumped over.
const ticking = setInterval(() => clock.advance(100), 10)
let hub: ComposedHub

beforeAll(async () => {
  hub = await composeHub({ clock })
  for (const version of ['1.0.0', '2.0.0'])
    await publishTestService(hub, 'guide', version, [
      { deviceClass: 'phone', files: { same: 'x'.repeat(1_000), own: `v${version}` } },
    ])
}, 2 * patience)

afterAll(async () => {
  clearInterval(ticking)
  await hub?.stop()
}, patience)

type Request = Schemas['CampaignRequest']
let numbered = 0

/** So many households with a phone each, and a campaign that adds or changes the guide for them. */
async function homesOf(count: number, has = false): Promise<Home[]> {
  const homes = await addHomes(
    hub,
    clock,
    `t${numbered++}`,
    Array.from({ length: count }, () => ({ classes: ['phone'] as const })),
  )
  if (!has) return homes
  for (const { id, devices } of homes) {
    const order = await placeOrder(hub, id, 'add', 'guide', { version: '1.0.0' })
    await open(devices)
    await answerFor(hub, devices, true)
    await settledOrder(hub, order.id)
  }
  return homes
}

async function create(homes: readonly Home[], more: Partial<Request> = {}): Promise<string> {
  const body = {
    name: 'guide 2',
    selection: { devices: homes.flatMap(({ devices }) => devices) },
    order: { action: 'add', service: 'guide', version: '2.0.0', allOrNothing: false },
    ...more,
  } as Request
  return answer(await hub.api.POST('/api/v1/campaigns', { body })).id
}

/** The refusal that a call ends with. */
async function refusalOf(call: Promise<unknown>): Promise<ApiError> {
  const refusal: unknown = await call.catch((error: unknown) => error)
  if (refusal instanceof ApiError) return refusal
  throw new Error('it was not refused')
}

type Act = 'start' | 'pause' | 'resume' | 'abort' | 'roll-back' | 'preview'
async function act(id: string, what: Act, reason = ''): Promise<void> {
  answer(await hub.api.POST(`/api/v1/campaigns/{id}/${what}`, { params: { path: { id } }, body: { reason } }))
}

async function started(homes: readonly Home[], more: Partial<Request> = {}): Promise<string> {
  const id = await create(homes, more)
  await untilCampaign(hub, id, ({ state }) => state === 'planned')
  await act(id, 'start', 'test')
  return id
}

/** Waits until these devices are offered something. */
async function open(devices: readonly string[]): Promise<void> {
  await until(
    async () => {
      for (const device of devices) {
        const { items } = answer(await hub.api.GET('/api/v1/deliveries', { params: { query: { device } } }))
        if (!items.some(({ state }) => state === 'pending'))
          throw new Error(`${device}: ${items.map((d) => `${d.state} ${d.detail}`)}`)
      }
      return true
    },
    { deadline: patience, what: 'devices are offered something' },
  )
}

async function orderedIn(id: string, state = 'ordered'): Promise<string[]> {
  return (await targetsOf(hub, id)).filter((target) => target.state === state).map(({ device }) => device)
}

describe('a campaign that is planned', { timeout: 2 * patience }, () => {
  it('says who would get it, who not and why, in which waves, how many bytes and until when; and orders nothing', async () => {
    const homes = await addHomes(hub, clock, 'plan', [
      ...Array.from({ length: 18 }, () => ({ classes: ['phone', 'gateway'] as const, timeZone: 'Europe/Berlin' })),
      { classes: ['phone'], timeZone: 'Asia/Tokyo' },
    ])
    await hub.database.owner.sql`update entity_device set state = 'quarantined' where id = ${homes[0]!.devices[0]!}`
    const id = await create(homes, { waves: [{ count: 5 }, { percent: 50 }] })
    const planned = await untilCampaign(hub, id, ({ state }) => state === 'planned')
    expect(planned.why).toBe('18 devices in 3 waves, 19 left out')
    const preview = answer(await hub.api.GET('/api/v1/campaigns/{id}/preview', { params: { path: { id } } }))
    expect(preview).toMatchObject({
      planned: 18,
      classes: { phone: 18 },
      zones: { 'Asia/Tokyo': 1, 'Europe/Berlin': 17 },
    })
    expect(preview.waves.map(({ devices }) => devices)).toEqual([5, 9, 4])
    expect(new Set(preview.waves.flatMap(({ first }) => first)).size).toBe(18)
    const kinds = new Map(preview.skipped.map(({ kind, devices, first }) => [kind, { devices, first }]))
    expect(kinds.get('quarantined')).toMatchObject({ devices: 1, first: [{ reason: 'the device is quarantined' }] })
    expect(kinds.get('does-not-fit')?.first[0]?.reason).toContain('made for phone')
    expect(preview.bytes.whole).toBe(18 * (1_000 + 'v2.0.0'.length))
    expect(preview.forecast.basis).toContain('phone')
    const { items } = answer(await hub.api.GET('/api/v1/orders', { params: { query: { household: homes[1]!.id } } }))
    expect(items).toEqual([])
  })

  it('counts only the files that change for devices that have the version before', async () => {
    const homes = await homesOf(2, true)
    const id = await create(homes, { order: { action: 'modify', service: 'guide', version: '2.0.0' } })
    await untilCampaign(hub, id, ({ state }) => state === 'planned')
    const { bytes } = answer(await hub.api.GET('/api/v1/campaigns/{id}/preview', { params: { path: { id } } }))
    expect(bytes).toEqual({ whole: 2 * 1_006, changedFilesOnly: 2 * 6, withPatches: 2 * 6 })
  })

  it('comes to nothing when nobody is to get it, and says why', async () => {
    const homes = await homesOf(2)
    const id = await create(homes, { order: { action: 'modify', service: 'guide' } })
    const failed = await untilCampaign(hub, id, ({ state }) => state === 'failed')
    expect(failed.why).toBe('no device is to get it: 2 match, and all of them are left out')
  })

  it('is refused when it could never work, with each place', async () => {
    const homes = await homesOf(1)
    const devices = homes[0]!.devices as string[]
    const body = {
      name: 'never',
      selection: { devices },
      order: {
        action: 'add' as const,
        service: 'guide',
      },
      gates: [
        {
          after: 1,
          success: 1.01,
        },
        {
          after: 7,
          errors: 0.5,
          sample: 10,
        },
      ],
    }
    const refused = await refusalOf(hub.api.POST('/api/v1/campaigns', { body: body as never }))
    expect(refused).toMatchObject({ code: 'campaign-impossible', status: 422 })
    expect(refused.places.map(({ pointer }) => pointer)).toEqual(['/gates/0/success', '/gates/1/after'])
  })

  it('can be planned anew, and forgets who no longer matches', async () => {
    const homes = await homesOf(3)
    const id = await create(homes)
    await untilCampaign(hub, id, ({ state }) => state === 'planned')
    await hub.database.owner.sql`update entity_device set state = 'decommissioned' where id = ${homes[0]!.devices[0]!}`
    await act(id, 'preview')
    const planned = await untilCampaign(hub, id, ({ state }) => state === 'planned')
    expect(planned.why).toBe('2 devices in one wave, 1 left out')
  })
})

describe('a campaign that runs', { timeout: 3 * patience }, () => {
  it('begins a wave when the gate of the one before has opened, and is completed when the last device is', async () => {
    const homes = await homesOf(12)
    const gate = { after: 1, success: 0.9, sample: 4, soak: '10m', within: '2d' }
    const id = await started(homes, { waves: [{ count: 4 }, { percent: 100 }], gates: [gate as never] })
    await untilCampaign(hub, id, ({ waves }) => waves[0]!.open === 4)
    const first = await orderedIn(id)
    expect(first).toHaveLength(4)
    await open(first)
    await answerFor(hub, first, true)
    await untilCampaign(hub, id, ({ state, waves, why }) => {
      return state === 'waiting' && waves[0]!.done === 4 && why.includes('still being watched')
    })
    clock.advance(10 * 60_000)
    await untilCampaign(hub, id, ({ currentWave, waves }) => currentWave === 2 && waves[1]!.open === 8)
    const second = await orderedIn(id)
    await open(second)
    await answerFor(hub, second, true)
    const done = await untilCampaign(hub, id, ({ state }) => state === 'completed')
    expect(done.waves).toMatchObject([
      { done: 4, open: 0 },
      { done: 8, open: 0 },
    ])
    const targets = await targetsOf(hub, id)
    expect(targets.every(({ state, order, before }) => state === 'done' && order !== null && before === '')).toBe(true)
    const orders = new Set(targets.map(({ order }) => order))
    expect(orders.size).toBe(12)
    const order = answer(await hub.api.GET('/api/v1/orders/{id}', { params: { path: { id: [...orders][0]! } } }))
    expect(order).toMatchObject({ origin: { kind: 'campaign', id, name: 'guide 2' }, state: 'completed' })
    const why = answer(await hub.api.GET('/api/v1/devices/{id}/campaigns', { params: { path: { id: first[0]! } } }))
    expect(why.items).toMatchObject([{ campaign: id, name: 'guide 2', state: 'done', wave: 1 }])
  })

  it('orders once for a household, whatever its number of devices', async () => {
    const homes = await addHomes(hub, clock, 'once', [{ classes: ['phone', 'phone', 'phone'] }, { classes: ['phone'] }])
    const id = await started(homes)
    await untilCampaign(hub, id, ({ waves }) => waves[0]?.open === 4)
    const targets = await targetsOf(hub, id)
    expect(new Set(targets.map(({ order }) => order)).size).toBe(2)
  })

  it('orders once for each household also where several hubs share the work', async () => {
    const second = await composeSecondHub(hub, { clock })
    try {
      const homes = await homesOf(40)
      const id = await started(homes, { rate: { perMinute: 100_000 } })
      await untilCampaign(hub, id, ({ waves }) => waves[0]?.open === 40)
      const rows = await hub.database.owner.sql<{ orders: number; households: number }[]>`
        select count(*)::int as orders, count(distinct household)::int as households from order_order where origin_id = ${id}`
      expect(rows).toEqual([{ orders: 40, households: 40 }])
      await act(id, 'abort')
    } finally {
      await second.stop()
    }
  })

  it('goes back when its gate trips: every household has what it had before', async () => {
    const homes = await homesOf(10, true)
    const gate = { after: 1, success: 0.8, sample: 5, within: '2d', else: 'roll-back' as const }
    const order = { action: 'modify' as const, service: 'guide', version: '2.0.0', allOrNothing: false }
    const id = await started(homes, { order, waves: [{ count: 5 }, { percent: 100 }], gates: [gate] })
    await untilCampaign(hub, id, ({ waves }) => waves[0]!.open === 5)
    const first = await orderedIn(id)
    await open(first)
    await answerFor(hub, first.slice(0, 2), true)
    await answerFor(hub, first.slice(2, 4), false)
    const back = await untilCampaign(
      hub,
      id,
      ({ state, waves }) => state === 'rolling-back' && waves[0]!.returning + waves[0]!.returned === 5,
    )
    expect(back.why).not.toBe('')
    // One of them is away, and has not even heard of the new version: the order that brings it back takes its place.
    await open(first)
    await answerFor(hub, first, true)
    const ended = await untilCampaign(hub, id, ({ state }) => state === 'rolled-back')
    expect(ended.waves[0]).toMatchObject({ open: 0, done: 0, failed: 0, returned: 5 })
    for (const { id: household } of homes) {
      const { items } = answer(await hub.api.GET('/api/v1/subscriptions', { params: { query: { household } } }))
      expect(items).toMatchObject([{ service: 'guide', version: '1.0.0' }])
    }
    expect(await orderedIn(id, 'planned')).toHaveLength(5)
  })

  it('leaves a household as it is that somebody else has changed since', async () => {
    const homes = await homesOf(2)
    const id = await started(homes)
    await untilCampaign(hub, id, ({ waves }) => waves[0]?.open === 2)
    const all = homes.flatMap(({ devices }) => devices)
    await open(all)
    await answerFor(hub, all, true)
    await untilCampaign(hub, id, ({ state }) => state === 'completed')
    const own = await placeOrder(hub, homes[0]!.id, 'modify', 'guide', { version: '1.0.0' })
    await open(homes[0]!.devices)
    await answerFor(hub, homes[0]!.devices, true)
    await settledOrder(hub, own.id)
    await act(id, 'roll-back', 'the wrong day')
    await untilCampaign(hub, id, ({ waves }) => waves[0]!.kept === 1 && waves[0]!.returning === 1)
    await open(homes[1]!.devices)
    await answerFor(hub, homes[1]!.devices, true)
    const ended = await untilCampaign(hub, id, ({ state }) => state === 'rolled-back')
    expect(ended.waves[0]).toMatchObject({ kept: 1, returned: 1 })
    expect((await targetsOf(hub, id)).find(({ state }) => state === 'kept')?.reason).toContain(own.id)
  })

  it('orders nothing while it is paused, goes on when it is resumed, and cancels what is open when it is aborted', async () => {
    const homes = await homesOf(6)
    const id = await started(homes, {
      waves: [{ count: 2 }, { count: 2 }, { percent: 100 }],
      gates: [{ after: 'each', success: 1 } as never],
    })
    await untilCampaign(hub, id, ({ waves }) => waves[0]!.open === 2)
    await act(id, 'pause', 'the match is on')
    await untilCampaign(hub, id, ({ state }) => state === 'paused')
    const first = await orderedIn(id)
    await open(first)
    await answerFor(hub, first, true)
    const paused = await untilCampaign(hub, id, ({ waves }) => waves[0]!.done === 2)
    expect(paused).toMatchObject({ state: 'paused', currentWave: 1 })
    expect(paused.acts.map(({ act: what, reason }) => [what, reason])).toEqual([
      ['start', 'test'],
      ['pause', 'the match is on'],
    ])
    await act(id, 'resume')
    await untilCampaign(hub, id, ({ currentWave, waves }) => currentWave === 2 && waves[1]!.open === 2)
    await act(id, 'abort')
    const ended = await untilCampaign(hub, id, ({ state }) => state === 'aborted')
    expect(ended.waves).toMatchObject([{ done: 2 }, { open: 0, cancelled: 2 }, { open: 0 }])
    await expect(act(id, 'resume')).rejects.toMatchObject({ code: 'campaign-state', status: 409 })
  })

  it('waits for a second person where it says so', async () => {
    const homes = await homesOf(2)
    const id = await started(homes, {
      approvals: [{ before: 1, role: 'operator', within: '1d', else: 'abort' }] as never,
    })
    const waiting = await untilCampaign(hub, id, ({ state }) => state === 'waiting')
    expect(waiting.why).toContain('second person')
    const approve = (api: typeof hub.api, wave = 1) =>
      api.POST('/api/v1/campaigns/{id}/approve', { params: { path: { id } }, body: { wave, reason: 'seen' } })
    await expect(approve(hub.api)).rejects.toMatchObject({ code: 'same-person', status: 403 })
    const bea = createClient({ hub: hub.url, token: await secondPerson(hub, 'bea', 'operator') })
    await expect(approve(bea, 2)).rejects.toMatchObject({ code: 'nothing-to-approve' })
    answer(await approve(bea))
    await untilCampaign(hub, id, ({ waves }) => waves[0]!.open === 2)
    expect((await readCampaign(hub, id)).acts).toMatchObject([
      { act: 'start' },
      { act: 'approve', wave: 1, name: 'bea' },
    ])
  })

  it('comes to an end by itself when nothing is heard of anybody', async () => {
    const homes = await homesOf(2)
    const gate = { after: 1, success: 1, within: '1d', else: 'pause' as const }
    const id = await started(homes, {
      waves: [{ count: 1 }, { count: 1 }],
      gates: [gate],
      within: '5d',
      pauseAtMost: '2d',
    })
    await untilCampaign(hub, id, ({ state }) => state === 'waiting')
    clock.advance(day)
    await untilCampaign(hub, id, ({ state }) => state === 'paused')
    clock.advance(2 * day)
    const ended = await untilCampaign(hub, id, ({ state }) => state === 'aborted')
    expect(ended.waves[0]).toMatchObject({ open: 0, cancelled: 1 })
  })

  it('keeps the reason of a device that could not be ordered for, as an error of its wave', async () => {
    const homes = await homesOf(2)
    const id = await create(homes, { waves: [{ percent: 100 }] })
    await untilCampaign(hub, id, ({ state }) => state === 'planned')
    const [first] = homes
    const own = await placeOrder(hub, first!.id, 'add', 'guide', { version: '1.0.0' })
    await open(first!.devices)
    await answerFor(hub, first!.devices, true)
    await settledOrder(hub, own.id)
    await act(id, 'start')
    await untilCampaign(hub, id, ({ waves }) => waves[0]!.failed === 1 && waves[0]!.open === 1)
    const refused = (await targetsOf(hub, id)).find(({ state }) => state === 'refused')
    expect(refused).toMatchObject({ device: first!.devices[0], wave: 1 })
    expect(refused!.reason).toContain('guide')
  })
})

describe('whom a campaign is for', { timeout: 3 * patience }, () => {
  it('may be a filter, and devices that come to match while it runs are taken in', async () => {
    await addHomes(hub, clock, 'joins', [{ classes: ['phone', 'gateway'] }])
    const selection = { filter: "device.class == 'phone' && device.name.endsWith('joins')" }
    const id = await started([], { selection, joining: true, within: '20d' as never })
    await untilCampaign(hub, id, ({ waves }) => waves[0]?.open === 1)
    await addHomes(hub, clock, 'later joins', [{ classes: ['phone'] }])
    const joined = await untilCampaign(hub, id, ({ waves }) => waves[0]!.open === 2)
    expect(joined.waves).toHaveLength(1)
    await act(id, 'abort')
    await untilCampaign(hub, id, ({ state }) => state === 'aborted')
  })

  it('may be a group, which has a wave of its own and is kept as long as the campaign goes on', async () => {
    const homes = await homesOf(6)
    const devices = homes.flatMap((home) => home.devices)
    const body = { name: 'friends of the house', devices: devices.slice(0, 2) }
    const { id: group } = answer(await hub.api.POST('/api/v1/groups', { body }))
    const gates = [{ after: 1, success: 1 } as never]
    const id = await started(homes, { waves: [{ group }, { percent: 100 }], gates })
    await untilCampaign(hub, id, ({ waves }) => waves[0]!.open === 2)
    expect((await orderedIn(id)).toSorted()).toEqual(devices.slice(0, 2).toSorted())
    const path = { id: group }
    await expect(hub.api.DELETE('/api/v1/groups/{id}', { params: { path } })).rejects.toMatchObject({
      code: 'group-in-use',
    })
    await act(id, 'abort')
    await untilCampaign(hub, id, ({ state }) => state === 'aborted')
    await hub.api.DELETE('/api/v1/groups/{id}', { params: { path } })
  })

  it('is refused when the filter cannot be understood, or there is no such group', async () => {
    const refusal = (selection: Request['selection']) => refusalOf(create([], { selection }))
    expect(await refusal({ filter: 'device.colour ==' })).toMatchObject({ code: 'invalid-filter' })
    expect(await refusal({ group: 'grp-00000000' })).toMatchObject({ code: 'unknown-group' })
  })
})

describe('the windows of a campaign', { timeout: 2 * patience }, () => {
  const nights = { kind: 'allow', dtstart: '2026-01-01T02:00', rrule: 'FREQ=DAILY', duration: 'PT2H' } as const

  it('are those of each device’s own time zone', async () => {
    const homes = await addHomes(hub, clock, 'zones', [
      { classes: ['phone'], timeZone: 'Asia/Tokyo' },
      { classes: ['phone'], timeZone: 'America/New_York' },
    ])
    clock.advance(nextDay(clock.now()) + 12 * 3_600_000 - clock.now())
    const id = await started(homes, { windows: [nights] })
    const waiting = await untilCampaign(hub, id, ({ why }) => why.includes('windows'))
    expect(waiting).toMatchObject({ state: 'running', why: 'wave 1 waits for its windows to open' })
    // 02:00 in Tokyo, noon in New York.
    clock.advance(5 * 3_600_000)
    await untilCampaign(hub, id, ({ waves }) => waves[0]!.open === 1)
    expect(await orderedIn(id)).toEqual(homes[0]!.devices)
    clock.advance(14 * 3_600_000)
    await untilCampaign(hub, id, ({ waves }) => waves[0]!.open === 2)
    await act(id, 'abort')
  })

  it('that never open are refused when they are written', async () => {
    const homes = await homesOf(1)
    const never = { ...nights, rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }
    expect(await refusalOf(create(homes, { windows: [never] }))).toMatchObject({
      code: 'window-never-opens',
      places: [{ pointer: '/windows/0/rrule' }],
    })
  })
})

function nextDay(now: number): number {
  return Math.ceil(now / day) * day
}
