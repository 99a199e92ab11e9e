import type { OrderState } from '../order-states.ts'
import type { DeliveryState } from '../states.ts'

/** What an ended order means for one of the devices that a campaign ordered it for. Pure. */

export interface Ended {
  readonly orderState: OrderState
  readonly orderDetail: string
  /** Of the device in this order; null when it had none: it was left out, or had everything already. */
  readonly delivery: { readonly state: DeliveryState; readonly detail: string } | null
}

/** Of an order that carries the campaign out. */
export function outcomeOf({ orderState, orderDetail, delivery }: Ended): {
  state: 'done' | 'failed' | 'cancelled'
  reason: string
} {
  const detail = delivery === null || delivery.detail === '' ? orderDetail : delivery.detail
  if (orderState === 'cancelled') return { state: 'cancelled', reason: detail || 'the order was cancelled' }
  if (orderState === 'completed') return { state: 'done', reason: '' }
  // One failed device takes an all-or-nothing order back: then nobody has what was ordered, whatever this device proved.
  if (orderState === 'partial' && delivery?.state === 'confirmed') return { state: 'done', reason: '' }
  if (orderState === 'partial' && delivery?.state === 'cancelled')
    return { state: 'cancelled', reason: detail || 'the delivery was cancelled' }
  return { state: 'failed', reason: detail || `the order is ${orderState}` }
}

/** Of an order that brings a household back. A newer order of somebody else is left as it is. */
export function returnOf({ orderState, orderDetail, delivery }: Ended): {
  state: 'returned' | 'kept' | 'not-returned'
  reason: string
} {
  const detail = delivery === null || delivery.detail === '' ? orderDetail : delivery.detail
  if (orderState === 'completed' || (orderState === 'partial' && delivery?.state === 'confirmed'))
    return { state: 'returned', reason: '' }
  if (orderState === 'cancelled') return { state: 'kept', reason: detail || 'the order was cancelled' }
  return { state: 'not-returned', reason: detail || `the order is ${orderState}` }
}
