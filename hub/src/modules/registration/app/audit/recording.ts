import { mainTenant } from '../../../../platform/access.ts'
import { acting } from '../../../../platform/acting.ts'
import type { Clock } from '../../../../platform/clock.ts'
import type { BeforeCommit, Sql } from '../../../../platform/database.ts'
import { Decided } from '../../../../platform/decisions.ts'
import { entriesOf, type AuditEntry } from '../../domain/audit-entry.ts'

export interface Recording {
  readonly clock: Clock
  readonly append: (sql: Sql, entries: readonly AuditEntry[]) => Promise<void>
}

/**
 * The last of every transaction: what it changes, and the decisions that it rests on, go into the audit with it. Nothing that
 * was decided or announced can be committed without.
 */
export function recording({ clock, append }: Recording): BeforeCommit {
  return async (tx) => {
    const { decisions: named, events } = tx.audit
    const who = acting()
    const own = who?.decisions.filter(({ recorded }) => !recorded) ?? []
    if (own.length === 0 && named.length === 0 && events.length === 0) return
    const carried = named.filter((each): each is Decided => each instanceof Decided && !each.recorded)
    const decisions = [...new Set([...carried, ...own])]
    const cause = tx.audit.cause instanceof Decided ? tx.audit.cause : undefined
    const tenant = who?.principal.tenant ?? mainTenant
    const entries = entriesOf(decisions, events, own.at(-1) ?? who?.decisions.at(-1) ?? cause, clock.now(), tenant)
    if (entries.length === 0) return
    await append(
      tx.sql,
      entries.map((entry) => ({ ...entry, tenant: entry.tenant ?? tenant })),
    )
    tx.afterCommit(() => {
      for (const decided of decisions) decided.recorded = true
    })
  }
}
