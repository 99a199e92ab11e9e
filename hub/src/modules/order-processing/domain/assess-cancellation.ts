import type { OrderItem } from './order.ts'
import { isSettled, type DeliveryState } from './states.ts'

/** A delivery as far as it decides whether its order can still be cancelled. */
export interface Underway {
  readonly device: string
  readonly state: DeliveryState
  /** What the device has said last that it is doing. */
  readonly stage: string
}

/** Past this a device ends what it has begun, whatever it is told. */
const noReturn: ReadonlySet<string> = new Set(['installing', 'restarting', 'checking'])

/**
 * Whether a cancellation can still prevent anything.
 * @returns null when it can; otherwise why not, for people
 */
export function cancellationRefusal(items: readonly OrderItem[], deliveries: readonly Underway[]): string | null {
  if (items.some(({ phase }) => phase === 'waiting')) return null
  const open = deliveries.filter(({ state }) => !isSettled(state))
  const late = open.filter(({ state, stage }) => state === 'accepted' && noReturn.has(stage))
  if (open.length === 0 || late.length < open.length) return null
  const named = late.slice(0, 5).map(({ device, stage }) => `${device} is ${stage}`)
  return `nothing is left to prevent: ${named.join(', ')}${late.length > named.length ? ' and others' : ''}`
}
