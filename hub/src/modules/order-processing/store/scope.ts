import type { Scope } from '../../../platform/access.ts'
import type { Sql } from '../../../platform/database.ts'

/** The condition on rows with a household that a principal may see. */
export function inScope(sql: Sql, scope: Scope) {
  return scope.all ? sql`true` : sql`household = any(${scope.households as string[]})`
}
