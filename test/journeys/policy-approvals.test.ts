import { answer, createClient } from '@sutler/client'
import { describe, expect, it } from 'vitest'
import { createHousehold, patience, placeOrder, readOrder, settledOrder, until, untilOrder } from './household.ts'
import { hubWithPhones } from './hub-with-phones.ts'
import { firings, inForce, off, ordersOf, orNone, post } from './policies.ts'

/** Policies that ask people, or hold deliveries back. */

const hour = 3_600_000
const minute = 60_000
const { clock, hub, join } = hubWithPhones(Date.UTC(2026, 0, 15, 12), { guide: ['1.0.0'], radio: ['1.0.0'] })

describe('a policy', { timeout: patience }, () => {
  it('asks first when it says so, and does nothing when the answer is no', async () => {
    const then = [
      { approve: { within: 'PT1H', question: 'May {household.name} have the radio?' } },
      { order: { items: [{ action: 'add', service: 'radio' }] } },
    ]
    await inForce(hub, { name: 'ask-first', when: { event: 'device.enrolled' }, then })
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
    expect((await post(hub, `/approvals/${agreed!.id}/approve`, {})).body).toMatchObject({ state: 'approved' })
    expect((await post(hub, `/approvals/${refused!.id}/deny`, { reason: 'not yet' })).body).toMatchObject({
      state: 'denied',
    })
    expect((await post(hub, `/approvals/${refused!.id}/approve`, {})).body).toMatchObject({ status: 409 })
    await until(async () => orNone(await ordersOf(hub, yes)))
    clock.advance(hour)
    await until(async () => ((await firings(hub, 'ask-first', 'denied')).length === 2 ? true : null))
    expect([await ordersOf(hub, no), await ordersOf(hub, late)]).toEqual([[], []])
    await off(hub, 'ask-first')
  })

  it('asks the household where it says so, and operators alone otherwise', async () => {
    const when = { event: 'device.enrolled' }
    for (const by of ['household', 'operator'])
      await inForce(hub, { name: `ask-${by}`, when, then: [{ approve: { by } }, { notify: { message: by } }] })
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
    for (const by of ['household', 'operator']) await off(hub, `ask-${by}`)
  })

  it('holds deliveries for a time, also those of people, and lets them go when it is switched off', async () => {
    const household = await createHousehold(hub)
    const phone = await join(household)
    await inForce(hub, {
      name: 'match',
      when: { schedule: '5 * * * *', timeZone: 'Europe/Berlin' },
      then: [
        { hold: { for: 'PT2H', of: 'everyone', deliveries: 'delivery.service != "radio"', why: 'the match is on' } },
      ],
    })
    clock.advance(10 * minute)
    await until(async () => orNone(await firings(hub, 'match', 'done')))
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
    await off(hub, 'match')
    await phone.wait('offer', order.deliveries[0]!.id)
  })

  it('before deliveries asks people, and what they refuse is not delivered', async () => {
    await inForce(hub, {
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
    await post(hub, `/approvals/${asked!.id}/deny`, { reason: 'too large' })
    const ended = await settledOrder(hub, order.id)
    expect(ended.deliveries[0]).toMatchObject({ state: 'cancelled', detail: expect.stringContaining('too large') })
    await off(hub, 'large')
  })

  it('before deliveries says what it would do with one that nobody has ordered, and asks nobody', async () => {
    const household = await createHousehold(hub)
    const phone = await join(household)
    await inForce(hub, {
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
    expect(await firings(hub, 'by-hand')).toEqual([])
    await off(hub, 'by-hand')
  })
})
