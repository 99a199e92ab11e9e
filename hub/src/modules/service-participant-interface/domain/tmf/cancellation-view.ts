import type { OrderState } from '../../../order-processing/index.ts'
import { compact, type TmfObject } from './fields.ts'
import type { TmfLinks } from './links.ts'

/** A wish to have an order cancelled, as TMF641's task resource keeps it. */
export interface Cancellation {
  readonly id: string
  readonly order: string
  readonly household: string
  /** Whose the order is. */
  readonly owner: string
  readonly reason: string
  readonly askedBy: string
  readonly askedAt: Date
}

/** Where a cancellation is, by the state of its order (TMF641's TaskStateType). */
export const cancellationStates = {
  assessingCancellation: 'accepted',
  pendingCancellation: 'inProgress',
  cancelled: 'done',
  // It came too late, or cannot be: the order goes on or has ended otherwise.
  acknowledged: 'terminatedWithError',
  pending: 'terminatedWithError',
  held: 'terminatedWithError',
  inProgress: 'terminatedWithError',
  completed: 'terminatedWithError',
  partial: 'terminatedWithError',
  failed: 'terminatedWithError',
  rejected: 'terminatedWithError',
} as const satisfies Record<OrderState, string>

export function cancellationView(
  { id, order, reason, askedAt }: Cancellation,
  state: OrderState,
  settledAt: Date | null,
  links: TmfLinks,
): TmfObject {
  return compact({
    id,
    href: links.cancellation(id),
    state: cancellationStates[state],
    cancellationReason: reason,
    requestedCancellationDate: askedAt.toISOString(),
    effectiveCancellationDate: state === 'cancelled' ? settledAt?.toISOString() : undefined,
    serviceOrder: { id: order, href: links.order(order), '@referredType': 'ServiceOrder' },
    '@type': 'CancelServiceOrder',
  })
}
