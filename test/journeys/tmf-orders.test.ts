import { describe, expect, it, onTestFinished } from 'vitest'
import { answer, createClient } from '@sutler/client'
import { patience, setUpHousehold, until } from './household.ts'
import {
  home,
  hubWithRadio,
  inventory,
  ordering,
  orderOf,
  place,
  proved,
  radio,
  send,
  untilState,
  type Resource,
} from './tmf.ts'

/** Orders and the inventory, by TMF641 and TMF638. */

const hub = hubWithRadio()

describe('an order by TMF641', { timeout: 2 * patience }, () => {
  it('is taken, carried out, and the inventory then has an active service', async () => {
    const { household, phone } = await home(hub)
    const said = {
      externalId: `CRM-${household}`,
      priority: '1',
      description: 'for the kitchen',
      category: 'audio',
      note: [{ text: 'ring twice' }],
      relatedParty: [
        { id: household, role: 'household' },
        { id: 'shop-7', role: 'seller' },
      ],
    }
    const placed = await place(hub, household, radio, said)
    expect(placed.status).toBe(201)
    expect(placed.headers.get('location')).toBe(placed.body.href)
    expect(placed.body).toMatchObject({
      state: 'acknowledged',
      externalId: `CRM-${household}`,
      priority: '1',
      description: 'for the kitchen',
      category: 'audio',
      note: [{ text: 'ring twice' }],
      '@type': 'ServiceOrder',
      serviceOrderItem: [
        {
          id: '1',
          action: 'add',
          state: 'acknowledged',
          service: { serviceSpecification: { id: 'radio', version: '1.0.0' } },
        },
      ],
    })
    expect(placed.body['relatedParty']).toContainEqual({ id: 'shop-7', role: 'seller' })
    expect((await send(hub, 'GET', placed.body.href)).body.id).toBe(placed.body.id)
    const done = await proved(hub, phone, placed.body)
    expect(done).toMatchObject({
      completionDate: expect.any(String),
      serviceOrderItem: [{ id: '1', state: 'completed' }],
    })
    expect((done['milestone'] as { name: string }[]).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['acknowledged', 'firstDeviceConfirmed', 'allDevicesConfirmed']),
    )
    const { id } = done.serviceOrderItem[0]!.service
    const service = await until(async () => {
      const { body } = await send(hub, 'GET', `${inventory}/service/${id}`)
      return body.state === 'active' ? body : null
    })
    expect(service).toMatchObject({
      isServiceEnabled: true,
      serviceSpecification: { id: 'radio', version: '1.0.0' },
      relatedParty: [{ id: household, role: 'household' }],
      supportingResource: [{ id: phone.id }],
      serviceOrderItem: [{ itemId: '1', itemAction: 'add', serviceOrderId: done.id }],
    })
  })

  it('changes, suspends, resumes and removes a service of the inventory by its id alone', async () => {
    const { id: household, stop } = await setUpHousehold(hub, ['phone'])
    onTestFinished(stop)
    const first = await untilState(hub, (await place(hub, household)).body.id, 'completed')
    const { id } = first.serviceOrderItem[0]!.service
    const order = async (action: string, service: object) => {
      const { body, status } = await send(hub, 'POST', `${ordering}/serviceOrder`, {
        serviceOrderItem: [{ id: 'x', action, service: { id, ...service } }],
      })
      expect([status, body]).toEqual([201, expect.anything()])
      return untilState(hub, body.id, 'completed')
    }
    const state = async (wanted: string) =>
      until(async () => (await send(hub, 'GET', `${inventory}/service/${id}`)).body.state === wanted)
    await order('modify', { serviceSpecification: { id: 'radio', version: '1.1.0' } })
    expect((await send(hub, 'GET', `${inventory}/service/${id}`)).body).toMatchObject({
      serviceSpecification: { version: '1.1.0' },
    })
    await order('modify', { state: 'inactive' })
    await state('inactive')
    await order('modify', { state: 'active' })
    await state('active')
    await order('delete', {})
    await state('terminated')
    const found = await send(hub, 'GET', `${inventory}/service?relatedParty.id=${household}&state=terminated`)
    expect(found.body).toMatchObject([{ id, endDate: expect.any(String) }])
  })

  it('is cancelled by the task that TMF641 has for that', async () => {
    const { household, phone } = await home(hub)
    await phone.disconnect()
    const { body: order } = await place(hub, household)
    const reason = { serviceOrder: { id: order.id }, cancellationReason: 'moved away' }
    const asked = await send(hub, 'POST', `${ordering}/cancelServiceOrder`, reason)
    expect([asked.status, asked.body.state]).toEqual([201, 'accepted'])
    expect(await untilState(hub, order.id, 'cancelled')).toMatchObject({
      cancellationReason: expect.stringContaining('moved away'),
    })
    expect((await send(hub, 'GET', asked.body.href)).body).toMatchObject({
      state: 'done',
      effectiveCancellationDate: expect.any(String),
      serviceOrder: { id: order.id },
    })
    const list = await send(hub, 'GET', `${ordering}/cancelServiceOrder?serviceOrder.id=${order.id}`)
    expect(list.body).toMatchObject([{ id: asked.body.id }])
    const late = await send(hub, 'POST', `${ordering}/cancelServiceOrder`, reason)
    expect([late.status, late.body['code']]).toEqual([409, 'order-settled'])
  })

  it('that a device fails says so at the order and at the item', async () => {
    const { household, phone } = await home(hub)
    const { body: order } = await place(hub, household)
    const { deliveries } = answer(await hub.api.GET('/api/v1/orders/{id}', { params: { path: { id: order.id } } }))
    const { delivery } = await phone.wait('offer', deliveries[0]!.id)
    const health = { ok: false, detail: 'no sound' }
    await phone.say({ t: 'outcome', delivery, result: 'failed', digests: [], health, error: 'health-check-failed' })
    const failed = await untilState(hub, order.id, 'failed')
    expect(failed).toMatchObject({
      errorMessage: [{ code: 'failed', reason: expect.any(String) }],
      serviceOrderItem: [{ state: 'failed', errorMessage: [{ reason: expect.stringContaining('no sound') }] }],
    })
  })

  it('has one item wait for another, and items that change nothing come back as they went', async () => {
    const { household, phone } = await home(hub)
    const known = await proved(hub, phone, (await place(hub, household)).body)
    const { id } = known.serviceOrderItem[0]!.service
    const { body, status } = await send(hub, 'POST', `${ordering}/serviceOrder`, {
      serviceOrderItem: [
        { id: 'as-it-is', action: 'noChange', service: { id } },
        { id: 'news', action: 'add', service: { serviceSpecification: { id: 'news' } } },
        {
          id: 'radio',
          action: 'modify',
          service: { id, serviceSpecification: { id: 'radio', version: '1.1.0' } },
          serviceOrderItemRelationship: [{ relationshipType: 'dependency', orderItem: { itemId: 'news' } }],
        },
      ],
    })
    expect(status).toBe(201)
    expect(body.serviceOrderItem).toMatchObject([
      { id: 'news' },
      { id: 'radio', serviceOrderItemRelationship: [{ orderItem: { itemId: 'news' } }] },
      { id: 'as-it-is', action: 'noChange', state: 'completed' },
    ])
  })

  it('sent again with the same key is the same order', async () => {
    const { household } = await home(hub)
    const once = () =>
      send(hub, 'POST', `${ordering}/serviceOrder`, orderOf(household, radio), { 'idempotency-key': household })
    const [one, two] = [await once(), await once()]
    expect(two.body).toEqual(one.body)
    expect(two.headers.get('idempotency-replayed')).toBe('true')
  })
})

