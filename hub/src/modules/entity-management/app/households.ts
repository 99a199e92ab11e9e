import type { Scope } from '../../../platform/access.ts'
import type { Sql, Tx } from '../../../platform/database.ts'
import { CallerError, type ErrorPlace } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { Household } from '../domain/entities.ts'
import { missing, unknownHousehold } from './codes.ts'
import type { EntityDependencies } from './dependencies.ts'
import type { HouseholdStore, PageRequest } from './storage.ts'

export type HouseholdChange = { readonly [Key in 'name' | 'timeZone']?: string | undefined }

/** Households: made, found, listed, changed. */
export function households({ database, doorbells, clock, storage }: EntityDependencies) {
  const store = storage.households
  const addIn = async (tx: Tx, tenant: string, name: string, timeZone: string): Promise<Household> => {
    const now = clock.now()
    const household: Household = { id: newId('hh', now), tenant, name, timeZone, version: 1, createdAt: now }
    await store.insert(tx.sql, household)
    await appendEvents(tx, doorbells, [event('household.created', household)])
    return household
  }
  return {
    add: (tenant: string, name: string, timeZone: string): Promise<Household> =>
      database.transaction((tx) => addIn(tx, tenant, name, timeZone)),

    addIn,

    find: (ids: readonly string[], sql: Sql = database.sql): Promise<Household[]> => store.find(sql, ids),

    page: (page: PageRequest, scope: Scope): Promise<Household[]> => store.page(database.sql, page, scope),

    /** `admit` sees the household under its lock, or that there is none, and throws when it must not be changed. */
    change(id: string, change: HouseholdChange, admit: (current: Household | undefined) => void): Promise<Household> {
      return database.transaction(async (tx) => {
        const [current] = await store.find(tx.sql, [id], true)
        admit(current)
        if (!current) throw missing('household', id)
        const { name = current.name, timeZone = current.timeZone } = change
        const changed = { ...current, name, timeZone, version: current.version + 1 }
        await store.update(tx.sql, changed)
        await appendEvents(tx, doorbells, [event('household.changed', changed)])
        return changed
      })
    },
  }
}

/** @throws CallerError `unknown-household` (422) that points at each id that leads to nothing */
export async function requireHouseholds(
  store: HouseholdStore,
  sql: Sql,
  tenant: string,
  ids: readonly string[],
): Promise<void> {
  const found = await store.find(sql, ids)
  const known = new Set(found.filter((household) => household.tenant === tenant).map((household) => household.id))
  const places: ErrorPlace[] = ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ pointer: `/households/${index}`, detail: `There is no household ${id}.` }],
  )
  if (places.length > 0) throw new CallerError(unknownHousehold, places[0]!.detail, { places })
}

function event(type: string, { id, tenant, name, timeZone }: Household) {
  return { type, subject: id, tenant, household: id, data: { name, timeZone } }
}
