import { appendEvents } from '../../../platform/events.ts'
import type { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import type { OrderRequest } from '../contract.ts'
import { orderEvent } from './delivery-events.ts'
import type { OrderDependencies } from './dependencies.ts'
import type { NewOrder, Order, OrderItem } from './storage.ts'
import type { OrderDraft } from './write-orders.ts'

interface Refused extends Pick<OrderDraft, 'order' | 'decision' | 'also'> {
  readonly request: OrderRequest
}

/**
 * Keeps an order that cannot be as `rejected`, with the reasons at the items that they are about: what asked for it looks later.
 * @throws the refusal itself when the household is none of the tenant's: there is nobody to keep it for
 */
export async function rejectOrder(deps: OrderDependencies, draft: Refused, refusal: CallerError): Promise<NewOrder> {
  if (refusal.entry === unknownHousehold) throw refusal
  const at = draft.order.createdAt
  const order: Order = {
    ...draft.order,
    phase: 'settled',
    state: 'rejected',
    detail: refusal.message,
    milestones: [],
    settledAt: at,
  }
  const items = draft.request.items.map((item, position): OrderItem => {
    const reasons = reasonsOf(refusal, position)
    return {
      id: newId('itm', deps.clock.now()),
      order: order.id,
      position,
      action: item.action,
      service: item.service,
      version: item.version ?? '',
      subscription: null,
      state: 'rejected',
      detail: reasons.join('; '),
      phase: 'over',
      undoes: false,
      origin: 'wished',
      because: '',
      channel: item.channel ?? null,
      to: item.to ?? null,
      after: item.after ?? [],
      before: null,
      reasons,
      attempts: 0,
    }
  })
  const written = { order, items, deliveries: [] }
  await deps.database.transaction(async (tx) => {
    await deps.storage.addOrders(tx, [written])
    tx.audit.decisions.push(draft.decision)
    await appendEvents(tx, deps.doorbells, [{ ...orderEvent(written), decision: draft.decision.id }])
    await draft.also(tx, written)
  })
  return written
}

/** What a refusal says of the item at a position. */
export function reasonsOf({ places }: CallerError, position: number): string[] {
  return places.filter(({ pointer }) => `${pointer}/`.startsWith(`/items/${position}/`)).map(({ detail }) => detail)
}