describe('a list', { timeout: patience }, () => {
  it('is cut by offset and limit, with the counts, and shows the fields that are asked for', async () => {
    const { household } = await home(hub)
    const ids = []
    for (const service of ['radio', 'news'])
      ids.push((await place(hub, household, { service: { serviceSpecification: { id: service } } })).body.id)
    const of = `${ordering}/serviceOrder?relatedParty.id=${household}&sort=orderDate`
    const first = await send(hub, 'GET', `${of}&limit=1`)
    expect([first.headers.get('x-total-count'), first.headers.get('x-result-count')]).toEqual(['2', '1'])
    expect(first.headers.get('link')).toMatch(/offset=1.*rel="next"/)
    const second = await send(hub, 'GET', `${of}&limit=1&offset=1&fields=state,serviceOrderItem.action`)
    expect(second.body).toEqual([
      {
        id: ids[1],
        href: expect.any(String),
        '@type': 'ServiceOrder',
        state: expect.any(String),
        serviceOrderItem: [{ id: '1', action: 'add', '@type': 'ServiceOrderItem' }],
      },
    ])
    expect(second.headers.get('link')).not.toContain('next')
    const beyond = await send(hub, 'GET', `${of}&offset=2`)
    expect([beyond.body, beyond.headers.get('x-total-count')]).toEqual([[], '2'])
  })

  it('is filtered by state, reference, service and date', async () => {
    const { household } = await home(hub)
    const { body: order } = await place(hub, household, radio, { externalId: `ref-${household}` })
    const { id } = order
    const at = order['orderDate'] as string
    const ids = async (query: string) =>
      (
        (await send(hub, 'GET', `${ordering}/serviceOrder?relatedParty.id=${household}&${query}`))
          .body as unknown as Resource[]
      ).map((each) => each.id)
    expect(await ids(`externalId=nobody,ref-${household}`)).toEqual([id])
    expect(await ids('externalId=nobody')).toEqual([])
    expect(await ids('state=rejected,cancelled')).toEqual([])
    expect(await ids('serviceOrderItem.service.serviceSpecification.id=radio')).toEqual([id])
    expect(await ids(`serviceOrderItem.service.id=${order.serviceOrderItem[0]!.service.id}`)).toEqual([id])
    expect(await ids(`orderDate.gte=${at}&orderDate.lte=${at}`)).toEqual([id])
    expect(await ids(`orderDate.gt=${at}`)).toEqual([])
    expect(await ids('priority=0')).toEqual([])
  })
})

describe('who may', { timeout: patience }, () => {
  it('see and order is as in the hub’s own interface: a subscriber sees its household alone', async () => {
    const [mine, other] = [await home(hub), await home(hub)]
    const name = `bea-${mine.household}`
    const password = 'a long enough password'
    const roles = ['subscriber' as const]
    answer(await hub.api.POST('/api/v1/accounts', { body: { name, password, roles, households: [mine.household] } }))
    const { token } = answer(
      await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: { name, password } }),
    )
    const headers = { authorization: `Bearer ${token}` }
    const { body: theirs } = await place(hub, other.household)
    expect((await send(hub, 'POST', `${ordering}/serviceOrder`, orderOf(mine.household, radio), headers)).status).toBe(
      201,
    )
    expect((await send(hub, 'GET', `${ordering}/serviceOrder`, undefined, headers)).headers.get('x-total-count')).toBe(
      '1',
    )
    expect((await send(hub, 'GET', `${inventory}/service`, undefined, headers)).headers.get('x-total-count')).toBe('1')
    expect((await send(hub, 'GET', `${ordering}/serviceOrder/${theirs.id}`, undefined, headers)).status).toBe(404)
    const { status } = await send(hub, 'POST', `${ordering}/serviceOrder`, orderOf(other.household, radio), headers)
    expect([403, 404]).toContain(status)
  })
})
