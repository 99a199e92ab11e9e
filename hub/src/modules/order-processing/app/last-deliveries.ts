import type { Delivery } from './storage.ts'

/** Of each item the last delivery to each device: an item that was tried again has more. @param deliveries oldest first */
export function lastDeliveries(deliveries: readonly Delivery[]): Delivery[] {
  return [...new Map(deliveries.map((delivery) => [`${delivery.item} ${delivery.device}`, delivery])).values()]
}
