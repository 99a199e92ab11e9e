import { createHmac } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import { patience, publishTestService, until } from './household.ts'
import {
  catalogue,
  home,
  hubWithRadio,
  inventory,
  ordering,
  orderOf,
  place,
  proved,
  radio,
  send,
  type Resource,
} from './tmf.ts'

/** What TM Forum’s interfaces have in common, and the catalogue, by TMF633. */

const hub = hubWithRadio()

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
    const told = await send(hub, method, path, body)
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
    const { household } = await home(hub)
    const serviceOrderItem = [
      { id: 'a', action: 'noChange', service: { id: 'sub-nobody' } },
      { id: 'b', action: 'add', service: { serviceSpecification: { id: 'nothing-such' } } },
    ]
    const wrong = await send(hub, 'POST', `${ordering}/serviceOrder`, { ...orderOf(household, {}), serviceOrderItem })
    expect([wrong.status, wrong.body]).toEqual([422, expect.objectContaining({ code: 'tmf-service-unknown' })])
    const other = await send(hub, 'POST', `${ordering}/serviceOrder`, {
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
    const made = await send(hub, 'POST', `${api}/hub`, {
      callback: receiver.url,
      ...(query === undefined ? {} : { query }),
    })
    expect(made).toMatchObject({ status: 201, body: { callback: receiver.url, query: query ?? '' } })
    onTestFinished(async () => void (await send(hub, 'DELETE', `${api}/hub/${made.body.id}`)))
    const told = () => receiver.messages.map(({ body }) => JSON.parse(body) as Notification)
    const untilTold = (wanted: (one: Notification) => boolean) =>
      until(() => told().some(wanted), { what: `a notification of ${api}` })
    return { receiver, secret: String(made.body['secret']), id: made.body.id, told, untilTold }
  }

  it('is told of an order and of its service in order, each message signed', async () => {
    const { household, phone } = await home(hub)
    const [orders, services] = [await listen(ordering), await listen(inventory)]
    const { body: order } = await place(hub, household, radio, { externalId: 'CRM-1' })
    const { id: service } = (await proved(hub, phone, order)).serviceOrderItem[0]!.service
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
    const { household } = await home(hub)
    const listener = await listen(
      ordering,
      `eventType=ServiceOrderCreateEvent&serviceOrder.relatedParty.id=${household}&fields=externalId`,
    )
    const { household: other } = await home(hub)
    await place(hub, other, radio, { externalId: 'other' })
    const { body: order } = await place(hub, household, radio, { externalId: 'mine' })
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
    const wrong = await send(hub, 'POST', `${ordering}/hub`, {
      callback: 'https://example.org/',
      query: 'eventType=Nothing',
    })
    expect([wrong.status, wrong.body]).toEqual([400, expect.objectContaining({ code: 'invalid-request' })])
    const listener = await listen(ordering)
    // It is of another interface.
    expect((await send(hub, 'DELETE', `${inventory}/hub/${listener.id}`)).status).toBe(404)
    expect((await send(hub, 'DELETE', `${ordering}/hub/${listener.id}`)).status).toBe(204)
    expect((await send(hub, 'DELETE', `${ordering}/hub/${listener.id}`)).status).toBe(404)
  })
})

describe('the catalogue', { timeout: patience }, () => {
  it('shows services as specifications, candidates and categories', async () => {
    const list = await send(
      hub,
      'GET',
      `${catalogue}/serviceSpecification?lifecycleStatus=Active&fields=name,version&limit=2`,
    )
    expect(list.body).toMatchObject([
      { id: 'news', version: '1.0.0' },
      { id: 'radio', version: '1.1.0' },
    ])
    expect((await send(hub, 'GET', `${catalogue}/serviceSpecification/news`)).body).toMatchObject({
      lifecycleStatus: 'Active',
      serviceSpecRelationship: [{ id: 'radio', relationshipType: 'recommends', version: '^1.0.0' }],
      specCharacteristic: [{ name: 'channel' }, { name: 'devices' }],
    })
    expect((await send(hub, 'GET', `${catalogue}/serviceSpecification/radio?version=1.0.0`)).body).toMatchObject({
      version: '1.0.0',
    })
    expect((await send(hub, 'GET', `${catalogue}/serviceCategory`)).body).toMatchObject([
      { id: 'audio' },
      { id: 'music' },
    ])
    expect((await send(hub, 'GET', `${catalogue}/serviceCategory/audio`)).body).toMatchObject({
      serviceCandidate: [{ id: 'radio' }],
    })
    expect((await send(hub, 'GET', `${catalogue}/serviceCandidate?category.id=music`)).body).toMatchObject([
      { id: 'radio', serviceSpecification: { id: 'radio' } },
    ])
    expect((await send(hub, 'GET', `${catalogue}/serviceCatalog/main`)).body).toMatchObject({
      category: [{ id: 'audio' }, { id: 'music' }],
    })
    expect((await send(hub, 'GET', `${catalogue}/serviceCategory/nothing`)).status).toBe(404)
  })
})
