import { forbidden, type Decision, type Principal } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { grouped } from '../../../platform/grouped.ts'
import { newId } from '../../../platform/ids.ts'
import type { OrderRequest } from '../contract.ts'
import { priorityNotAllowed } from '../errors.ts'
import type { OrderDependencies } from './dependencies.ts'
import { householdDevices, prepareOrder } from './prepare-order.ts'
import { rejectOrder } from './reject-order.ts'
import type { NewOrder, Order, Origin } from './storage.ts'
import type { OrderDraft } from './write-orders.ts'
import { usualDurations } from './usual-durations.ts'
import { writeTogether, type Outcome } from './write-together.ts'

/** Who or what asks for an order, and on what decision. */
export interface OrderedBy {
  readonly tenant: string
  readonly origin: Origin
  readonly decision: Decision
  /** For test devices: what it names may be a version that is not released yet. */
  readonly trial?: boolean
  /** What cannot be is kept as a rejected order with its reasons, not thrown; as for policies and campaigns. */
  readonly keepRejected?: boolean
}

/**
 * Takes an order, whose request has passed `orderRequest`. `also` is written in the same transaction.
 * @throws CallerError naming the item by JSON pointer, nothing being written then; OutsideError `overloaded`
 */
export type PlaceOrder = (by: OrderedBy, request: OrderRequest, also?: OrderDraft['also']) => Promise<NewOrder>

/** Orders that share a transaction; orders that may wait. */
const group = { most: 50, waiting: 5_000 }

/**
 * Takes orders: checks each, decomposes it into deliveries and hands them on, all in one transaction, which orders that come
 * at the same time share. What is still open of older orders of a subscription is dropped: the newest intention wins.
 */
export function orderPlacing(deps: OrderDependencies): PlaceOrder {
  const usual = usualDurations(deps)
  const preparing = { ...deps, devicesOf: householdDevices(deps) }
  const write = grouped<OrderDraft, Outcome>(group, (drafts) => writeTogether(deps, drafts))
  return async (by, request, also = nothing) => {
    const order = newOrder(deps, by, request, await usual(by.tenant))
    try {
      const prepared = await prepareOrder(preparing, by.tenant, request, by.trial)
      const outcome = await write({ order, decision: by.decision, prepared, also })
      if ('refusal' in outcome) throw outcome.refusal
      return outcome
    } catch (error) {
      if (!(error instanceof CallerError) || !keepsRejected(by)) throw error
      return await rejectOrder(deps, { order, decision: by.decision, request, also }, error)
    }
  }
}

/** An order of a person, or of a system with a key. @throws as PlaceOrder, CallerError `forbidden`, `priority-not-allowed`, `not-found` */
export function createOrder(
  deps: Pick<OrderDependencies, 'access'>,
  place: PlaceOrder,
  principal: Principal,
  request: OrderRequest,
  also: OrderDraft['also'],
): Promise<NewOrder> {
  const { id, kind, name, tenant } = principal
  const decision = deps.access.authorise(principal, 'order.write', { household: request.household, owner: id })
  for (const { to } of request.items)
    if (to !== undefined) deps.access.authorise(principal, 'order.write', { household: to, owner: id })
  if (request.priority === 0) authoriseUrgent(deps, principal)
  return place({ tenant, origin: { kind, id, name, cause: null }, decision }, request, also)
}

/** The highest priority goes through quiet hours: who lives there does not decide that, nor who sells to them. */
function authoriseUrgent({ access }: Pick<OrderDependencies, 'access'>, principal: Principal): void {
  try {
    access.authorise(principal, 'order.expedite')
  } catch (error) {
    if (!(error instanceof CallerError) || error.entry !== forbidden) throw error
    const detail = `${principal.name} may order, but not with priority 0, which goes through quiet hours`
    throw new CallerError(priorityNotAllowed, detail, { places: [{ pointer: '/priority', detail }], cause: error })
  }
}

/** @param usual how long such orders take, milliseconds */
function newOrder({ clock }: OrderDependencies, by: OrderedBy, request: OrderRequest, usual: number): Order {
  const now = new Date(clock.now())
  const start = dateOf(request.requestedStart)
  const completion = dateOf(request.requestedCompletion)
  return {
    id: newId('ord', clock.now()),
    tenant: by.tenant,
    household: request.household,
    requestedBy: requesterOf(by.origin),
    decision: by.decision.id,
    reference: request.reference ?? null,
    origin: by.origin,
    priority: request.priority ?? 4,
    requestedStart: start,
    requestedCompletion: completion,
    expectedCompletion: completion ?? new Date(Math.max(now.getTime(), start?.getTime() ?? 0) + usual),
    allOrNothing: request.allOrNothing ?? true,
    conducted: true,
    phase: start !== null && start > now ? 'scheduled' : 'carrying-out',
    undoing: null,
    state: 'acknowledged',
    detail: '',
    milestones: (start !== null && start > now
      ? (['acknowledged'] as const)
      : (['acknowledged', 'planned'] as const)
    ).map((name) => ({
      name,
      at: now.toISOString(),
    })),
    jeopardy: null,
    createdAt: now,
    updatedAt: now,
    settledAt: null,
  }
}

/** People and keys own what they order; a policy's and a campaign's orders are nobody's own. */
function requesterOf({ kind, id }: Origin): string {
  return kind === 'person' || kind === 'system' ? id : `${kind}:${id}`
}

function keepsRejected({ origin, keepRejected }: OrderedBy): boolean {
  return keepRejected ?? (origin.kind === 'policy' || origin.kind === 'campaign')
}

function dateOf(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text)
}

async function nothing(): Promise<void> {}
