import { notFound, type Principal } from '../../../../platform/access.ts'
import { CallerError } from '../../../../platform/errors.ts'
import type { Explanation } from '../../domain/explanations/chain.ts'
import { explainDelivery } from '../../domain/explanations/explain-delivery.ts'
import { explainDevice, explainVersion } from '../../domain/explanations/explain-device.ts'
import { explainOrder } from '../../domain/explanations/explain-order.ts'
import type { DeviceFacts } from '../../domain/explanations/facts.ts'
import type { ExplainDependencies } from './dependencies.ts'
import { loadFacts } from './load-facts.ts'
import { askedVersion } from './version-facts.ts'

/** Orders of a household about a service that are looked at for one device. */
const ordersAbout = 5

/** @throws CallerError `not-found`, `forbidden` */
export async function explainOneOrder(deps: ExplainDependencies, reader: Principal, id: string): Promise<Explanation> {
  const [found] = await deps.orders.past.orders([id])
  if (found === undefined) throw new CallerError(notFound, `there is no order ${id}`)
  const { tenant, household, requestedBy: owner } = found.order
  deps.access.authorise(reader, 'order.read', { tenant, household, owner })
  const facts = await loadFacts(deps, reader, { tenant, household, told: [], orders: [id], devices: [] })
  return explainOrder(facts, facts.orders.get(id) ?? found)
}

/** @throws CallerError `not-found`, `forbidden` */
export async function explainOneDelivery(
  deps: ExplainDependencies,
  reader: Principal,
  id: string,
): Promise<Explanation> {
  const delivery = await deps.orders.past.delivery(id)
  if (delivery === null) throw new CallerError(notFound, `there is no delivery ${id}`)
  const { tenant, household, order, device } = delivery
  const [placed] = await deps.orders.past.orders([order])
  deps.access.authorise(reader, 'delivery.read', { tenant, household, owner: placed?.order.requestedBy ?? null })
  const facts = await loadFacts(deps, reader, {
    tenant,
    household,
    told: [delivery],
    orders: [order],
    devices: [device],
  })
  return explainDelivery(facts, delivery)
}

export interface DeviceAsked {
  readonly service?: string | undefined
  readonly version?: string | undefined
}

/** @throws CallerError `not-found`, `forbidden` */
export async function explainOneDevice(
  deps: ExplainDependencies,
  reader: Principal,
  id: string,
  { service, version }: DeviceAsked,
): Promise<Explanation> {
  const device = await deps.entities.device(id)
  if (device === null) throw new CallerError(notFound, `there is no device ${id}`)
  const { tenant, household } = device
  deps.access.authorise(reader, 'device.read', { tenant, household })
  const { past } = deps.orders
  const [deliveries, subscriptions, drift, parts, about] = await Promise.all([
    past.deliveriesOf({ device: id, service: service ?? null }),
    past.subscriptionsOf(household),
    past.driftOf(id),
    past.campaignsOf(tenant, id),
    service === undefined ? [] : past.ordersAbout(household, service, ordersAbout),
  ])
  const told = service === undefined ? [] : deliveries.slice(0, 10)
  const orders = [...about, ...(service === undefined ? deliveries : told).map(({ order }) => order)]
  const facts = await loadFacts(deps, reader, { tenant, household, told, orders, devices: [id] })
  const known = facts.devices.get(id) ?? { ...device, name: device.name }
  const whole: DeviceFacts = { ...facts, device: known, deliveries, subscriptions, drift, parts }
  if (service === undefined) return explainDevice(whole)
  return explainVersion(whole, await askedVersion(deps, reader, device, whole, service, version))
}
