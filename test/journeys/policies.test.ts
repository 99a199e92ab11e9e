import { answer, createClient, type Schemas } from '@sutler/client'
import type { Offer } from '@sutler/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPolicyFile } from '../../packages/cli/src/policies/policy-file.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { manualClock } from '../support/manual-clock.ts'
import { until as untilSoon } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'
import {
  createClaim,
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  readOrder,
  settledOrder,
  untilOrder,
} from './household.ts'

// Noon in winter: 21:00 in Tokyo.
const noon = Date.UTC(2026, 0, 15, 12)
const hour = 3_600_000
const minute = 60_000
const clock = manualClock(noon)
const ticking = setInterval(() => clock.advance(10), 10)
let hub: ComposedHub
const devices: WireDevice[] = []

beforeAll(async () => {
  hub = await composeHub({ clock })
  for (const service of ['guide', 'radio'])
    for (const version of ['1.0.0', '1.1.0'])
      await publishTestService(hub, service, version, [{ deviceClass: 'phone', files: { a: service + version } }])
}, patience)

afterAll(async () => {
  clearInterval(ticking)
  for (const device of devices) await device.disconnect()
  await hub?.stop()
}, patience)

const until: typeof untilSoon = (condition, options) => untilSoon(condition, { deadline: patience, ...options })

async function join(household: string, tz = 'UTC'): Promise<WireDevice> {
  const claim = await createClaim(hub, household)
  const phone = await WireDevice.start(hub, claim, { now: () => clock.now(), report: { tz } })
  devices.push(phone)
  return phone
}

interface Answer {
  readonly id: string
  readonly state: string
  /** Of a problem: ends in its code. */
  readonly type?: string
  readonly errors?: readonly { readonly pointer: string }[]
}

const codeOf = ({ type }: Answer): string => type?.split('/').at(-1) ?? ''

