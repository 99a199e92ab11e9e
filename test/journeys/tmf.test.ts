import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { answer, createClient } from '@sutler/client'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { until } from '../support/until.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import { WireDevice } from '../support/wire-device.ts'
import { createClaim, createHousehold, patience, publishTestService, setUpHousehold } from './household.ts'

/** As a client that knows TM Forum's published interfaces and nothing else of the hub. */

interface Resource {
  readonly id: string
  readonly href: string
  readonly state: string
  readonly serviceOrderItem: {
    readonly id: string
    readonly state: string
    readonly service: { readonly id: string }
  }[]
  readonly [name: string]: unknown
}

const ordering = '/tmf-api/serviceOrdering/v4'
const inventory = '/tmf-api/serviceInventory/v4'
const catalogue = '/tmf-api/serviceCatalogManagement/v4'
let hub: ComposedHub

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock, env: { SUTLER_WEBHOOKS_PRIVATE: 'allow' } })
  for (const version of ['1.0.0', '1.1.0'])
    await publishTestService(hub, 'radio', version, [{ deviceClass: 'phone', files: { a: version } }])
  const relations = [{ kind: 'recommends' as const, service: 'radio', range: '^1.0.0' }]
  await publishTestService(hub, 'news', '1.0.0', [{ deviceClass: 'phone', files: { a: 'news' } }], { relations })
  const body = { categories: ['audio', 'music'] }
  answer(await hub.api.PATCH('/api/v1/services/{service}', { params: { path: { service: 'radio' } }, body }))
}, patience)

