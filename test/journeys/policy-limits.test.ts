import { answer } from '@sutler/client'
import { describe, expect, it } from 'vitest'
import { createHousehold, patience, until } from './household.ts'
import { hubWithPhones } from './hub-with-phones.ts'
import { codeOf, firings, inForce, off, ordersOf, post } from './policies.ts'

/** What keeps policies from doing harm: before they are in force, and after. */

const hour = 3_600_000
const minute = 60_000
const { clock, hub } = hubWithPhones(Date.UTC(2026, 0, 15, 12), { guide: ['1.0.0'], radio: ['1.0.0'] })

describe('policies whose work is broken', { timeout: patience }, () => {
  it('leave out the event that cannot be dealt with, and no other', async () => {
    const names = ['one', 'broken', 'three']
    const then = [{ notify: { message: '{household.name}' } }]
    await inForce(hub, { name: 'sturdy', when: { event: 'household.created' }, then })
    const { sql } = hub.database.owner
    await sql.unsafe(`
      create function refuse() returns trigger language plpgsql as $$ begin
        if new.household in (select id from entity_household where name = 'broken') then raise 'refused by the test'; end if;
        return new;
      end $$;
      create trigger refuse before insert on policy_firing for each row execute function refuse()`)
    for (const name of names) await hub.api.POST('/api/v1/households', { body: { name, timeZone: 'UTC' } })
    const done = await until(async () => {
      const found = await firings(hub, 'sturdy', 'done')
      return found.length === 2 ? found : null
    })
    expect(done.map(({ actions }) => actions[0]!.detail).toSorted()).toEqual(['one', 'three'])
    await sql.unsafe('drop trigger refuse on policy_firing; drop function refuse()')
    await off(hub, 'sturdy')
  })
})

describe('policies that would not end', { timeout: patience }, () => {
  it('are stopped where one firing follows from the other too often', async () => {
    const event = 'order.rejected'
    // The limit lets it pass beforehand; what it orders is rejected, which sets it off again.
    const limits = { perHouseholdPerDay: 1000 }
    const then = [{ order: { items: [{ action: 'modify', service: 'radio' }] } }]
    const household = await createHousehold(hub)
    await inForce(hub, { name: 'again', when: { event }, if: `event.household == "${household}"`, then, limits })
    await inForce(hub, {
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
    const found = await firings(hub, 'again')
    expect(found.map(({ state }) => state)).toEqual(['limited', ...Array.from({ length: 8 }, () => 'refused')])
    expect(found[0]!.detail).toContain('a loop')
    const query = { params: { path: { id: 'again' } } }
    const [version] = answer(await hub.api.GET('/api/v1/policies/{id}/versions', query)).items
    expect(version).toMatchObject({ state: 'off', detail: expect.stringContaining('a loop') })
    expect((await read('first')).active).toBeNull()
    expect((await ordersOf(hub, household)).length).toBe(9)
  })

  it('fire no more for a household, and in an hour, than they may; and a run through many waits', async () => {
    const before = clock.now()
    const when = { event: 'household.changed' }
    const limits = { perHouseholdPerDay: 2 }
    const household = await createHousehold(hub)
    const name = 'calm'
    await inForce(hub, {
      name,
      when,
      if: `household.id == "${household}"`,
      then: [{ notify: { message: 'x' } }],
      limits,
    })
    for (const text of ['a', 'b', 'c'])
      await hub.api.PATCH('/api/v1/households/{id}', {
        params: { path: { id: household } },
        headers: { 'if-match': '*' },
        body: { name: text },
      } as never)
    const states = await until(async () => {
      const found = await firings(hub, name)
      const states = found.map(({ state }) => state)
      return states.length === 3 && !states.includes('open') ? states : null
    })
    expect(states).toEqual(['limited', 'done', 'done'])
    await off(hub, name)
    for (let count = 0; count < 6; count++) await createHousehold(hub)
    const all = { name: 'slow', when: { schedule: '30 * * * *', each: { of: 'household' } } }
    await inForce(hub, { ...all, then: [{ notify: { message: '{household.id}' } }], limits: { perHour: 5 } })
    clock.advance(hour)
    await until(async () => ((await firings(hub, 'slow', 'done')).length === 5 ? true : null))
    const count = answer(await hub.api.GET('/api/v1/households', { params: { query: { limit: 200 } } })).items.length
    await off(hub, 'slow')
    expect(count).toBeGreaterThan(5)
    expect(await firings(hub, 'slow', 'limited')).toEqual([])
    expect(clock.now()).toBeGreaterThan(before)
  })
})

describe('a policy is not put in force', { timeout: patience }, () => {
  const order = { order: { items: [{ action: 'add', service: 'guide' }] } }
  const write = async (document: object): Promise<string> => {
    const { name } = document as { name: string }
    expect((await post(hub, '/policies', document)).status).toBe(201)
    return (await post(hub, `/policies/${name}/versions/1/trials`, {})).body.id
  }
  const activate = async (name: string, trial: string, acknowledge: string[] = []) => {
    const { body } = await post(hub, `/policies/${name}/versions/1/activate`, { trial, acknowledge })
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
    await post(hub, '/policies/untried/versions/1/trials', {})
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
    await off(hub, 'everyone')
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
    await post(hub, '/policies/pong/versions', { ...pong, limits })
    const { body } = await post(hub, '/policies/pong/versions/2/trials', {})
    const limited = await post(hub, '/policies/pong/versions/2/activate', { trial: body.id, acknowledge: all })
    expect(limited.body).toMatchObject({ state: 'active', version: 2 })
    await off(hub, 'ping')
    await off(hub, 'pong')
  })

  it('when it is wrong: every place is named', async () => {
    const wrong = {
      name: 'wrong',
      when: { event: 'device.exploded' },
      if: 'devise.class == "phone"',
      then: [{ order: { items: [{ action: 'add', service: 'nothing-such' }] } }],
    }
    const { status, body } = await post(hub, '/policies', wrong)
    expect([status, codeOf(body)]).toEqual([422, 'invalid-policy'])
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(['/when/event', '/if', '/then/0/order/items/0/service'])
  })
})
