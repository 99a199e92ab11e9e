import type { Tx } from './database.ts'
import type { Doorbells } from './doorbells.ts'

/**
 * The hub's event log: what happened, one row per event, written in the transaction of the change.
 * Readers (service-participant-interface) follow it by position; nobody calls back into the module that wrote it.
 */
export interface LifecycleEvent {
  /** `<noun>.<past participle>`, for example `delivery.confirmed`; the catalogue is docs/reference/events.md. */
  readonly type: string
  /** The id of what it is about. */
  readonly subject: string
  /** Whose it is; absent = that of the request that it happens in. Work that no request waits for must say it. */
  readonly tenant?: string
  /** The household concerned, or null when it concerns none: decides who may see it. */
  readonly household: string | null
  /** Ids of the principals whose it is beside the household's people: an order's sponsor, a service's developer. */
  readonly owners?: readonly string[]
  readonly data: Readonly<Record<string, unknown>>
  /** Id of the decision that it follows from, where the transaction serves several; only the audit has it. */
  readonly decision?: string
}

/** Appends events in the caller's transaction, to the audit too, and rings `events` after the commit. */
export async function appendEvents(tx: Tx, doorbells: Doorbells, events: readonly LifecycleEvent[]): Promise<void> {
  if (events.length === 0) return
  tx.audit.events.push(...events)
  await tx.sql`
    insert into platform_event (tenant, type, subject, household, owners, data)
    select coalesce(e->>'tenant', current_setting('sutler.tenant', true)), e->>'type', e->>'subject', e->>'household',
      coalesce((select array_agg(o) from jsonb_array_elements_text(e->'owners') o), '{}'), e->'data'
    from jsonb_array_elements(${tx.sql.json(events as never)}::jsonb) as e`
  tx.afterCommit(() => doorbells.ring('events'))
}

/**
 * Events that are kept say `erased` for what these were called, as those whom they are about and as those who caused them, and null
 * for how they are reached; they stay as the catalogue has them.
 */
export async function forgetNames(tx: Tx, subjects: readonly string[]): Promise<void> {
  if (subjects.length === 0) return
  await tx.sql`
    update platform_event set data = data
      || case when data ? 'name' then '{"name": "erased"}'::jsonb else '{}' end
      || case when data ? 'email' then '{"email": null}'::jsonb else '{}' end
    where subject = any(${[...subjects]}) and data ?| '{name,email}'`
  await tx.sql`
    update platform_event set data = jsonb_set(data, '{origin,name}', '"erased"')
    where data #>> '{origin,id}' = any(${[...subjects]}) and data #>> '{origin,name}' is not null`
}
