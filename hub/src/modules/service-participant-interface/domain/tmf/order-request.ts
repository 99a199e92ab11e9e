import { CallerError, type ErrorPlace } from '../../../../platform/errors.ts'
import type { OrderRequest } from '../../../order-processing/index.ts'
import type { TmfItem, TmfNewOrder, TmfParty } from '../../contract-tmf.ts'
import { tmfHouseholdUnclear, tmfItemUnclear, tmfServiceUnknown } from '../../errors.ts'

/** What the inventory knows of a service that an item names by its id. */
export interface KnownService {
  readonly id: string
  readonly household: string
  readonly service: string
  readonly suspended: boolean
}

/** What an order said that the hub's own order has no place for: it is shown again as it came. */
export interface KeptOrder {
  readonly order: Readonly<Record<string, unknown>>
  /** The ordered items, by the hub's name of the service: how the client calls each, and what else it said of it. */
  readonly items: Readonly<Record<string, KeptItem>>
  /** Items with nothing to be done, as they came. */
  readonly noChange: readonly Readonly<Record<string, unknown>>[]
}

export interface KeptItem {
  readonly id: string
  readonly service: Readonly<Record<string, unknown>>
  /** Place of the item in the client's list. */
  readonly position: number
}

export interface Translated {
  readonly request: OrderRequest
  readonly kept: KeptOrder
  /** Of each item of the request, its place in the client's list. */
  readonly positions: readonly number[]
}

/** The party whose role says that it is the household. */
export const householdRole = 'household'

type RequestItem = OrderRequest['items'][number]

interface Placed {
  readonly item: TmfItem
  readonly position: number
  readonly known: KnownService | null
}

/**
 * An order of TMF641 as the hub's own.
 * @param services those that its items name by id
 * @throws CallerError `tmf-household-unclear`, `tmf-service-unknown`, `tmf-item-unclear`, with pointers into the TMF641 order
 */
export function translateOrder(order: TmfNewOrder, services: ReadonlyMap<string, KnownService>): Translated {
  const all = order.serviceOrderItem.map((item, position) => ({
    item,
    position,
    known: knownOf(item, position, services),
  }))
  const placed = all.filter(({ item }) => item.action !== 'noChange')
  if (placed.length === 0) throw unclear('/serviceOrderItem', 'No item of the order changes anything.')
  requireUnique(all)
  const household = householdOf(order, placed)
  const items = placed.map((each) => requestItem(each, placed, household))
  return {
    positions: placed.map(({ position }) => position),
    request: {
      household,
      items,
      ...(order.externalId === undefined ? {} : { reference: order.externalId }),
      ...(order.priority === undefined ? {} : { priority: Number(order.priority) }),
      ...(order.requestedStartDate === undefined ? {} : { requestedStart: order.requestedStartDate }),
      ...(order.requestedCompletionDate === undefined ? {} : { requestedCompletion: order.requestedCompletionDate }),
    },
    kept: keptOf(order, placed, items),
  }
}

function knownOf(
  { action, service }: TmfItem,
  position: number,
  services: ReadonlyMap<string, KnownService>,
): KnownService | null {
  const at = `/serviceOrderItem/${position}/service`
  if (action === 'add') {
    if (service.id !== undefined)
      throw unclear(`${at}/id`, 'A service that is added has no id yet: the hub gives it one.')
    if (service.serviceSpecification === undefined)
      throw unclear(`${at}/serviceSpecification`, 'What is added is named by its specification.')
    return null
  }
  if (service.id === undefined) throw unclear(`${at}/id`, `An item that is to ${action} names its service by id.`)
  const known = services.get(service.id)
  if (known === undefined)
    throw new CallerError(tmfServiceUnknown, `There is no service ${service.id}.`, {
      places: [{ pointer: `${at}/id`, detail: 'is no service of the inventory' }],
    })
  const named = service.serviceSpecification?.id
  if (named !== undefined && named !== known.service)
    throw unclear(`${at}/serviceSpecification/id`, `The service ${known.id} is of ${known.service}, not of ${named}.`)
  return known
}

function requireUnique(all: readonly Placed[]): void {
  const seen = new Set<string>()
  for (const { item, position } of all) {
    if (seen.has(item.id)) throw unclear(`/serviceOrderItem/${position}/id`, `Another item is called ${item.id}, too.`)
    seen.add(item.id)
  }
}

/** The one that all items are of: named once as a related party, or that of the services which the items name. */
function householdOf(order: TmfNewOrder, placed: readonly Placed[]): string {
  const found = new Map<string, string>()
  const note = (parties: readonly TmfParty[] | undefined, at: string): void => {
    for (const [index, { id, role }] of (parties ?? []).entries())
      if (role === householdRole) found.set(id, `${at}/${index}/id`)
  }
  note(order.relatedParty, '/relatedParty')
  for (const { item, position, known } of placed) {
    if (known === null) note(item.service.relatedParty, `/serviceOrderItem/${position}/service/relatedParty`)
    else found.set(known.household, `/serviceOrderItem/${position}/service/id`)
  }
  const [first, ...others] = found
  if (first === undefined)
    throw householdUnclear('The order does not say for which household it is.', [
      { pointer: '/relatedParty', detail: `name the household: { "id": "hh-…", "role": "${householdRole}" }` },
    ])
  if (others.length > 0)
    throw householdUnclear(
      `The order is for several households: ${[...found.keys()].join(', ')}.`,
      [...found].map(([id, pointer]) => ({ pointer, detail: `is ${id}` })),
    )
  return first[0]
}

