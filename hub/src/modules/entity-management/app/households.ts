import type { Scope } from '../../../platform/access.ts'
import type { Sql, Tx } from '../../../platform/database.ts'
import { CallerError, type ErrorPlace } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { groupedChanges, type Asked } from '../../../platform/grouped.ts'
import { newId } from '../../../platform/ids.ts'
import type { Household } from '../domain/entities.ts'
import { missing, unknownHousehold } from './codes.ts'
import type { EntityDependencies } from './dependencies.ts'
import type { HouseholdStore, PageRequest } from './storage.ts'

export type HouseholdChange = { readonly [Key in 'name' | 'timeZone']?: string | undefined }

/** Of one transaction; that may wait. */
const together = { most: 200, waiting: 10_000 }

/** Households: made, found, listed, changed. */
export function households({ database, doorbells, clock, storage }: EntityDependencies) {
  const store = storage.households
  const newHousehold = (tenant: string, name: string, timeZone: string): Household => {
    const now = clock.now()
    return { id: newId('hh', now), tenant, name, timeZone, version: 1, createdAt: now }
  }
  const addAll = async (tx: Tx, added: readonly Asked<Household>[]): Promise<Household[]> => {
    const rows = added.map(({ request }) => request)
    await store.insert(tx.sql, rows)
    const events = added.map(({ request, decision }) => ({ ...event('household.created', request), ...decision }))
    await appendEvents(tx, doorbells, events)
    return rows
  }
  const addTogether = groupedChanges<Household, Household>(database, together, addAll)
  return {
    /** Those that are made at the same time share a transaction. @throws OutsideError `overloaded` */
    add: (tenant: string, name: string, timeZone: string): Promise<Household> =>
      addTogether(newHousehold(tenant, name, timeZone)),

    async addIn(tx: Tx, tenant: string, name: string, timeZone: string): Promise<Household> {
      const [household] = await addAll(tx, [{ request: newHousehold(tenant, name, timeZone), decision: {} }])
      return household!
    },

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
