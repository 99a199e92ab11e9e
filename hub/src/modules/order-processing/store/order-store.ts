import type { Database } from '../../../platform/database.ts'
import type { OrderStorage } from '../app/storage.ts'
import { driftRows } from './drift-rows.ts'
import { deliveryRows } from './delivery-rows.ts'
import { ledRows } from './led-rows.ts'
import { orderRows } from './order-rows.ts'
import { subscriptionRows } from './subscription-rows.ts'

/** Order-processing's tables on PostgreSQL. */
export function createOrderStore(database: Database): OrderStorage {
  return {
    ...subscriptionRows(database.sql),
    ...orderRows(database.sql),
    ...ledRows,
    ...deliveryRows(database.sql),
    ...driftRows(),
  }
}
