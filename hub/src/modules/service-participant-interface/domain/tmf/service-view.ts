import type { Standing, Subscription, SubscriptionDetails } from '../../../order-processing/index.ts'
import { compact, type TmfObject } from './fields.ts'
import type { TmfLinks } from './links.ts'
import { householdRole } from './order-request.ts'
import { tmfActions } from './order-view.ts'

/**
 * TMF638's states of a service, by where its subscription stands commercially. A subscription is never only checked for feasibility or
 * designed: the hub does both when it takes the order.
 */
export const serviceStates = {
  reserved: { ended: false, commercial: ['requested'] },
  active: { ended: false, commercial: ['authorized'] },
  inactive: { ended: false, commercial: ['barred', 'ended'] },
  terminated: { ended: true, commercial: [] },
} as const satisfies Record<string, Standing>
export type ServiceState = keyof typeof serviceStates

export function serviceState({ state, commercial }: Pick<Subscription, 'state' | 'commercial'>): ServiceState {
  if (state === 'ended') return 'terminated'
  const found = Object.entries(serviceStates).find(([, standing]) =>
    (standing.commercial as readonly string[]).includes(commercial),
  )
  return (found?.[0] ?? 'active') as ServiceState
}

/** A subscription as TMF638 v4 shows it. */
export function serviceView(
  subscription: Subscription,
  { devices, items }: SubscriptionDetails,
  itemIds: ReadonlyMap<string, string>,
  links: TmfLinks,
): TmfObject {
  const { id, household, service, version, state, commercial, createdAt, updatedAt } = subscription
  const shown = serviceState(subscription)
  return compact({
    id,
    href: links.service(id),
    name: service,
    category: 'CFS',
    state: shown,
    hasStarted: shown !== 'reserved',
    isServiceEnabled: shown === 'active',
    serviceDate: createdAt.toISOString(),
    endDate: shown === 'terminated' ? updatedAt.toISOString() : undefined,
    serviceSpecification: {
      id: service,
      href: links.specification(service, version),
      version,
      '@type': 'ServiceSpecificationRef',
      '@referredType': 'ServiceSpecification',
    },
    relatedParty: [
      { id: household, href: links.household(household), role: householdRole, '@referredType': 'Household' },
    ],
    serviceCharacteristic: [
      { name: 'commercialState', valueType: 'string', value: commercial },
      { name: 'technicalState', valueType: 'string', value: state },
    ],
    supportingResource: devices.map((device) => ({
      id: device,
      href: links.device(device),
      '@referredType': 'PhysicalResource',
    })),
    serviceOrderItem: items.map(({ order, item, action }) => ({
      itemId: itemIds.get(item) ?? item,
      itemAction: tmfActions[action as keyof typeof tmfActions],
      serviceOrderId: order,
      serviceOrderHref: links.order(order),
      '@type': 'RelatedServiceOrderItem',
    })),
    '@type': 'Service',
  })
}
