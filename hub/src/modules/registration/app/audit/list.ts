import type { AuditEntry } from '../../domain/audit-entry.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import type { AuditQuery } from '../storage.ts'
import type { DecisionLog } from './decision-log.ts'

/** A row with its place. */
export interface PlacedEntry extends AuditEntry {
  readonly chain: number
  readonly position: number
}

/** Rows in order of time, with what was decided up to now. */
export function auditList({ database, storage }: RegistrationDependencies, log: DecisionLog) {
  return async (query: AuditQuery): Promise<PlacedEntry[]> => {
    await log.flush()
    const rows = await storage.audit.page(database.sql, query)
    return rows.map(({ chain, position, entry }) => ({ chain, position, ...(JSON.parse(entry) as AuditEntry) }))
  }
}
