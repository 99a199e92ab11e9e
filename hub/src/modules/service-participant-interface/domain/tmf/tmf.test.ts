import { describe, expect, test } from 'vitest'
import { selectFields } from './fields.ts'
import { isWanted, parseListenerQuery, type ListenerQuery } from './listener-query.ts'
import { translateOrder } from './order-request.ts'

const known = { id: 'sub-1', household: 'hh-1', service: 'radio', suspended: false }
const services = new Map([
  ['sub-1', known],
  ['sub-2', { ...known, id: 'sub-2', service: 'news', household: 'hh-2', suspended: true }],
])
const translate = (items: readonly object[], more: object = {}) =>
  translateOrder({ serviceOrderItem: items, ...more } as never, services).request

describe('an order of TMF641', () => {
  const spec = { serviceSpecification: { id: 'film' } }
  const party = { relatedParty: [{ id: 'hh-1', role: 'household' }] }

  test.each([
    [
      { action: 'delete', service: { id: 'sub-1' } },
      { action: 'remove', service: 'radio' },
    ],
    [
      { action: 'modify', service: { id: 'sub-1', state: 'inactive' } },
      { action: 'suspend', service: 'radio' },
    ],
    [
      { action: 'modify', service: { id: 'sub-1', state: 'active' } },
      { action: 'modify', service: 'radio' },
    ],
    [
      { action: 'modify', service: { id: 'sub-2', state: 'active' } },
      { action: 'resume', service: 'news' },
    ],
    [
      { action: 'modify', service: { id: 'sub-1', relatedParty: [{ id: 'hh-9', role: 'household' }] } },
      { action: 'move', service: 'radio', to: 'hh-9' },
    ],
  ])('%j is %j', (item, wanted) => {
    expect(translate([{ id: '1', ...item }]).items).toEqual([wanted])
  })

  test.each([
    ['/relatedParty', [{ id: '1', action: 'add', service: spec }], {}],
    ['/serviceOrderItem/0/service/id', [{ id: '1', action: 'add', service: { id: 'sub-1' } }], party],
    ['/serviceOrderItem/0/service/id', [{ id: '1', action: 'delete', service: {} }], party],
    ['/serviceOrderItem/0/service/id', [{ id: '1', action: 'delete', service: { id: 'sub-9' } }], party],
    ['/serviceOrderItem', [{ id: '1', action: 'noChange', service: { id: 'sub-1' } }], party],
    ['/relatedParty/0/id', [{ id: '1', action: 'delete', service: { id: 'sub-2' } }], party],
  ])('that is unclear is refused at %s', (pointer, items, more) => {
    let places: unknown
    try {
      translate(items, more)
    } catch (error) {
      ;({ places } = error as { places: unknown })
    }
    expect(places).toContainEqual(expect.objectContaining({ pointer }))
  })
})

test('a query of a listener is read, or refused in words', () => {
  const types = ['ServiceOrderCreateEvent', 'ServiceOrderStateChangeEvent']
  const query = parseListenerQuery('eventType=ServiceOrderStateChangeEvent&serviceOrder.state=failed,partial', types)
  const of = (eventType: string, state: string) => ({ eventType, event: { serviceOrder: { state } } })
  const wanted = (one: object) => isWanted(one as never, query as ListenerQuery)
  expect(wanted(of('ServiceOrderStateChangeEvent', 'partial'))).toBe(true)
  expect(wanted(of('ServiceOrderStateChangeEvent', 'completed'))).toBe(false)
  expect(wanted(of('ServiceOrderCreateEvent', 'failed'))).toBe(false)
  expect(parseListenerQuery('eventType=Other', types)).toHaveProperty('wrong')
  expect(parseListenerQuery('a%00b=1', types)).toHaveProperty('wrong')
})

test('fields show what was asked for and what identifies it', () => {
  const order = { id: 'o', href: 'h', state: 's', serviceOrderItem: [{ id: '1', state: 'x', action: 'add' }] }
  expect(selectFields(order, 'serviceOrderItem.state')).toEqual({
    id: 'o',
    href: 'h',
    serviceOrderItem: [{ id: '1', state: 'x' }],
  })
  expect(selectFields(order, 'none')).toEqual({ id: 'o', href: 'h' })
})
