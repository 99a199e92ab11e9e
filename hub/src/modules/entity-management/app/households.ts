import type { Scope } from '../../../platform/access.ts'
import type { Sql, Tx } from '../../../platform/database.ts'
import { CallerError, type ErrorPlace } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { groupedChanges, type Asked } from '../../../platform/grouped.ts'
import { newId } from '../../../platform/ids.ts'
import type { Labels, LabelsChange } from '../domain/attributes.ts'
import type { Household } from '../domain/entities.ts'
import { changesBetween, householdAttributes, type AttributeOwner } from '../domain/history.ts'
import type { Attributes } from './attributes.ts'
import { missing, unknownHousehold } from './codes.ts'
import type { EntityDependencies } from './dependencies.ts'
import type { History } from './history.ts'
import type { HouseholdFilter, HouseholdStore, PageRequest } from './storage.ts'

export interface HouseholdChange extends LabelsChange {
  readonly name?: string | undefined
  readonly kind?: Household['kind'] | undefined
  readonly timeZone?: string | undefined
}

export interface NewHousehold extends LabelsChange {
  readonly name: string
  readonly timeZone: string
  readonly kind?: Household['kind'] | undefined
}

type Admit = (current: Household | undefined) => void
type Outside = Exclude<AttributeOwner, 'device'>

/** Of one transaction; that may wait. */
const together = { most: 200, waiting: 10_000 }

/** Households: made, found, listed, changed. */
export function households(
  { database, doorbells, clock, storage }: EntityDependencies,
  { attributes, history }: { readonly attributes: Attributes; readonly history: History },
) {
  const store = storage.households
  const newHousehold = async (sql: Sql, tenant: string, wanted: NewHousehold): Promise<Household> => {
    const { name, timeZone, kind = 'household', ...change } = wanted
    const labels = await attributes.applied(sql, tenant, 'household', noLabels, change)
    const now = clock.now()
    const id = newId('hh', now)
    return { id, tenant, name, kind, timeZone, ...labels, mergedInto: null, version: 1, createdAt: now }
  }
  const addAll = async (tx: Tx, added: readonly Asked<Household>[]): Promise<Household[]> => {
    const rows = added.map(({ request }) => request)
    await store.insert(tx.sql, rows)
    const events = added.map(({ request, decision }) => ({ ...event('household.created', request), ...decision }))
    await appendEvents(tx, doorbells, events)
    return rows
  }
  /**
   * `admit` sees the household under its lock, or that there is none, and throws when it must not be changed.
   * @param owner whose word it is @throws CallerError `not-found`, `attributes-invalid`
   */
  const change = async (
    tx: Tx,
    id: string,
    { name, kind, timeZone, ...labels }: HouseholdChange,
    admit: Admit,
    owner?: Outside,
  ): Promise<Household> => {
    const [current] = await store.find(tx.sql, [id], true)
    admit(current)
    if (!current) throw missing('household', id)
    const changed: Household = {
      ...current,
      name: name ?? current.name,
      kind: kind ?? current.kind,
      timeZone: timeZone ?? current.timeZone,
      ...(await attributes.applied(tx.sql, current.tenant, 'household', current, labels)),
      version: current.version + 1,
    }
    await store.update(tx.sql, changed)
    const changes = changesBetween(householdAttributes(current), householdAttributes(changed))
    await history.record(tx, [{ tenant: current.tenant, kind: 'household', subject: id, owner, changes }])
    await appendEvents(tx, doorbells, [event('household.changed', changed)])
    return changed
  }
  const addTogether = groupedChanges<Household, Household>(database, together, addAll)
  return {
    /** Those that are made at the same time share a transaction. @throws OutsideError `overloaded`, CallerError `attributes-invalid` */
    add: async (tenant: string, wanted: NewHousehold): Promise<Household> =>
      addTogether(await newHousehold(database.sql, tenant, wanted)),

    async addIn(tx: Tx, tenant: string, wanted: NewHousehold): Promise<Household> {
      const [household] = await addAll(tx, [{ request: await newHousehold(tx.sql, tenant, wanted), decision: {} }])
      return household!
    },

    find: (ids: readonly string[], sql: Sql = database.sql): Promise<Household[]> => store.find(sql, ids),

    page: (page: PageRequest & HouseholdFilter, scope: Scope): Promise<Household[]> =>
      store.page(database.sql, page, scope),

    change: (id: string, wanted: HouseholdChange, admit: Admit): Promise<Household> =>
      database.transaction((tx) => change(tx, id, wanted, admit)),

    changeIn: change,
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
  const known = new Set(
    found
      .filter((household) => household.tenant === tenant && household.mergedInto === null)
      .map((household) => household.id),
  )
  const places: ErrorPlace[] = ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ pointer: `/households/${index}`, detail: `There is no household ${id}.` }],
  )
  if (places.length > 0) throw new CallerError(unknownHousehold, places[0]!.detail, { places })
}

const noLabels: Labels = { tags: [], attributes: {} }

function event(type: string, { id, tenant, name, kind, timeZone }: Household) {
  return { type, subject: id, tenant, household: id, data: { name, kind, timeZone } }
}
