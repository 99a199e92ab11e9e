import type { WallTime } from '../../../platform/clock.ts'
import type { Actor, Decided, NewDecision, Verdict } from '../../../platform/decisions.ts'

/** What changed: a lifecycle event, as far as the audit keeps it. */
export interface Change {
  readonly type: string
  readonly subject: string
  /** Absent = the transaction's. */
  readonly tenant?: string
  readonly household: string | null
  readonly data: Readonly<Record<string, unknown>>
  /** Id of the decision that it follows from, where that is known. */
  readonly decision?: string
}

/** One row of the audit. Its JSON text is what is hashed, with the keys in this order. */
export interface AuditEntry {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly tenant: string
  /** Null: the hub's own work, which follows from decisions on what it is about. */
  readonly decision: string | null
  readonly principal: Actor
  readonly action: string
  readonly object: Readonly<Record<string, string>>
  readonly verdict: Verdict
  readonly reason: string
  /** Id of the HTTP request. */
  readonly request: string | null
  /** How often the decision was used; a first row says 1, one at the end of its minute the sum. */
  readonly count: number
  readonly changes: readonly Omit<Change, 'decision' | 'tenant'>[]
  /** All ids by which it is to be found. */
  readonly about: readonly string[]
}

/** A row whose tenant is to be looked up when it is null: that of the device that it is about. */
export type WaitingEntry = Omit<AuditEntry, 'tenant'> & Pick<NewDecision, 'tenant'>

/** What follows from others so often that it would bury them; it is in the event log. */
const unaudited: ReadonlySet<string> = new Set(['delivery.progress', 'device.connected', 'device.disconnected'])

/** Fields of an event's data that are ids of other things. */
const references = ['order', 'delivery', 'device', 'claim', 'account', 'subscription', 'manifest', 'migration'] as const

const hub: Actor = { id: 'hub', kind: 'hub' }

/** The rows of one transaction: each decision with the changes that follow from it; the rest is the hub's own work. */
export function entriesOf(
  decisions: readonly Decided[],
  changes: readonly Change[],
  inherited: Decided | undefined,
  now: WallTime,
  tenant: string,
): WaitingEntry[] {
  const told = changes.filter(({ type }) => !unaudited.has(type))
  const named = Map.groupBy(told, ({ decision }) => decision ?? null)
  // What names no decision follows from the last one of the request.
  const last = decisions.at(-1)
  const rest = named.get(null) ?? []
  const own = decisions.map((decided) => {
    const following = named.get(decided.id) ?? []
    return entryOf(decided, decided === last && inherited === last ? [...following, ...rest] : following, 1)
  })
  if (inherited !== undefined && inherited === last) return own
  if (inherited !== undefined && rest.length > 0) return [...own, entryOf(inherited, rest, 1)]
  // What happens to one thing in one transaction is one row.
  return [
    ...own,
    ...[...Map.groupBy(rest, ({ subject }) => subject).values()].map((same) =>
      hubEntry(same, now, same[0]!.tenant ?? tenant),
    ),
  ]
}

/** A decision as a row. */
export function entryOf(decided: Decided, changes: readonly Change[], count: number): WaitingEntry {
  const { id, at, tenant, actor, action, object, verdict, reason, request } = decided
  const ids = [id, actor.id, ...Object.values(object), ...changes.flatMap(idsOf)]
  return {
    at: new Date(at).toISOString(),
    tenant,
    decision: id,
    principal: nameless(actor),
    action,
    object,
    verdict,
    reason,
    request,
    count,
    changes: changes.map(shown),
    about: [...new Set(ids)],
  }
}

function hubEntry(changes: readonly Change[], now: WallTime, tenant: string): AuditEntry {
  return {
    at: new Date(now).toISOString(),
    tenant,
    decision: null,
    principal: hub,
    action: changes.at(-1)!.type,
    object: {},
    verdict: 'allowed',
    reason: 'follows from what was decided before on what it is about',
    request: null,
    count: 1,
    changes: changes.map(shown),
    about: [...new Set(changes.flatMap(idsOf))],
  }
}

function shown({ type, subject, household, data }: Change): Omit<Change, 'decision' | 'tenant'> {
  return { type, subject, household, data: impersonal(type, data) }
}

/** What people are called is not in the audit, which nothing can be taken out of: they are ids there (docs/decisions/0035). */
function nameless({ id, kind, name }: Actor): Actor {
  return kind === 'person' || name === undefined ? { id, kind } : { id, kind, name }
}

/** Fields of an event's data that say who somebody is, by what the event is about. The history of the entity has them. */
const personal: Readonly<Record<string, readonly string[]>> = {
  user: ['name', 'email'],
  account: ['name'],
  household: ['name'],
  device: ['name'],
  invitation: ['email'],
}

function impersonal(type: string, data: Change['data']): Change['data'] {
  const left = personal[type.slice(0, type.indexOf('.'))]
  if (left === undefined) return data
  return Object.fromEntries(Object.entries(data).filter(([name]) => !left.includes(name)))
}

function idsOf({ subject, household, data }: Change): string[] {
  const named = references.map((name) => data[name]).filter((id): id is string => typeof id === 'string' && id !== '')
  return [subject, ...(household === null ? [] : [household]), ...named]
}
