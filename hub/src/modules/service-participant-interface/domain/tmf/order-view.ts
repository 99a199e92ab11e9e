import type { Order, OrderItem, OrderWithItems } from '../../../order-processing/index.ts'
import { compact, type TmfObject } from './fields.ts'
import type { TmfLinks } from './links.ts'
import { householdRole, type KeptItem, type KeptOrder } from './order-request.ts'

/** TMF641's names of what an item does. */
export const tmfActions = {
  add: 'add',
  modify: 'modify',
  suspend: 'modify',
  resume: 'modify',
  move: 'modify',
  remove: 'delete',
} as const satisfies Record<OrderItem['action'], string>

/** The state that an item is to take its service to, where it says more than its action. */
const wantedStates: Partial<Record<OrderItem['action'], string>> = {
  add: 'active',
  suspend: 'inactive',
  resume: 'active',
  remove: 'terminated',
}

const nothingKept: KeptOrder = { order: {}, items: {}, noChange: [] }

/** An order as TMF641 v4 shows it. @param kept what it said there when it was placed; null for orders placed otherwise */
export function orderView(found: OrderWithItems, kept: KeptOrder | null, links: TmfLinks): TmfObject {
  const { order, items } = found
  const said = kept ?? nothingKept
  const parties = (said.order['relatedParty'] ?? []) as readonly object[]
  return compact({
    id: order.id,
    href: links.order(order.id),
    ...said.order,
    externalId: order.reference,
    priority: String(order.priority),
    state: order.state,
    orderDate: order.createdAt.toISOString(),
    requestedStartDate: order.requestedStart?.toISOString(),
    requestedCompletionDate: order.requestedCompletion?.toISOString(),
    expectedCompletionDate: order.expectedCompletion?.toISOString(),
    startDate: reachedAt(order, 'begun') ?? reachedAt(order, 'planned'),
    ...endOf(order),
    relatedParty: [
      {
        id: order.household,
        href: links.household(order.household),
        role: householdRole,
        '@referredType': 'Household',
      },
      {
        id: order.requestedBy,
        role: 'requester',
        '@referredType': order.origin.kind === 'person' ? 'Individual' : 'System',
      },
      ...parties,
    ],
    milestone: order.milestones.map(({ name, at }) => ({
      id: name,
      name,
      milestoneDate: at,
      status: 'completed',
      '@type': 'ServiceOrderMilestone',
    })),
    jeopardyAlert: jeopardyOf(order),
    errorMessage: orderErrors(order),
    serviceOrderItem: [
      ...items.map((item) => itemView(found, item, said, links)),
      ...said.noChange.map((item) => ({
        ...item,
        action: 'noChange',
        state: 'completed',
        '@type': 'ServiceOrderItem',
      })),
    ],
    '@type': 'ServiceOrder',
  })
}

function reachedAt({ milestones }: Order, name: string): string | undefined {
  return milestones.find((milestone) => milestone.name === name)?.at
}

function endOf({ state, detail, settledAt }: Order): TmfObject {
  const at = settledAt?.toISOString()
  if (state === 'cancelled') return { cancellationDate: at, cancellationReason: detail }
  return { completionDate: at }
}

function jeopardyOf({ jeopardy }: Order): TmfObject[] {
  if (jeopardy === null) return []
  const { level, message, cause, at } = jeopardy
  return [
    {
      id: level,
      name: level === 'red' ? 'late' : 'may be late',
      alertDate: at,
      jeopardyType: level === 'red' ? 'Critical' : 'Hazard',
      message,
      exception: cause,
      '@type': 'ServiceOrderJeopardyAlert',
    },
  ]
}

const bad: ReadonlySet<string> = new Set(['failed', 'rejected', 'partial'])

function orderErrors({ state, detail, updatedAt, settledAt }: Order): TmfObject[] {
  if (!bad.has(state) || detail === '') return []
  const timestamp = (settledAt ?? updatedAt).toISOString()
  return [{ code: state, reason: detail, timestamp, '@type': 'ServiceOrderErrorMessage' }]
}

function itemView({ order, items }: OrderWithItems, item: OrderItem, said: KeptOrder, links: TmfLinks): TmfObject {
  const kept = ordered(said, item)
  const failed = bad.has(item.state)
  return compact({
    id: itemId(said, item),
    action: tmfActions[item.action],
    state: item.state,
    service: compact({
      ...kept?.service,
      id: item.subscription,
      href: item.subscription === null ? undefined : links.service(item.subscription),
      state: wantedStates[item.action],
      serviceSpecification: compact({
        id: item.service,
        href: links.specification(item.service, item.version === '' ? undefined : item.version),
        version: item.version,
        '@type': 'ServiceSpecificationRef',
      }),
      serviceCharacteristic: item.channel === null ? [] : [{ name: 'channel', value: item.channel }],
      relatedParty: item.to === null ? [] : [{ id: item.to, role: householdRole, '@referredType': 'Household' }],
      // Why it is there, and why this version and these devices.
      note: [item.because, ...item.reasons].filter((text) => text !== '').map((text) => ({ text })),
      '@type': 'Service',
    }),
    serviceOrderItemRelationship: item.after.flatMap((position) => {
      const other = items.find((each) => each.position === position)
      const orderItem = other && {
        itemId: itemId(said, other),
        serviceOrderId: order.id,
        '@type': 'ServiceOrderItemRef',
      }
      return orderItem === undefined ? [] : [{ relationshipType: 'dependency', orderItem }]
    }),
    errorMessage:
      failed && item.detail !== ''
        ? [{ code: item.state, reason: item.detail, '@type': 'ServiceOrderItemErrorMessage' }]
        : [],
    '@type': 'ServiceOrderItem',
  })
}

/** What the client said of an item; nothing of those that the hub added. */
function ordered(said: KeptOrder, item: OrderItem): KeptItem | undefined {
  return item.origin === 'wished' ? said.items[item.service] : undefined
}

/** As the client calls it; what the hub added has the hub's own id. */
export function itemId(said: KeptOrder, item: OrderItem): string {
  return ordered(said, item)?.id ?? item.id
}