afterAll(() => hub?.stop(), patience)

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  // An `href` names the hub by its public address: with TLS, by a certificate that this client does not know.
  const { pathname, search } = new URL(path, hub.url)
  const response = await fetch(`${hub.url}${pathname}${search}`, {
    method,
    headers: {
      authorization: `Bearer ${hub.connection.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json;charset=utf-8' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? null : JSON.parse(text)) as Resource,
  }
}

async function home(): Promise<{ household: string; phone: WireDevice }> {
  const household = await createHousehold(hub)
  const phone = await WireDevice.start(hub, await createClaim(hub, household))
  onTestFinished(() => phone.disconnect())
  return { household, phone }
}

/** An order of one item; the household is named as TM Forum names parties. */
function orderOf(household: string, item: object, more: object = {}) {
  return {
    relatedParty: [{ id: household, role: 'household', '@referredType': 'Household' }],
    serviceOrderItem: [{ id: '1', action: 'add', ...item }],
    ...more,
  }
}

const radio = { service: { serviceSpecification: { id: 'radio', version: '1.0.0' } } }

function place(household: string, item: object = radio, more: object = {}) {
  return send('POST', `${ordering}/serviceOrder`, orderOf(household, item, more))
}

function untilState(id: string, ...states: string[]): Promise<Resource> {
  return until(
    async () => {
      const { body } = await send('GET', `${ordering}/serviceOrder/${id}`)
      if (states.includes(body.state)) return body
      throw new Error(`it is ${body.state}`)
    },
    { deadline: patience, what: `order ${id}` },
  )
}

async function proved(phone: WireDevice, order: Resource): Promise<Resource> {
  const { deliveries } = answer(await hub.api.GET('/api/v1/orders/{id}', { params: { path: { id: order.id } } }))
  await phone.prove(await phone.wait('offer', deliveries[0]!.id), () => untilState(order.id, 'inProgress'))
  return untilState(order.id, 'completed')
}

describe('an order by TMF641', { timeout: 2 * patience }, () => {
  it('is taken, carried out, and the inventory then has an active service', async () => {
    const { household, phone } = await home()
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
    const placed = await place(household, radio, said)
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
    expect((await send('GET', placed.body.href)).body.id).toBe(placed.body.id)
    const done = await proved(phone, placed.body)
    expect(done).toMatchObject({
      completionDate: expect.any(String),
      serviceOrderItem: [{ id: '1', state: 'completed' }],
    })
    expect((done['milestone'] as { name: string }[]).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['acknowledged', 'firstDeviceConfirmed', 'allDevicesConfirmed']),
    )
    const { id } = done.serviceOrderItem[0]!.service
    const service = await until(async () => {
      const { body } = await send('GET', `${inventory}/service/${id}`)
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
    const first = await untilState((await place(household)).body.id, 'completed')
    const { id } = first.serviceOrderItem[0]!.service
    const order = async (action: string, service: object) => {
      const { body, status } = await send('POST', `${ordering}/serviceOrder`, {
        serviceOrderItem: [{ id: 'x', action, service: { id, ...service } }],
      })
      expect([status, body]).toEqual([201, expect.anything()])
      return untilState(body.id, 'completed')
    }
    const state = async (wanted: string) =>
      until(async () => (await send('GET', `${inventory}/service/${id}`)).body.state === wanted)
    await order('modify', { serviceSpecification: { id: 'radio', version: '1.1.0' } })
    expect((await send('GET', `${inventory}/service/${id}`)).body).toMatchObject({
      serviceSpecification: { version: '1.1.0' },
    })
    await order('modify', { state: 'inactive' })
    await state('inactive')
    await order('modify', { state: 'active' })
    await state('active')
    await order('delete', {})
    await state('terminated')
    const found = await send('GET', `${inventory}/service?relatedParty.id=${household}&state=terminated`)
    expect(found.body).toMatchObject([{ id, endDate: expect.any(String) }])
  })

  it('is cancelled by the task that TMF641 has for that', async () => {
    const { household, phone } = await home()
    await phone.disconnect()
    const { body: order } = await place(household)
    const reason = { serviceOrder: { id: order.id }, cancellationReason: 'moved away' }
    const asked = await send('POST', `${ordering}/cancelServiceOrder`, reason)
    expect([asked.status, asked.body.state]).toEqual([201, 'accepted'])
    expect(await untilState(order.id, 'cancelled')).toMatchObject({
      cancellationReason: expect.stringContaining('moved away'),
    })
    expect((await send('GET', asked.body.href)).body).toMatchObject({
      state: 'done',
      effectiveCancellationDate: expect.any(String),
      serviceOrder: { id: order.id },
    })
    const list = await send('GET', `${ordering}/cancelServiceOrder?serviceOrder.id=${order.id}`)
    expect(list.body).toMatchObject([{ id: asked.body.id }])
    const late = await send('POST', `${ordering}/cancelServiceOrder`, reason)
    expect([late.status, late.body['code']]).toEqual([409, 'order-settled'])
  })

  it('that a device fails says so at the order and at the item', async () => {
    const { household, phone } = await home()
    const { body: order } = await place(household)
    const { deliveries } = answer(await hub.api.GET('/api/v1/orders/{id}', { params: { path: { id: order.id } } }))
    const { delivery } = await phone.wait('offer', deliveries[0]!.id)
    const health = { ok: false, detail: 'no sound' }
    await phone.say({ t: 'outcome', delivery, result: 'failed', digests: [], health, error: 'health-check-failed' })
    const failed = await untilState(order.id, 'failed')
    expect(failed).toMatchObject({
      errorMessage: [{ code: 'failed', reason: expect.any(String) }],
      serviceOrderItem: [{ state: 'failed', errorMessage: [{ reason: expect.stringContaining('no sound') }] }],
    })
  })

  it('has one item wait for another, and items that change nothing come back as they went', async () => {
    const { household, phone } = await home()
    const known = await proved(phone, (await place(household)).body)
    const { id } = known.serviceOrderItem[0]!.service
    const { body, status } = await send('POST', `${ordering}/serviceOrder`, {
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
    const { household } = await home()
    const once = () =>
      send('POST', `${ordering}/serviceOrder`, orderOf(household, radio), { 'idempotency-key': household })
    const [one, two] = [await once(), await once()]
    expect(two.body).toEqual(one.body)
    expect(two.headers.get('idempotency-replayed')).toBe('true')
  })
})

describe('a list', { timeout: patience }, () => {
  it('is cut by offset and limit, with the counts, and shows the fields that are asked for', async () => {
    const { household } = await home()
    const ids = []
    for (const service of ['radio', 'news'])
      ids.push((await place(household, { service: { serviceSpecification: { id: service } } })).body.id)
    const of = `${ordering}/serviceOrder?relatedParty.id=${household}&sort=orderDate`
    const first = await send('GET', `${of}&limit=1`)
    expect([first.headers.get('x-total-count'), first.headers.get('x-result-count')]).toEqual(['2', '1'])
    expect(first.headers.get('link')).toMatch(/offset=1.*rel="next"/)
    const second = await send('GET', `${of}&limit=1&offset=1&fields=state,serviceOrderItem.action`)
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
    const beyond = await send('GET', `${of}&offset=2`)
    expect([beyond.body, beyond.headers.get('x-total-count')]).toEqual([[], '2'])
  })

  it('is filtered by state, reference, service and date', async () => {
    const { household } = await home()
    const { body: order } = await place(household, radio, { externalId: `ref-${household}` })
    const { id } = order
    const at = order['orderDate'] as string
    const ids = async (query: string) =>
      (
        (await send('GET', `${ordering}/serviceOrder?relatedParty.id=${household}&${query}`))
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

describe('an error', { timeout: patience }, () => {
  const broken = { code: expect.any(String), reason: expect.any(String), message: expect.any(String), '@type': 'Error' }

  it.each([
    ['GET', `${ordering}/serviceOrder/nobody`, undefined, 404, 'not-found'],
    ['GET', `${ordering}/serviceOrder?state=finished`, undefined, 400, 'invalid-request'],
    ['GET', `${ordering}/serviceOrder?colour=red`, undefined, 400, 'invalid-request'],
    ['GET', `${ordering}/serviceOrder?offset=-1`, undefined, 400, 'invalid-request'],
    ['GET', `${ordering}/nothing`, undefined, 404, 'no-such-route'],
    ['PATCH', `${ordering}/serviceOrder/some`, {}, 405, 'method-not-allowed'],
    ['DELETE', `${ordering}/serviceOrder/some`, undefined, 405, 'method-not-allowed'],
    ['POST', `${inventory}/service`, {}, 405, 'method-not-allowed'],
    ['POST', `${ordering}/serviceOrder`, { serviceOrderItem: [] }, 400, 'invalid-request'],
    ['POST', `${ordering}/serviceOrder`, { serviceOrderItem: 'x'.repeat(3_000_000) }, 413, 'body-too-large'],
    [
      'POST',
      `${ordering}/serviceOrder`,
      { serviceOrderItem: [{ id: '1', action: 'add', ...radio }] },
      422,
      'tmf-household-unclear',
    ],
  ])('of %s %s is TM Forum’s', async (method, path, body, status, code) => {
    const told = await send(method, path, body)
    expect([told.status, told.body]).toEqual([
      status,
      expect.objectContaining({ ...broken, code, status: String(status) }),
    ])
    expect(told.headers.get('content-type')).toContain('application/json')
    expect((await fetch(`${hub.url}${String(told.body['referenceError'])}`)).status).toBe(200)
  })

  it('of nobody is TM Forum’s, too', async () => {
    const response = await fetch(`${hub.url}${ordering}/serviceOrder`)
    expect([response.status, await response.json()]).toEqual([
      401,
      expect.objectContaining({ ...broken, status: '401' }),
    ])
  })

  it('points into the order as it was sent', async () => {
    const { household } = await home()
    const serviceOrderItem = [
      { id: 'a', action: 'noChange', service: { id: 'sub-nobody' } },
      { id: 'b', action: 'add', service: { serviceSpecification: { id: 'nothing-such' } } },
    ]
    const wrong = await send('POST', `${ordering}/serviceOrder`, { ...orderOf(household, {}), serviceOrderItem })
    expect([wrong.status, wrong.body]).toEqual([422, expect.objectContaining({ code: 'tmf-service-unknown' })])
    const other = await send('POST', `${ordering}/serviceOrder`, {
      ...orderOf(household, {}),
      serviceOrderItem: [{ id: 'b', action: 'add', service: { serviceSpecification: { id: 'nothing-such' } } }],
    })
    expect(other.body).toMatchObject({
      code: 'unknown-service',
      errors: [{ pointer: '/serviceOrderItem/0/service/serviceSpecification/id' }],
    })
  })
})

describe('a listener', { timeout: 2 * patience }, () => {
  interface Notification {
    readonly eventId: string
    readonly eventType: string
    readonly correlationId?: string
    readonly event: Record<string, Resource>
  }

  async function listen(api: string, query?: string) {
    const receiver = await startWebhookReceiver()
    onTestFinished(() => receiver.stop())
    const made = await send('POST', `${api}/hub`, { callback: receiver.url, ...(query === undefined ? {} : { query }) })
    expect(made).toMatchObject({ status: 201, body: { callback: receiver.url, query: query ?? '' } })
    onTestFinished(async () => void (await send('DELETE', `${api}/hub/${made.body.id}`)))
    const told = () => receiver.messages.map(({ body }) => JSON.parse(body) as Notification)
    const untilTold = (wanted: (one: Notification) => boolean) =>
      until(() => told().some(wanted), { deadline: patience, what: `a notification of ${api}` })
    return { receiver, secret: String(made.body['secret']), id: made.body.id, told, untilTold }
  }

  it('is told of an order and of its service in order, each message signed', async () => {
    const { household, phone } = await home()
    const [orders, services] = [await listen(ordering), await listen(inventory)]
    const { body: order } = await place(household, radio, { externalId: 'CRM-1' })
    const { id: service } = (await proved(phone, order)).serviceOrderItem[0]!.service
    await orders.untilTold(
      ({ eventType, event }) =>
        eventType === 'ServiceOrderStateChangeEvent' && event['serviceOrder']!.state === 'completed',
    )
    await services.untilTold(
      ({ eventType, event }) => eventType === 'ServiceStateChangeEvent' && event['service']!.id === service,
    )
    const own = orders.told().filter(({ event }) => event['serviceOrder']!.id === order.id)
    const states = own
      .filter(({ eventType }) => eventType !== 'ServiceOrderMilestoneEvent')
      .map(({ eventType, event }) => [eventType, event['serviceOrder']!.state])
    expect(states).toEqual([
      ['ServiceOrderCreateEvent', 'acknowledged'],
      ['ServiceOrderStateChangeEvent', 'pending'],
      ['ServiceOrderStateChangeEvent', 'inProgress'],
      ['ServiceOrderStateChangeEvent', 'completed'],
    ])
    const types = own.map(({ eventType }) => eventType)
    expect(types).toContain('ServiceOrderMilestoneEvent')
    expect(own[0]).toMatchObject({ correlationId: 'CRM-1', event: { serviceOrder: { externalId: 'CRM-1' } } })
    expect(new Set(own.map(({ eventId }) => eventId)).size).toBe(own.length)
    const about = services.told().filter(({ event }) => event['service']!.id === service)
    expect(about[0]!.eventType).toBe('ServiceCreateEvent')
    expect(about.at(-1)!.eventType).toBe('ServiceStateChangeEvent')
    for (const { headers, body } of orders.receiver.messages) {
      const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
      const key = Buffer.from(orders.secret.replace(/^whsec_/, ''), 'base64')
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
    }
  })

  it('gets only what its query asks for', async () => {
    const { household } = await home()
    const listener = await listen(
      ordering,
      `eventType=ServiceOrderCreateEvent&serviceOrder.relatedParty.id=${household}&fields=externalId`,
    )
    const { household: other } = await home()
    await place(other, radio, { externalId: 'other' })
    const { body: order } = await place(household, radio, { externalId: 'mine' })
    await listener.untilTold(() => true)
    expect(listener.told()).toMatchObject([{ eventType: 'ServiceOrderCreateEvent' }])
    expect(listener.told()[0]!.event).toEqual({
      serviceOrder: { id: order.id, href: order.href, externalId: 'mine', '@type': 'ServiceOrder' },
    })
  })

  it('of the catalogue hears of new versions', async () => {
    const listener = await listen(catalogue)
    await publishTestService(hub, 'weather', '1.0.0', [{ deviceClass: 'phone', files: { a: 'w' } }])
    await listener.untilTold(({ event }) => event['serviceSpecification']?.['lifecycleStatus'] === 'Active')
    expect(listener.told()[0]).toMatchObject({
      eventType: 'ServiceSpecificationCreateEvent',
      event: { serviceSpecification: { id: 'weather' } },
    })
  })

  it('whose query is wrong is refused, and one that has gone is told nothing', async () => {
    const wrong = await send('POST', `${ordering}/hub`, {
      callback: 'https://example.org/',
      query: 'eventType=Nothing',
    })
    expect([wrong.status, wrong.body]).toEqual([400, expect.objectContaining({ code: 'invalid-request' })])
    const listener = await listen(ordering)
    // It is of another interface.
    expect((await send('DELETE', `${inventory}/hub/${listener.id}`)).status).toBe(404)
    expect((await send('DELETE', `${ordering}/hub/${listener.id}`)).status).toBe(204)
    expect((await send('DELETE', `${ordering}/hub/${listener.id}`)).status).toBe(404)
  })
})

describe('the catalogue', { timeout: patience }, () => {
  it('shows services as specifications, candidates and categories', async () => {
    const list = await send(
      'GET',
      `${catalogue}/serviceSpecification?lifecycleStatus=Active&fields=name,version&limit=2`,
    )
    expect(list.body).toMatchObject([
      { id: 'news', version: '1.0.0' },
      { id: 'radio', version: '1.1.0' },
    ])
    expect((await send('GET', `${catalogue}/serviceSpecification/news`)).body).toMatchObject({
      lifecycleStatus: 'Active',
      serviceSpecRelationship: [{ id: 'radio', relationshipType: 'recommends', version: '^1.0.0' }],
      specCharacteristic: [{ name: 'channel' }, { name: 'devices' }],
    })
    expect((await send('GET', `${catalogue}/serviceSpecification/radio?version=1.0.0`)).body).toMatchObject({
      version: '1.0.0',
    })
    expect((await send('GET', `${catalogue}/serviceCategory`)).body).toMatchObject([{ id: 'audio' }, { id: 'music' }])
    expect((await send('GET', `${catalogue}/serviceCategory/audio`)).body).toMatchObject({
      serviceCandidate: [{ id: 'radio' }],
    })
    expect((await send('GET', `${catalogue}/serviceCandidate?category.id=music`)).body).toMatchObject([
      { id: 'radio', serviceSpecification: { id: 'radio' } },
    ])
    expect((await send('GET', `${catalogue}/serviceCatalog/main`)).body).toMatchObject({
      category: [{ id: 'audio' }, { id: 'music' }],
    })
    expect((await send('GET', `${catalogue}/serviceCategory/nothing`)).status).toBe(404)
  })
})

describe('who may', { timeout: patience }, () => {
  it('see and order is as in the hub’s own interface: a subscriber sees its household alone', async () => {
    const [mine, other] = [await home(), await home()]
    const name = `bea-${mine.household}`
    const password = 'a long enough password'
    const roles = ['subscriber' as const]
    answer(await hub.api.POST('/api/v1/accounts', { body: { name, password, roles, households: [mine.household] } }))
    const { token } = answer(
      await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: { name, password } }),
    )
    const headers = { authorization: `Bearer ${token}` }
    const { body: theirs } = await place(other.household)
    expect((await send('POST', `${ordering}/serviceOrder`, orderOf(mine.household, radio), headers)).status).toBe(201)
    expect((await send('GET', `${ordering}/serviceOrder`, undefined, headers)).headers.get('x-total-count')).toBe('1')
    expect((await send('GET', `${inventory}/service`, undefined, headers)).headers.get('x-total-count')).toBe('1')
    expect((await send('GET', `${ordering}/serviceOrder/${theirs.id}`, undefined, headers)).status).toBe(404)
    const { status } = await send('POST', `${ordering}/serviceOrder`, orderOf(other.household, radio), headers)
    expect([403, 404]).toContain(status)
  })
})
