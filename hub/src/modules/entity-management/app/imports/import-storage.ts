import type { Scope } from '../../../../platform/access.ts'
import type { WallTime } from '../../../../platform/clock.ts'
import type { Sql } from '../../../../platform/database.ts'

export const importKinds = ['devices', 'subscriptions'] as const
export const importStates = ['running', 'done', 'cut-off'] as const

/** How far an import has come. */
export interface ImportRow {
  readonly id: string
  readonly tenant: string
  readonly kind: (typeof importKinds)[number]
  /** Principal. */
  readonly startedBy: string
  /** Cut off: the upload or the hub ended before it; what was taken until then stays. */
  readonly state: (typeof importStates)[number]
  /** What lines up to here became is settled. */
  readonly lastLine: number
  readonly created: number
  readonly unchanged: number
  readonly failed: number
  readonly createdAt: WallTime
  readonly updatedAt: WallTime
}

export interface ImportStore {
  insert(sql: Sql, row: ImportRow): Promise<void>
  update(sql: Sql, row: ImportRow): Promise<void>
  find(sql: Sql, id: string): Promise<ImportRow | undefined>
  page(
    sql: Sql,
    page: { readonly limit: number; readonly after: string | undefined },
    scope: Scope,
  ): Promise<ImportRow[]>
  /** What the keys of a kind stand for, those that there are. */
  subjects(sql: Sql, tenant: string, kind: string, keys: readonly string[]): Promise<ReadonlyMap<string, string>>
  remember(sql: Sql, tenant: string, kind: string, subjects: ReadonlyMap<string, string>): Promise<void>
}
