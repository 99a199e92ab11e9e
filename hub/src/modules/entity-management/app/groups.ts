import type { Scope } from '../../../platform/access.ts'
import type { Sql, Tx } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { DeviceGroup, GroupUse } from '../domain/groups.ts'
import { missing } from './codes.ts'
import type { EntityDependencies } from './dependencies.ts'
import type { filters } from './filters.ts'
import { groupInUse, groupNameTaken, unknownDevices, wrongGroupKind } from './group-codes.ts'
import type { PageRequest } from './storage.ts'

export interface NewGroup {
  readonly name: string
  readonly filter?: string | undefined
  readonly devices?: readonly string[] | undefined
}

export interface MembersChange {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

type Admit = (current: DeviceGroup | undefined) => void

/** Groups of devices: static lists, or live filters. */
export function groups(deps: EntityDependencies, fleet: ReturnType<typeof filters>) {
  const { database, doorbells, clock, storage } = deps
  const store = storage.groups

  const tell = (tx: Tx, type: string, { id, tenant, name, kind, filter }: DeviceGroup, more: object = {}) =>
    appendEvents(tx, doorbells, [{ type, subject: id, tenant, household: null, data: { name, kind, filter, ...more } }])

  const admitted = async (tx: Tx, id: string, admit: Admit): Promise<DeviceGroup> => {
    const [current] = await store.find(tx.sql, [id], true)
    admit(current)
    if (!current) throw missing('group', id)
    return current
  }

  const addMembers = async (tx: Tx, group: DeviceGroup, devices: readonly string[], at: string): Promise<number> => {
    const known = new Set(await storage.fleet.matching(tx.sql, { tenant: group.tenant, filter: null }, devices))
    const places = devices.flatMap((id, index) =>
      known.has(id) ? [] : [{ pointer: `${at}/${index}`, detail: `There is no device ${id}.` }],
    )
    if (places.length > 0) throw new CallerError(unknownDevices, places[0]!.detail, { places: places.slice(0, 50) })
    return store.addMembers(tx.sql, group.id, devices)
  }

  const changeMembers = async (tx: Tx, id: string, { add, remove }: MembersChange, admit: Admit) => {
    const group = await admitted(tx, id, admit)
    if (group.kind !== 'static') throw wrongKind(group, 'whatever matches its filter is in it')
    const added = await addMembers(tx, group, add, '/add')
    const removed = await store.removeMembers(tx.sql, id, remove)
    if (added + removed > 0) await tell(tx, 'group.members-changed', group, { added, removed })
    return { added, removed }
  }

  return {
    /** @throws CallerError `invalid-filter`, `filter-too-expensive`, `unknown-devices`, `group-name-taken` */
    async add(tenant: string, { name, filter, devices = [] }: NewGroup): Promise<DeviceGroup> {
      if (filter !== undefined) fleet.check(filter)
      const now = clock.now()
      const kind = filter === undefined ? 'static' : 'live'
      const id = newId('grp', now)
      const group: DeviceGroup = { id, tenant, name, kind, filter: filter ?? null, version: 1, createdAt: now }
      await database.transaction(async (tx) => {
        if (!(await store.insert(tx.sql, group))) throw taken(name)
        await addMembers(tx, group, devices, '/devices')
        await tell(tx, 'group.created', group, { devices: devices.length })
      })
      return group
    },

    find: async (id: string, sql: Sql = database.sql): Promise<DeviceGroup | undefined> =>
      (await store.find(sql, [id]))[0],

    findAll: (ids: readonly string[]): Promise<DeviceGroup[]> => store.find(database.sql, ids),

    page: (page: PageRequest, scope: Scope): Promise<DeviceGroup[]> =>
      scope.all ? store.page(database.sql, page, scope.tenant) : Promise.resolve([]),

    /** @throws CallerError `wrong-group-kind`, `group-name-taken`, and what a filter can be refused with */
    change(id: string, wanted: { name?: string | undefined; filter?: string | undefined }, admit: Admit) {
      return database.transaction(async (tx) => {
        const current = await admitted(tx, id, admit)
        const { name = current.name, filter = current.filter } = wanted
        if (wanted.filter !== undefined) {
          if (current.kind !== 'live') throw wrongKind(current, 'it has a list of devices and no filter')
          fleet.check(wanted.filter)
        }
        const changed: DeviceGroup = { ...current, name, filter, version: current.version + 1 }
        if (!(await store.update(tx.sql, changed))) throw taken(name)
        await tell(tx, 'group.changed', changed)
        return changed
      })
    },

    /** @throws CallerError `wrong-group-kind`, `unknown-devices` */
    changeMembers: (id: string, change: MembersChange, admit: Admit) =>
      database.transaction((tx) => changeMembers(tx, id, change, admit)),

    /** The same in a transaction of the caller’s. */
    changeMembersIn: (tx: Tx, id: string, change: MembersChange) => changeMembers(tx, id, change, () => {}),

    /** @throws CallerError `group-in-use` */
    remove(id: string, admit: Admit): Promise<void> {
      return database.transaction(async (tx) => {
        const group = await admitted(tx, id, admit)
        const uses = await store.uses(tx.sql, id)
        if (uses.length > 0) throw new CallerError(groupInUse, `The group ${group.name} is used by ${named(uses)}.`)
        await store.remove(tx.sql, id)
        await tell(tx, 'group.deleted', group)
      })
    },

    /** Keeps the group from being deleted as long as `by` is there; a repeat changes nothing. */
    use: (tx: Tx, group: string, by: GroupUse): Promise<void> => store.use(tx.sql, group, by),

    release: (tx: Tx, by: Pick<GroupUse, 'kind' | 'id'>): Promise<void> => store.release(tx.sql, by),
  }
}

function taken(name: string): CallerError {
  return new CallerError(groupNameTaken, `There is a group ${name} already.`, {
    places: [{ pointer: '/name', detail: `There is a group ${name} already.` }],
  })
}

function wrongKind({ name, kind }: DeviceGroup, why: string): CallerError {
  return new CallerError(wrongGroupKind, `The group ${name} is ${kind}: ${why}.`)
}

function named(uses: readonly GroupUse[]): string {
  const shown = uses.slice(0, 5).map(({ kind, id, name }) => `${kind} ${name} (${id})`)
  return [...shown, ...(uses.length > 5 ? [`${uses.length - 5} more`] : [])].join(', ')
}
