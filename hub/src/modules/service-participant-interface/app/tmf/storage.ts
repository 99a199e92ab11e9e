import type { Scope } from '../../../../platform/access.ts'
import type { Sql } from '../../../../platform/database.ts'
import type { Cancellation } from '../../domain/tmf/cancellation-view.ts'
import type { KeptOrder } from '../../domain/tmf/order-request.ts'

/** What the TM Forum face keeps of its own. */
export interface TmfStorage {
  /** The transaction may be of orders of several tenants. */
  keepOrder(sql: Sql, tenant: string, order: string, kept: KeptOrder): Promise<void>
  /** By order; of those that were placed through this face. */
  keptOrders(sql: Sql, orders: readonly string[]): Promise<Map<string, KeptOrder>>
  addCancellation(sql: Sql, cancellation: Cancellation): Promise<void>
  cancellation(sql: Sql, id: string): Promise<(Cancellation & { readonly tenant: string }) | null>
  /** Newest first. */
  cancellations(
    sql: Sql,
    order: string | undefined,
    slice: { readonly offset: number; readonly limit: number },
    scope: Scope,
  ): Promise<{ readonly rows: readonly Cancellation[]; readonly total: number }>
}
