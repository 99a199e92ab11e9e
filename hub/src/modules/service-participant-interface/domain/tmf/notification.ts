import { eventId, type LoggedEvent } from '../logged-event.ts'
import type { Subscription } from '../../../order-processing/index.ts'
import { selectFields, type TmfObject } from './fields.ts'
import type { TmfApi } from './links.ts'
import { serviceState } from './service-view.ts'

/** What a notification is called, and what it is about. */
interface Told {
  readonly type: string
  readonly resource: 'serviceOrder' | 'service' | 'serviceSpecification'
}

/** TM Forum's notifications by the hub's own events: the whole type, or its noun for all others of it. */
export const notificationsOf: Readonly<Record<TmfApi, Readonly<Record<string, Told>>>> = {
  serviceOrdering: {
    'order.acknowledged': { type: 'ServiceOrderCreateEvent', resource: 'serviceOrder' },
    'order.milestone': { type: 'ServiceOrderMilestoneEvent', resource: 'serviceOrder' },
    'order.jeopardy': { type: 'ServiceOrderJeopardyEvent', resource: 'serviceOrder' },
    'order.*': { type: 'ServiceOrderStateChangeEvent', resource: 'serviceOrder' },
  },
  serviceInventory: {
    'subscription.provisioning': { type: 'ServiceCreateEvent', resource: 'service' },
    'subscription.active': { type: 'ServiceStateChangeEvent', resource: 'service' },
    'subscription.suspended': { type: 'ServiceStateChangeEvent', resource: 'service' },
    'subscription.ended': { type: 'ServiceStateChangeEvent', resource: 'service' },
    'subscription.*': { type: 'ServiceAttributeValueChangeEvent', resource: 'service' },
  },
  serviceCatalogManagement: {
    'service.created': { type: 'ServiceSpecificationCreateEvent', resource: 'serviceSpecification' },
    'service.*': { type: 'ServiceSpecificationChangeEvent', resource: 'serviceSpecification' },
    'version.*': { type: 'ServiceSpecificationChangeEvent', resource: 'serviceSpecification' },
  },
}

/** The types that an interface sends. */
export function notificationTypes(api: TmfApi): string[] {
  return [...new Set(Object.values(notificationsOf[api]).map(({ type }) => type))]
}

/** The hub's own events that make its notifications, as a webhook names them. */
export function eventTypesOf(api: TmfApi): string[] {
  return [...new Set(Object.keys(notificationsOf[api]).map((type) => `${type.split('.')[0]}.*`))]
}

export function toldBy(api: TmfApi, eventType: string): Told | null {
  const table = notificationsOf[api]
  return table[eventType] ?? table[`${eventType.split('.')[0]}.*`] ?? null
}

/**
 * A notification (TMF630, 5.3) with the resource as it is when it is sent, but for the state, which is that of the event: a reader gets states
 * in the order in which they came.
 */
export function notification(event: LoggedEvent, { type, resource }: Told, shown: TmfObject): TmfObject {
  const data = event.data as TmfObject
  const state = stateOf(event, type, data)
  const reference = data['reference']
  return {
    eventId: eventId(event),
    eventTime: event.at.toISOString(),
    eventType: type,
    ...(typeof reference === 'string' ? { correlationId: reference } : {}),
    domain: 'Service',
    title: type,
    description: descriptionOf(event, data),
    event: { [resource]: state === null ? shown : { ...shown, state } },
    '@type': type,
  }
}

/** The state that the event brought; null where it brought none. */
function stateOf(event: LoggedEvent, type: string, data: TmfObject): string | null {
  const [noun, state = ''] = event.type.split('.')
  if (noun === 'subscription')
    return serviceState({ state, commercial: data['commercial'] as Subscription['commercial'] })
  const brings = type === 'ServiceOrderCreateEvent' || type === 'ServiceOrderStateChangeEvent'
  return brings ? state : null
}

/** For people: what the hub's own event says of it. */
function descriptionOf({ type, subject }: LoggedEvent, { name, message, detail }: TmfObject): string {
  const more = [name, message, detail].filter((each) => typeof each === 'string' && each !== '').join('; ')
  return more === '' ? `${type} of ${subject}` : `${type} of ${subject}: ${more}`
}

/** A notification with only the fields of its resource that were asked for. */
export function narrowed(told: TmfObject, resource: string, fields: string | undefined): TmfObject {
  if (fields === undefined || fields === '') return told
  const own = fields.split(',').map((field) =>
    field
      .trim()
      .replace(/^event\./, '')
      .replace(`${resource}.`, ''),
  )
  const { [resource]: whole } = told['event'] as Record<string, TmfObject>
  return { ...told, event: { [resource]: selectFields(whole!, own.join(',')) } }
}
