import { onTestFinished } from 'vitest'
import { answer } from '@sutler/client'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { hubForThisFile, type ComposedHub } from '../support/composed-hub.ts'
import { WireDevice } from '../support/wire-device.ts'
import { createClaim, createHousehold, publishTestService, until } from './household.ts'

/** As a client that knows TM Forum's published interfaces and nothing else of the hub. */

export interface Resource {
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

export const ordering = '/tmf-api/serviceOrdering/v4'
export const inventory = '/tmf-api/serviceInventory/v4'
export const catalogue = '/tmf-api/serviceCatalogManagement/v4'

/** For all tests of one file, at whose top this is called: with radio and news, which recommends radio. */
export function hubWithRadio(): ComposedHub {
  return hubForThisFile({ clock: systemClock, env: { SUTLER_WEBHOOKS_PRIVATE: 'allow' } }, async (hub) => {
    for (const version of ['1.0.0', '1.1.0'])
      await publishTestService(hub, 'radio', version, [{ deviceClass: 'phone', files: { a: version } }])
    const relations = [{ kind: 'recommends' as const, service: 'radio', range: '^1.0.0' }]
    await publishTestService(hub, 'news', '1.0.0', [{ deviceClass: 'phone', files: { a: 'news' } }], { relations })
    const body = { categories: ['audio', 'music'] }
    answer(await hub.api.PATCH('/api/v1/services/{service}', { params: { path: { service: 'radio' } }, body }))
  })
}

export async function send(
  hub: ComposedHub,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
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

export async function home(hub: ComposedHub): Promise<{ household: string; phone: WireDevice }> {
  const household = await createHousehold(hub)
  const phone = await WireDevice.start(hub, await createClaim(hub, household))
  onTestFinished(() => phone.disconnect())
  return { household, phone }
}

/** An order of one item; the household is named as TM Forum names parties. */
export function orderOf(household: string, item: object, more: object = {}) {
  return {
    relatedParty: [{ id: household, role: 'household', '@referredType': 'Household' }],
    serviceOrderItem: [{ id: '1', action: 'add', ...item }],
    ...more,
  }
}

export const radio = { service: { serviceSpecification: { id: 'radio', version: '1.0.0' } } }

export function place(hub: ComposedHub, household: string, item: object = radio, more: object = {}) {
  return send(hub, 'POST', `${ordering}/serviceOrder`, orderOf(household, item, more))
}

export function untilState(hub: ComposedHub, id: string, ...states: string[]): Promise<Resource> {
  return until(
    async () => {
      const { body } = await send(hub, 'GET', `${ordering}/serviceOrder/${id}`)
      if (states.includes(body.state)) return body
      throw new Error(`it is ${body.state}`)
    },
    { what: `order ${id}` },
  )
}

export async function proved(hub: ComposedHub, phone: WireDevice, order: Resource): Promise<Resource> {
  const { deliveries } = answer(await hub.api.GET('/api/v1/orders/{id}', { params: { path: { id: order.id } } }))
  await phone.prove(await phone.wait('offer', deliveries[0]!.id), () => untilState(hub, order.id, 'inProgress'))
  return untilState(hub, order.id, 'completed')
}
