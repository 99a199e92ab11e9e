import type { LoggedEvent } from '../../domain/logged-event.ts'
import type { TmfObject } from '../../domain/tmf/fields.ts'
import { isWanted, parseListenerQuery } from '../../domain/tmf/listener-query.ts'
import type { TmfApi } from '../../domain/tmf/links.ts'
import { narrowed, notification, notificationTypes, toldBy } from '../../domain/tmf/notification.ts'
import { specificationView } from '../../domain/tmf/specification-view.ts'
import { linksOf, type TmfDependencies } from './dependencies.ts'
import { showOrders } from './orders.ts'
import { showServices } from './services.ts'

/** What a TM Forum listener is told of an event; null when it is none that it wants, or when what it was about is gone. */
export async function tmfNotification(
  deps: TmfDependencies,
  listener: { readonly tenant: string; readonly api: TmfApi; readonly query: string },
  event: LoggedEvent,
): Promise<TmfObject | null> {
  const told = toldBy(listener.api, event.type)
  const query = parseListenerQuery(listener.query, notificationTypes(listener.api))
  if (told === null || 'wrong' in query) return null
  // Most are sorted out by their type alone, without looking anything up.
  if (query.types !== null && !query.types.includes(told.type)) return null
  const shown = await resourceOf(deps, listener.tenant, event)
  if (shown === null) return null
  const whole = notification(event, told, shown)
  return isWanted(whole, query) ? narrowed(whole, told.resource, query.fields) : null
}

async function resourceOf(deps: TmfDependencies, tenant: string, event: LoggedEvent): Promise<TmfObject | null> {
  const { subject, type } = event
  if (type.startsWith('order.')) {
    const found = await deps.orders.desk.told.order(tenant, subject)
    return found === null ? null : (await showOrders(deps, [found]))[0]!
  }
  if (type.startsWith('subscription.')) {
    const found = await deps.orders.desk.told.subscription(tenant, subject)
    return found === null ? null : (await showServices(deps, [found]))[0]!
  }
  const [id = '', version] = subject.split('@')
  const service = await deps.definitions.service(tenant, id)
  if (service === null) return null
  return specificationView(service, await deps.definitions.version(tenant, id, version ?? null), linksOf(deps))
}
