import type { Scope } from '../../../platform/access.ts'
import type { Sql, Tx } from '../../../platform/database.ts'
import { appendEvents } from '../../../platform/events.ts'
import type { LabelsChange } from '../domain/attributes.ts'
import type { Device, DeviceOrder, NewDevice, PresenceChange, ProtocolName } from '../domain/entities.ts'
import { changesBetween, deviceAttributes } from '../domain/history.ts'
import type { Attributes } from './attributes.ts'
import { inWords, placeOf, writePlace } from './device-pages.ts'
import { missing } from './codes.ts'
import type { EntityDependencies } from './dependencies.ts'
import type { filters } from './filters.ts'
import type { History } from './history.ts'
import type { DeviceFilter, PageRequest } from './storage.ts'

/** A household has at most this many devices that its orders are planned for. */
const devicesPerHousehold = 1000

type Fleet = ReturnType<typeof filters>
type DeviceChange = Partial<Pick<Device, 'name' | 'state' | 'protocol'>>
export type DevicePage = PageRequest &
  DeviceFilter & { readonly filter?: string | undefined; readonly sort?: DeviceOrder | undefined }
export type DeviceWish = LabelsChange & { readonly name?: string | undefined }
interface Parts {
  readonly fleet: Fleet
  readonly attributes: Attributes
  readonly history: History
}
type Admit = (current: Device | undefined) => void

const stateEvents = {
  active: 'device.released',
  quarantined: 'device.quarantined',
  decommissioned: 'device.decommissioned',
} as const

/** Devices as things in homes: found, listed, renamed, seen and lost sight of. Their credentials are registration's. */
export function devices(
  { database, doorbells, clock, storage }: EntityDependencies,
  { fleet, attributes, history }: Parts,
) {
  const store = storage.devices

  const change = async (
    tx: Tx,
    id: string,
    { tags, attributes: values, ...change }: DeviceChange & LabelsChange,
    admit: Admit,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Device> => {
    const [current] = await store.find(tx.sql, [id], true)
    admit(current)
    if (!current) throw missing('device', id)
    const { tenant, household } = current
    const labels = await attributes.applied(tx.sql, tenant, 'device', current, { tags, attributes: values })
    const changed = { ...current, ...change, ...labels, version: current.version + 1 }
    await store.update(tx.sql, changed)
    const changes = changesBetween(deviceAttributes(current), deviceAttributes(changed))
    await history.record(tx, [{ tenant, kind: 'device', subject: id, changes }])
    const { name, state, protocol } = changed
    const type = state === current.state ? 'device.changed' : stateEvents[state]
    const data = { name, state, protocol, ...more }
    await appendEvents(tx, doorbells, [{ type, subject: id, tenant, household, data }])
    return changed
  }

  return {
    /** Adds devices just enrolled; the event is registration's `device.enrolled`. */
    async add(tx: Tx, added: readonly NewDevice[]): Promise<void> {
      if (added.length > 0) await store.insert(tx.sql, added, new Date(clock.now()))
    },

    find: (ids: readonly string[], sql: Sql = database.sql): Promise<Device[]> => store.find(sql, ids),

    ofHousehold: (household: string, sql: Sql = database.sql): Promise<Device[]> =>
      store.ofHouseholds(sql, [household], devicesPerHousehold),

    ofHouseholds: (households: readonly string[], sql: Sql = database.sql): Promise<Device[]> =>
      store.ofHouseholds(sql, households, devicesPerHousehold),

    /** @throws CallerError `invalid-filter`, `filter-too-expensive` */
    async page({ filter, sort = 'id', ...page }: DevicePage, scope: Scope): Promise<Device[]> {
      if (filter === undefined && sort === 'id') return store.page(database.sql, page, scope)
      const source = filter ?? inWords(page)
      const compiled = source === '' ? null : fleet.compiled(source, '#query/filter')
      const { tenant, all, households } = scope
      const wish = { tenant, filter: compiled, ...(all ? {} : { households }) }
      const after = page.after === undefined ? undefined : placeOf(sort, page.after)
      const ids = await fleet.page(wish, { limit: page.limit, order: sort, after })
      const found = new Map((await store.find(database.sql, ids)).map((device) => [device.id, device]))
      return ids.flatMap((id) => found.get(id) ?? [])
    },

    /** Where `device` is in a list that is sorted so, as `page` takes it for `after`. */
    place: writePlace,

    /** `admit` sees the device under its lock, or that there is none, and throws when it must not be changed. */
    change: (id: string, { name, ...labels }: DeviceWish, admit: Admit): Promise<Device> =>
      database.transaction((tx) => change(tx, id, { ...labels, ...(name !== undefined && { name }) }, admit)),

    decommission: (tx: Tx, id: string): Promise<Device> => change(tx, id, { state: 'decommissioned' }, () => {}),

    quarantine: (tx: Tx, id: string, why: string): Promise<Device> =>
      change(tx, id, { state: 'quarantined' }, () => {}, { why }),

    release: (tx: Tx, id: string): Promise<Device> => change(tx, id, { state: 'active' }, () => {}),

    /** What it is called in its protocols, to be found by. Registration tells, and writes the event. */
    setIdentities: (tx: Tx, id: string, identities: readonly string[]): Promise<void> =>
      store.setIdentities(tx.sql, id, identities),

    /** From now on it is to speak that. */
    setProtocol: (tx: Tx, id: string, protocol: ProtocolName): Promise<Device> =>
      change(tx, id, { protocol }, () => {}),

    /** Records presence, many devices at once; the last change of each counts. */
    async markReachable(changes: readonly PresenceChange[]): Promise<void> {
      if (changes.length === 0) return
      const last = new Map(changes.map(({ device, reachable }) => [device, reachable]))
      await database.transaction(async (tx) => {
        const changed = await store.updatePresence(tx.sql, last, new Date(clock.now()))
        await appendEvents(tx, doorbells, changed.map(presenceEvent))
      })
    },

    async markAllUnreachable(): Promise<void> {
      await database.transaction(async (tx) => {
        const changed = await store.clearPresence(tx.sql, new Date(clock.now()))
        const lost = changed.map((device) => presenceEvent({ ...device, reachable: false }))
        await appendEvents(tx, doorbells, lost)
      })
    },
  }
}

function presenceEvent({
  device,
  household,
  tenant,
  reachable,
}: PresenceChange & { household: string; tenant: string }) {
  return { type: reachable ? 'device.connected' : 'device.disconnected', subject: device, tenant, household, data: {} }
}