const post = async (path: string, body: object): Promise<{ status: number; body: Answer }> => {
  const { token } = hub.connection
  const response = await fetch(`${hub.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Answer }
}

/** Writes, tries and activates; what the dry run noticed is acknowledged. */
async function inForce(document: object, tried: { group?: string } = {}): Promise<Schemas['PolicyTrial']> {
  const { name } = document as { name: string }
  const written = await post('/policies', document)
  expect([written.status, JSON.stringify(written.body)]).toEqual([201, expect.anything()])
  const trial = (await post(`/policies/${name}/versions/1/trials`, tried)).body as unknown as Schemas['PolicyTrial']
  const acknowledge = ['everyone', 'nothing-seen']
  const activated = await post(`/policies/${name}/versions/1/activate`, { trial: trial.id, acknowledge })
  expect([activated.status, JSON.stringify(activated.body)]).toEqual([200, expect.anything()])
  return trial
}

const offerTo = (phone: WireDevice) =>
  until(() => phone.received.find((message): message is Offer => message.t === 'offer'))

/** The device stops what it is told to. */
async function stopped(phone: WireDevice, delivery: string): Promise<void> {
  await phone.wait('remove', delivery)
  await phone.say({ t: 'accept', delivery })
  await phone.say({ t: 'outcome', delivery, result: 'removed', digests: [], health: { ok: true } })
}

const off = (name: string) => post(`/policies/${name}/off`, { reason: 'the test is over' })

async function firings(policy: string, state?: string): Promise<Schemas['PolicyFiring'][]> {
  const query = { policy, ...(state === undefined ? {} : { state: state as 'done' }) }
  return answer(await hub.api.GET('/api/v1/firings', { params: { query } })).items
}

async function ordersOf(household: string): Promise<Schemas['Order'][]> {
  return answer(await hub.api.GET('/api/v1/orders', { params: { query: { household } } })).items
}

describe('a policy', { timeout: patience }, () => {
  it('orders for a device that joins, once, and says what held and for whom', async () => {
    const document = {
      name: 'welcome',
      when: { event: 'device.enrolled' },
      if: 'device.class == "phone" && household.name == "Test"',
      then: [
        { order: { reference: 'welcome {device.id}', items: [{ action: 'add', service: 'guide' }] } },
        { notify: { message: 'A {device.class} has joined {household.name}.' } },
      ],
    }
    await inForce(document)
    const household = await createHousehold(hub)
    const phone = await join(household)
    const [order] = await until(async () => orNone(await ordersOf(household)))
    expect(order).toMatchObject({
      reference: `welcome ${phone.id}`,
      origin: { kind: 'policy', name: 'welcome' },
      items: [{ action: 'add', service: 'guide', version: '1.1.0' }],
    })
    await phone.prove(await offerTo(phone))
    await expect(settledOrder(hub, order!.id)).resolves.toMatchObject({ state: 'completed' })
    const [firing] = await until(async () => orNone(await firings('welcome', 'done')))
    expect(firing).toMatchObject({
      household,
      cause: { kind: 'event', what: 'device.enrolled' },
      clauses: [
        { source: 'device.class == "phone"', held: true, detail: 'device.class is "phone"' },
        { source: 'household.name == "Test"', held: true },
      ],
      actions: [
        { kind: 'order', state: 'done', order: order!.id },
        { kind: 'notify', state: 'done', detail: 'A phone has joined Test.' },
      ],
    })
    expect(order!.origin.cause).toBe(firing!.id)
    await off('welcome')
    const other = await createHousehold(hub)
    await join(other)
    expect(await ordersOf(other)).toEqual([])
    expect(await ordersOf(household)).toHaveLength(1)
  })

  it('repairs what a device no longer has, as repair-drift.yaml has it', async () => {
    const file = new URL('../../docs/guide/policies/repair-drift.yaml', import.meta.url).pathname
    await inForce((await readPolicyFile(file)).document)
    const household = await createHousehold(hub)
    const phone = await join(household)
    const order = await placeOrder(hub, household, 'add', 'guide', { version: '1.0.0' })
    await phone.prove(await phone.wait('offer', order.deliveries[0]!.id))
    await settledOrder(hub, order.id)
    // Something else is new, and nothing of the service is there any more.
    await phone.report({ features: ['new'] })
    const [, repair] = await until(async () => {
      const orders = await ordersOf(household)
      return orders.length === 2 ? orders : null
    })
    expect(repair).toMatchObject({
      reference: `repair of ${phone.id}`,
      origin: { kind: 'policy', name: 'repair-drift' },
      items: [{ action: 'modify', service: 'guide', version: '1.0.0' }],
    })
    const { deliveries } = await readOrder(hub, repair!.id)
    await phone.prove(await phone.wait('offer', deliveries[0]!.id))
    await expect(settledOrder(hub, repair!.id)).resolves.toMatchObject({ state: 'completed' })
    await off('repair-drift')
  })

  it('stops again what is in use although it was suspended, as suspend-drifted.yaml has it; repair-drift lets it be', async () => {
    for (const name of ['suspend-drifted', 'repair-drift-of-others']) {
      const file = name === 'suspend-drifted' ? name : 'repair-drift'
      const path = new URL(`../../docs/guide/policies/${file}.yaml`, import.meta.url).pathname
      await inForce({ ...((await readPolicyFile(path)).document as object), name })
    }
    const household = await createHousehold(hub)
    const phone = await join(household)
    const added = await placeOrder(hub, household, 'add', 'guide', { version: '1.0.0' })
    const offer = await phone.wait('offer', added.deliveries[0]!.id)
    await phone.prove(offer)
    await settledOrder(hub, added.id)
    const suspended = await placeOrder(hub, household, 'suspend', 'guide')
    await stopped(phone, suspended.deliveries[0]!.id)
    await settledOrder(hub, suspended.id)
    const manifest = await phone.manifest(offer)
    const inUse = {
      service: 'guide',
      version: '1.0.0',
      component: manifest.component,
      epoch: 1,
      manifest: offer.manifest.digest,
    }
    await phone.report({ installed: [inUse] })
    const [, , again] = await until(async () => {
      const orders = await ordersOf(household)
      return orders.length === 3 ? orders : null
    })
    expect(again).toMatchObject({
      reference: `stopping guide on ${phone.id}`,
      items: [{ action: 'suspend', service: 'guide', version: '1.0.0' }],
    })
    const { deliveries } = await readOrder(hub, again!.id)
    await stopped(phone, deliveries[0]!.id)
    await expect(settledOrder(hub, again!.id)).resolves.toMatchObject({ state: 'completed' })
    const [passed] = await until(async () => orNone(await firings('repair-drift-of-others')))
    expect(passed).toMatchObject({ state: 'not-held' })
    for (const name of ['suspend-drifted', 'repair-drift-of-others']) await off(name)
  })

  it('that does not hold says which part did not, and does nothing', async () => {
    const then = [{ order: { items: [{ action: 'add', service: 'guide' }] } }]
    await inForce({
      name: 'boxes',
      when: { event: 'device.enrolled' },
      if: 'device.reachable == device.reachable && device.class == "set-top-box"',
      then,
    })
    const household = await createHousehold(hub)
    await join(household)
    const [firing] = await until(async () => orNone(await firings('boxes')))
    expect(firing).toMatchObject({ state: 'not-held', actions: [] })
    expect(firing!.clauses.map(({ held, detail }) => [held, detail])).toEqual([
      [true, expect.any(String)],
      [false, 'device.class is "phone"'],
    ])
    await off('boxes')
  })

  it('whose order cannot be keeps the rejected order and the reasons', async () => {
    await inForce({
      name: 'hopeless',
      when: { event: 'device.enrolled' },
      then: [{ order: { items: [{ action: 'modify', service: 'radio' }] } }],
    })
    const household = await createHousehold(hub)
    await join(household)
    const [firing] = await until(async () => orNone(await firings('hopeless', 'refused')))
    const [order] = await ordersOf(household)
    expect(order).toMatchObject({ state: 'rejected' })
    expect(firing!.actions[0]).toMatchObject({ state: 'refused', order: order!.id })
    await off('hopeless')
  })

  it('asks first when it says so, and does nothing when the answer is no', async () => {
    const then = [
      { approve: { within: 'PT1H', question: 'May {household.name} have the radio?' } },
      { order: { items: [{ action: 'add', service: 'radio' }] } },
    ]
    await inForce({ name: 'ask-first', when: { event: 'device.enrolled' }, then })
    const waiting = async (household: string) => {
      const query = { state: 'waiting' as const, household }
      const { items } = answer(await hub.api.GET('/api/v1/approvals', { params: { query } }))
      return orNone(items)
    }
    const [yes, no, late] = [await createHousehold(hub), await createHousehold(hub), await createHousehold(hub)]
    for (const household of [yes, no, late]) await join(household)
    const [agreed] = await until(() => waiting(yes))
    expect(agreed).toMatchObject({ question: 'May Test have the radio?', else: 'deny', by: 'operator' })
    const [refused] = await until(() => waiting(no))
    await until(() => waiting(late))
    expect((await post(`/approvals/${agreed!.id}/approve`, {})).body).toMatchObject({ state: 'approved' })
    expect((await post(`/approvals/${refused!.id}/deny`, { reason: 'not yet' })).body).toMatchObject({
      state: 'denied',
    })
    expect((await post(`/approvals/${refused!.id}/approve`, {})).body).toMatchObject({ status: 409 })
    await until(async () => orNone(await ordersOf(yes)))
    clock.advance(hour)
    await until(async () => ((await firings('ask-first', 'denied')).length === 2 ? true : null))
    expect([await ordersOf(no), await ordersOf(late)]).toEqual([[], []])
    await off('ask-first')
  })

  it('asks the household where it says so, and operators alone otherwise', async () => {
    const when = { event: 'device.enrolled' }
    for (const by of ['household', 'operator'])
      await inForce({ name: `ask-${by}`, when, then: [{ approve: { by } }, { notify: { message: by } }] })
    const household = await createHousehold(hub)
    const person = { name: 'subscriber', password: 'a long enough password' }
    const account = { ...person, roles: ['subscriber' as const], households: [household] }
    answer(await hub.api.POST('/api/v1/accounts', { body: account }))
    const session = answer(await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: person }))
    const theirs = createClient({ hub: hub.url, token: session.token })
    for (const home of [household, await createHousehold(hub)]) await join(home)
    const asked = await until(async () => {
      const { items } = answer(await theirs.GET('/api/v1/approvals'))
      return items.length === 2 ? items : null
    })
    const approve = (by: string) => {
      const { id } = asked.find((approval) => approval.by === by)!
      return theirs.POST('/api/v1/approvals/{id}/approve', { params: { path: { id } }, body: { reason: 'yes' } })
    }
    await expect(approve('operator')).rejects.toMatchObject({ code: 'forbidden' })
    expect(answer(await approve('household'))).toMatchObject({ state: 'approved', decided: { reason: 'yes' } })
    const { items } = answer(await theirs.GET('/api/v1/firings'))
    expect([...new Set(items.map((firing) => firing.household))]).toEqual([household])
    await expect(theirs.GET('/api/v1/policies')).rejects.toMatchObject({ code: 'forbidden' })
    for (const by of ['household', 'operator']) await off(`ask-${by}`)
  })

  it('holds deliveries for a time, also those of people, and lets them go when it is switched off', async () => {
    const household = await createHousehold(hub)
    const phone = await join(household)
    await inForce({
      name: 'match',
      when: { schedule: '5 * * * *', timeZone: 'Europe/Berlin' },
      then: [
        { hold: { for: 'PT2H', of: 'everyone', deliveries: 'delivery.service != "radio"', why: 'the match is on' } },
      ],
    })
    clock.advance(10 * minute)
    await until(async () => orNone(await firings('match', 'done')))
    const order = await placeOrder(hub, household, 'add', 'guide')
    const held = await untilOrder(hub, order.id, ({ state }) => state === 'held')
    expect(held.deliveries[0]!.detail).toContain('the match is on')
    const radio = await placeOrder(hub, household, 'add', 'radio')
    await phone.prove(await phone.wait('offer', radio.deliveries[0]!.id))
    expect((await readOrder(hub, order.id)).state).toBe('held')
    const why = async (service: string) =>
      answer(
        await hub.api.GET('/api/v1/devices/{id}/policy', { params: { path: { id: phone.id }, query: { service } } }),
      )
    expect(await why('guide')).toMatchObject({ verdict: 'later', why: expect.stringContaining('the match is on') })
    expect(await why('radio')).toMatchObject({ verdict: 'now' })
    await off('match')
    await phone.wait('offer', order.deliveries[0]!.id)
  })

  it('before deliveries asks people, and what they refuse is not delivered', async () => {
    await inForce({
      name: 'large',
      when: { before: 'delivery' },
      if: 'delivery.bytes > 1 && delivery.origin.kind != "policy"',
      then: [{ approve: { by: 'household', within: 'P1D' } }],
    })
    const household = await createHousehold(hub)
    await join(household)
    const order = await placeOrder(hub, household, 'add', 'guide')
    await untilOrder(hub, order.id, ({ state }) => state === 'held')
    const query = { state: 'waiting' as const, household }
    const [asked] = answer(await hub.api.GET('/api/v1/approvals', { params: { query } })).items
    expect(asked).toMatchObject({ delivery: order.deliveries[0]!.id, by: 'household' })
    await post(`/approvals/${asked!.id}/deny`, { reason: 'too large' })
    const ended = await settledOrder(hub, order.id)
    expect(ended.deliveries[0]).toMatchObject({ state: 'cancelled', detail: expect.stringContaining('too large') })
    await off('large')
  })

  it('before deliveries says what it would do with one that nobody has ordered, and asks nobody', async () => {
    const household = await createHousehold(hub)
    const phone = await join(household)
    await inForce({
      name: 'by-hand',
      when: { before: 'delivery' },
      if: 'delivery.device == device.id && delivery.origin.kind == "person" && delivery.service == "guide"',
      then: [{ approve: { by: 'household', within: 'P1D' } }],
    })
    const why = async (query: { service?: string; origin?: 'campaign' }) =>
      answer(await hub.api.GET('/api/v1/devices/{id}/policy', { params: { path: { id: phone.id }, query } }))
    const byPerson = await why({ service: 'guide' })
    expect(byPerson).toMatchObject({ verdict: 'later', why: expect.stringContaining('waits for household') })
    const rule = byPerson.rules.find((each) => each.rule.startsWith('policy'))
    expect(rule).toMatchObject({ rule: 'policy by-hand version 1', holds: false })
    expect(await why({ service: 'guide', origin: 'campaign' })).toMatchObject({ verdict: 'now' })
    expect(await why({})).toMatchObject({ verdict: 'now' })
    expect(answer(await hub.api.GET('/api/v1/approvals', { params: { query: { household } } })).items).toEqual([])
    expect(await firings('by-hand')).toEqual([])
    await off('by-hand')
  })

  it('goes through the subscriptions of a service when a version of it is released', async () => {
    const households = [await createHousehold(hub), await createHousehold(hub)]
    for (const household of households) {
      const phone = await join(household)
      const order = await placeOrder(hub, household, 'add', 'guide', { version: '1.0.0' })
      await phone.prove(await phone.wait('offer', order.deliveries[0]!.id))
      await settledOrder(hub, order.id)
    }
    const each = { of: 'subscription', service: '{event.data.service}' }
    const item = { action: 'modify', service: '{subscription.service}', version: '{event.data.version}' }
    const document = {
      name: 'newest',
      when: { event: 'version.released', each },
      if: `subscription.household in ${JSON.stringify(households)} && subscription.version != event.data.version`,
      then: [{ order: { household: '{subscription.household}', items: [item] } }],
    }
    const trial = await inForce(document)
    expect(trial).toMatchObject({ whole: true, held: expect.any(Number), households: 2 })
    await publishTestService(hub, 'guide', '1.2.0', [{ deviceClass: 'phone', files: { a: 'guide 1.2.0' } }])
    for (const household of households) {
      const [, order] = await until(async () => {
        const orders = await ordersOf(household)
        return orders.length === 2 ? orders : null
      })
      expect(order).toMatchObject({
        origin: { kind: 'policy', name: 'newest' },
        items: [{ action: 'modify', version: '1.2.0' }],
      })
    }
    await off('newest')
  })

  it('of a group of devices is for those alone, and the group stays as long as the policy is in force', async () => {
    const [inside, outside] = [await createHousehold(hub), await createHousehold(hub)]
    const body = { name: 'those inside', filter: `device.household == "${inside}"` }
    const group = answer(await hub.api.POST('/api/v1/groups', { body }))
    const then = [{ notify: { message: '{device.id}' } }]
    await inForce({ name: 'inside', when: { event: 'device.enrolled' }, then }, { group: group.id })
    await join(outside)
    const phone = await join(inside)
    const found = await until(async () => orNone(await firings('inside')))
    expect(found.map(({ subject }) => subject)).toEqual([phone.id])
    const remove = () => hub.api.DELETE('/api/v1/groups/{id}', { params: { path: { id: group.id } } })
    await expect(remove()).rejects.toMatchObject({ code: 'group-in-use', message: expect.stringContaining('inside') })
    await off('inside')
    await remove()
  })

  it('is due on each device when its clock shows the time, wherever it is', async () => {
    const household = await createHousehold(hub, 'UTC')
    const tokyo = await join(household, 'Asia/Tokyo')
    const lisbon = await join(household, 'Europe/Lisbon')
    // Until it is 03:00 in Tokyo, then in Lisbon.
    const zones = { [tokyo.id]: 18, [lisbon.id]: 3 }
    await inForce({
      name: 'nightly',
      when: { localTime: '03:00' },
      if: `device.household == "${household}"`,
      then: [{ notify: { message: '{device.id} at {schedule.due}' } }],
    })
    clock.advance(24 * hour)
    const fired = await until(async () => {
      const found = await firings('nightly', 'done')
      return found.length === 2 ? found : null
    })
    for (const { subject, actions } of fired)
      expect(new Date(actions[0]!.detail.split(' at ')[1]!).getUTCHours()).toBe(zones[subject])
    await off('nightly')
  })
})

describe('policies whose work is broken', { timeout: patience }, () => {
  it('leave out the event that cannot be dealt with, and no other', async () => {
    const names = ['one', 'broken', 'three']
    const then = [{ notify: { message: '{household.name}' } }]
    await inForce({ name: 'sturdy', when: { event: 'household.created' }, then })
    const { sql } = hub.database.owner
    await sql.unsafe(`
      create function refuse() returns trigger language plpgsql as $$ begin
        if new.household in (select id from entity_household where name = 'broken') then raise 'refused by the test'; end if;
        return new;
      end $$;
      create trigger refuse before insert on policy_firing for each row execute function refuse()`)
    for (const name of names) await hub.api.POST('/api/v1/households', { body: { name, timeZone: 'UTC' } })
    const done = await until(async () => {
      const found = await firings('sturdy', 'done')
      return found.length === 2 ? found : null
    })
    expect(done.map(({ actions }) => actions[0]!.detail).toSorted()).toEqual(['one', 'three'])
    await sql.unsafe('drop trigger refuse on policy_firing; drop function refuse()')
    await off('sturdy')
  })
})

describe('policies that would not end', { timeout: patience }, () => {
  it('are stopped where one firing follows from the other too often', async () => {
    const event = 'order.rejected'
    // The limit lets it pass beforehand; what it orders is rejected, which sets it off again.
    const limits = { perHouseholdPerDay: 1000 }
    const then = [{ order: { items: [{ action: 'modify', service: 'radio' }] } }]
    const household = await createHousehold(hub)
    await inForce({ name: 'again', when: { event }, if: `event.household == "${household}"`, then, limits })
    await inForce({
      name: 'first',
      when: { schedule: '* * * * *' },
      if: 'schedule.due != ""',
      then: [{ order: { household, items: [{ action: 'modify', service: 'radio' }] } }],
      limits: { total: 1 },
    })
    clock.advance(minute)
    const read = async (name: string) =>
      answer(await hub.api.GET('/api/v1/policies/{id}', { params: { path: { id: name } } }))
    await until(async () => ((await read('again')).active === null ? true : null))
    const found = await firings('again')
    expect(found.map(({ state }) => state)).toEqual(['limited', ...Array.from({ length: 8 }, () => 'refused')])
    expect(found[0]!.detail).toContain('a loop')
    const query = { params: { path: { id: 'again' } } }
    const [version] = answer(await hub.api.GET('/api/v1/policies/{id}/versions', query)).items
    expect(version).toMatchObject({ state: 'off', detail: expect.stringContaining('a loop') })
    expect((await read('first')).active).toBeNull()
    expect((await ordersOf(household)).length).toBe(9)
  })

  it('fire no more for a household, and in an hour, than they may; and a run through many waits', async () => {
    const before = clock.now()
    const when = { event: 'household.changed' }
    const limits = { perHouseholdPerDay: 2 }
    const household = await createHousehold(hub)
    const name = 'calm'
    await inForce({ name, when, if: `household.id == "${household}"`, then: [{ notify: { message: 'x' } }], limits })
    for (const text of ['a', 'b', 'c'])
      await hub.api.PATCH('/api/v1/households/{id}', {
        params: { path: { id: household } },
        headers: { 'if-match': '*' },
        body: { name: text },
      } as never)
    const states = await until(async () => {
      const found = await firings(name)
      const states = found.map(({ state }) => state)
      return states.length === 3 && !states.includes('open') ? states : null
    })
    expect(states).toEqual(['limited', 'done', 'done'])
    await off(name)
    const all = { name: 'slow', when: { schedule: '30 * * * *', each: { of: 'household' } } }
    await inForce({ ...all, then: [{ notify: { message: '{household.id}' } }], limits: { perHour: 5 } })
    clock.advance(hour)
    await until(async () => ((await firings('slow', 'done')).length === 5 ? true : null))
    const count = answer(await hub.api.GET('/api/v1/households', { params: { query: { limit: 200 } } })).items.length
    await off('slow')
    expect(count).toBeGreaterThan(5)
    expect(await firings('slow', 'limited')).toEqual([])
    expect(clock.now()).toBeGreaterThan(before)
  })
})

describe('a policy is not put in force', { timeout: patience }, () => {
  const order = { order: { items: [{ action: 'add', service: 'guide' }] } }
  const write = async (document: object): Promise<string> => {
    const { name } = document as { name: string }
    expect((await post('/policies', document)).status).toBe(201)
    return (await post(`/policies/${name}/versions/1/trials`, {})).body.id
  }
  const activate = async (name: string, trial: string, acknowledge: string[] = []) => {
    const { body } = await post(`/policies/${name}/versions/1/activate`, { trial, acknowledge })
    return codeOf(body) || body.state
  }

  it('untried, or on another trial than the newest', async () => {
    const trial = await write({
      name: 'untried',
      when: { event: 'device.enrolled' },
      if: 'device.class == "gateway"',
      then: [order],
    })
    expect(await activate('untried', 'tri-nobody')).toBe('policy-untested')
    await post('/policies/untried/versions/1/trials', {})
    expect(await activate('untried', trial)).toBe('policy-untested')
  })

  it('when it would order for everyone, unless that is acknowledged', async () => {
    for (let index = 0; index < 12; index++) await createHousehold(hub)
    const everyone = {
      name: 'everyone',
      when: { schedule: '0 0 1 1 *', each: { of: 'household' } },
      then: [{ order: { items: [{ action: 'add', service: 'guide' }] } }],
    }
    const trial = await write(everyone)
    expect(await activate('everyone', trial)).toBe('policy-for-everyone')
    expect(await activate('everyone', trial, ['everyone'])).toBe('active')
    await off('everyone')
  })

  it('when nothing recorded would have set it off, unless that is acknowledged', async () => {
    const trial = await write({
      name: 'nothing',
      when: { event: 'migration.cancelled' },
      then: [{ notify: { message: 'x' } }],
    })
    expect(await activate('nothing', trial)).toBe('policy-nothing-seen')
  })

  it('when its orders would set it off again, by way of another one, too', async () => {
    const other = { order: { items: [{ action: 'add', service: 'radio' }] } }
    const limits = { perHouseholdPerDay: 1 }
    const all = ['everyone', 'nothing-seen']
    const first = await write({
      name: 'ping',
      when: { event: 'subscription.active' },
      if: 'event.data.service == "radio"',
      then: [order],
    })
    expect(await activate('ping', first, all)).toBe('active')
    const pong = {
      name: 'pong',
      when: { event: 'subscription.active' },
      if: 'event.data.service == "guide"',
      then: [other],
    }
    const second = await write(pong)
    expect(await activate('pong', second, all)).toBe('policy-loop')
    await post('/policies/pong/versions', { ...pong, limits })
    const { body } = await post('/policies/pong/versions/2/trials', {})
    const limited = await post('/policies/pong/versions/2/activate', { trial: body.id, acknowledge: all })
    expect(limited.body).toMatchObject({ state: 'active', version: 2 })
    await off('ping')
    await off('pong')
  })

  it('when it is wrong: every place is named', async () => {
    const wrong = {
      name: 'wrong',
      when: { event: 'device.exploded' },
      if: 'devise.class == "phone"',
      then: [{ order: { items: [{ action: 'add', service: 'nothing-such' }] } }],
    }
    const { status, body } = await post('/policies', wrong)
    expect([status, codeOf(body)]).toEqual([422, 'invalid-policy'])
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(['/when/event', '/if', '/then/0/order/items/0/service'])
  })
})

function orNone<T>(all: T[]): T[] | null {
  return all.length === 0 ? null : all
}