function requestItem(placed: Placed, all: readonly Placed[], household: string): RequestItem {
  const { item, position, known } = placed
  const after = afterOf(item, position, all)
  const base = {
    service: known?.service ?? item.service.serviceSpecification!.id,
    ...(after.length === 0 ? {} : { after }),
  }
  if (item.action === 'delete') return { ...base, action: 'remove' }
  const to = known === null ? undefined : otherHousehold(item.service.relatedParty, household)
  if (to !== undefined) return { ...base, action: 'move', to }
  if (item.service.state === 'inactive' && known !== null) return { ...base, action: 'suspend' }
  if (item.service.state === 'active' && known?.suspended === true) return { ...base, action: 'resume' }
  return { ...base, ...contentOf(item, position), action: known === null ? 'add' : 'modify' }
}

/** A service whose household is to be another one moves. */
function otherHousehold(parties: readonly TmfParty[] | undefined, household: string): string | undefined {
  return parties?.find(({ id, role }) => role === householdRole && id !== household)?.id
}

function contentOf({ service }: TmfItem, position: number): Pick<RequestItem, 'version' | 'channel' | 'devices'> {
  const { version } = service.serviceSpecification ?? {}
  const content: { version?: string; channel?: 'stable' | 'beta' | 'alpha'; devices?: string[] } =
    version === undefined ? {} : { version }
  for (const [index, { name, value }] of (service.serviceCharacteristic ?? []).entries()) {
    const at = `/serviceOrderItem/${position}/service/serviceCharacteristic/${index}/value`
    if (name === 'channel') {
      if (value !== 'stable' && value !== 'beta' && value !== 'alpha')
        throw unclear(at, 'A channel is stable, beta or alpha.')
      content.channel = value
    } else {
      if (!Array.isArray(value)) throw unclear(at, 'Devices are a list of ids.')
      content.devices = value
    }
  }
  return content
}

/** Places, in the order that the hub gets, of the items that are to be completed first. */
function afterOf(item: TmfItem, position: number, all: readonly Placed[]): number[] {
  return (item.serviceOrderItemRelationship ?? []).flatMap(({ orderItem }, index) => {
    const wanted = orderItem.itemId ?? orderItem.id
    const at = `/serviceOrderItem/${position}/serviceOrderItemRelationship/${index}/orderItem`
    const found = all.findIndex((other) => other.item.id === wanted)
    if (wanted === undefined || found === -1) throw unclear(at, `No item that changes something is called ${wanted}.`)
    if (all[found]!.item === item) throw unclear(at, 'An item cannot wait for itself.')
    return [found]
  })
}

function keptOf(order: TmfNewOrder, placed: readonly Placed[], items: readonly RequestItem[]): KeptOrder {
  const { description, category, notificationContact, note, externalReference, relatedParty } = order
  const parties = relatedParty?.filter(({ role }) => role !== householdRole)
  return {
    order: { description, category, notificationContact, note, externalReference, relatedParty: parties },
    items: Object.fromEntries(
      placed.map(({ item, position }, index) => {
        const { name, description: about, serviceType, category: kind } = item.service
        const service = { name, description: about, serviceType, category: kind }
        return [items[index]!.service, { id: item.id, service, position }]
      }),
    ),
    noChange: order.serviceOrderItem
      .filter(({ action }) => action === 'noChange')
      .map(({ id, service }) => ({ id, service: { id: service.id } })),
  }
}

/** A refusal by the hub's own order, with its places in the TMF641 order. */
export function translateRefusal(error: CallerError, positions: readonly number[]): CallerError {
  const places = error.places.map((place) => ({ ...place, pointer: translatePointer(place.pointer, positions) }))
  return new CallerError(error.entry, error.message, { cause: error, places })
}

const own: readonly (readonly [RegExp, string])[] = [
  [/^\/household$/, '/relatedParty'],
  [/^\/reference$/, '/externalId'],
  [/^\/requestedStart$/, '/requestedStartDate'],
  [/^\/requestedCompletion$/, '/requestedCompletionDate'],
]

const inItem: Readonly<Record<string, string>> = {
  '/service': '/service/serviceSpecification/id',
  '/version': '/service/serviceSpecification/version',
  '/channel': '/service/serviceCharacteristic',
  '/devices': '/service/serviceCharacteristic',
  '/to': '/service/relatedParty',
  '/after': '/serviceOrderItemRelationship',
}

function translatePointer(pointer: string, positions: readonly number[]): string {
  const [, index, rest = ''] = /^\/items\/(\d+)(\/.*)?$/.exec(pointer) ?? []
  if (index === undefined) return own.find(([pattern]) => pattern.test(pointer))?.[1] ?? pointer
  const [, key = '', more = ''] = /^(\/[a-z]+)?(.*)$/.exec(rest) ?? []
  return `/serviceOrderItem/${positions[Number(index)] ?? index}${inItem[key] ?? key}${key in inItem ? '' : more}`
}

function unclear(pointer: string, detail: string): CallerError {
  return new CallerError(tmfItemUnclear, detail, { places: [{ pointer, detail }] })
}

function householdUnclear(detail: string, places: readonly ErrorPlace[]): CallerError {
  return new CallerError(tmfHouseholdUnclear, detail, { places })
}
