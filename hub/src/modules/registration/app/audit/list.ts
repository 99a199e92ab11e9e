import type { Actor } from '../../../../platform/decisions.ts'
import type { AuditEntry } from '../../domain/audit-entry.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import type { AuditQuery } from '../storage.ts'
import type { DecisionLog } from './decision-log.ts'

/** A row with its place. */
export interface PlacedEntry extends AuditEntry {
  readonly chain: number
  readonly position: number
}

/** As their account is called now; rows hold ids. Older rows, of before that was so, have names. */
function named(principal: Actor, names: ReadonlyMap<string, string>): Actor {
  const name = principal.kind === 'person' ? names.get(principal.id) : undefined
  return name === undefined ? principal : { ...principal, name }
}

/** Rows in order of time, with what was decided up to now. */
export function auditList({ database, storage }: RegistrationDependencies, log: DecisionLog) {
  return async (query: AuditQuery): Promise<PlacedEntry[]> => {
    await log.flush()
    const rows = await storage.audit.page(database.sql, query)
    const entries = rows.map(({ chain, position, entry }) => ({
      chain,
      position,
      ...(JSON.parse(entry) as AuditEntry),
    }))
    const people = entries.flatMap(({ principal: { id, kind } }) => (kind === 'person' ? [id] : []))
    const names = await storage.people.names(database.sql, [...new Set(people)])
    return entries.map((entry) => ({ ...entry, principal: named(entry.principal, names) }))
  }
}
