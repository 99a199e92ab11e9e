import type { CapabilityReport, DeviceClass } from '@sutler/device-model'
import type { CompiledFilter, FieldLine } from '@sutler/expressions'
import type { Scope } from '../../../platform/access.ts'
import type { Database, Sql } from '../../../platform/database.ts'
import type { AttributeDefinition, EntityKind } from '../domain/attributes.ts'
import type { DeviceGroup, GroupUse } from '../domain/groups.ts'
import type { DirectoryStore } from './directories/storage.ts'
import type { PageRequest } from './page-request.ts'
import type { ScimUserStore, UserGroupStore } from './scim/storage.ts'
import type { SearchStore } from './search/storage.ts'
import type { HistoryEntry, NewHistoryEntry } from '../domain/history.ts'
import type { Note } from '../domain/notes.ts'
import type { PeopleStore } from './people/storage.ts'
import type { ImportStore } from './imports/import-storage.ts'
import type {
  Device,
  DeviceOrder,
  HistoricReport,
  Household,
  NewDevice,
  Preferences,
  Subject,
  User,
} from '../domain/entities.ts'

export type { PageRequest } from './page-request.ts'

export interface HouseholdFilter {
  readonly kind?: Household['kind'] | undefined
  readonly tag?: string | undefined
}

export interface UserFilter {
  readonly household?: string | undefined
  readonly tag?: string | undefined
}

export interface HouseholdStore {
  insert(sql: Sql, households: readonly Household[]): Promise<void>
  /** `lock`: keeps the row from being changed by others until the transaction ends. */
  find(sql: Sql, ids: readonly string[], lock?: boolean): Promise<Household[]>
  /** Without those that were merged into others. */
  page(sql: Sql, page: PageRequest & HouseholdFilter, scope: Scope): Promise<Household[]>
  /** Writes all that people change, and the version. */
  update(sql: Sql, household: Household): Promise<void>
}

export interface UserStore {
  insert(sql: Sql, users: readonly User[]): Promise<void>
  find(sql: Sql, ids: readonly string[], lock?: boolean): Promise<User[]>
  /** Without those that were merged into others, or erased. */
  page(sql: Sql, page: PageRequest & UserFilter, scope: Scope): Promise<User[]>
  /** Writes all that people change, memberships too, and the version. */
  update(sql: Sql, user: User): Promise<void>
}

export interface DeviceFilter {
  readonly household?: string | undefined
  readonly class?: DeviceClass | undefined
  readonly reachable?: boolean | undefined
}

export interface DeviceStore {
  insert(sql: Sql, devices: readonly NewDevice[], createdAt: Date): Promise<void>
  find(sql: Sql, ids: readonly string[], lock?: boolean): Promise<Device[]>
  page(sql: Sql, page: PageRequest & DeviceFilter, scope: Scope): Promise<Device[]>
  /** In order of id; at most `limit` of each. */
  ofHouseholds(sql: Sql, households: readonly string[], limit: number): Promise<Device[]>
  /** Writes all that people change, and the version. */
  update(sql: Sql, device: Device): Promise<void>
  /** What it is found by besides. */
  setIdentities(sql: Sql, id: string, identities: readonly string[]): Promise<void>
  /** Returns the devices whose presence was another before. Unknown devices are passed over. */
  updatePresence(
    sql: Sql,
    changes: ReadonlyMap<string, boolean>,
    at: Date,
  ): Promise<{ device: string; household: string; tenant: string; reachable: boolean }[]>
  /** Returns the devices that were reachable. */
  clearPresence(sql: Sql, at: Date): Promise<{ device: string; household: string; tenant: string }[]>
}

/** A device among many. */
export interface TargetRow {
  readonly device: string
  readonly household: string
  readonly class: DeviceClass
  readonly state: Device['state']
  /** As the device says, or else as its household's is. */
  readonly timeZone: string
  readonly householdZone: string
  /** Of its latest capability report, hexadecimal; null before the first. The same digest is the same report. */
  readonly digest: string | null
}

export interface TargetStore {
  /** In order of id; unknown ids, and those of other tenants, are left out. */
  rows(sql: Sql, tenant: string, ids: readonly string[]): Promise<TargetRow[]>
  reports(sql: Sql, ids: readonly string[]): Promise<{ device: string; report: CapabilityReport }[]>
  classes(sql: Sql, ids: readonly string[]): Promise<{ device: string; class: DeviceClass }[]>
}

export interface StoredReport {
  readonly device: string
  readonly report: CapabilityReport
  readonly whole: Buffer
  readonly lasting: Buffer
}

export interface CapabilityStore {
  /** The digests of what each known device reported last; null digests before its first report. Unknown ones are left out. */
  digests(
    sql: Sql,
    devices: readonly string[],
  ): Promise<{ device: string; household: string; tenant: string; whole: Buffer | null; lasting: Buffer | null }[]>
  /** Replaces the latest reports. */
  replace(sql: Sql, reports: readonly StoredReport[], at: Date): Promise<void>
  remember(sql: Sql, reports: readonly StoredReport[], at: Date): Promise<void>
  /** Newest first: at most `limit` reports older than the report `before`. */
  history(sql: Sql, device: string, limit: number, before: number | undefined): Promise<HistoricReport[]>
}

export interface PreferenceStore {
  find(sql: Sql, subjects: readonly Subject[]): Promise<Preferences[]>
  /** Writes the document if the stored version is `expected` (0 = none stored, undefined = any). Returns the new version, or null. */
  write(
    sql: Sql,
    subject: Subject,
    document: Readonly<Record<string, unknown>>,
    expected: number | undefined,
    at: Date,
  ): Promise<number | null>
}

/** Which devices are wanted. */
export interface FleetWish {
  readonly tenant: string
  /** Null = all. */
  readonly filter: CompiledFilter | null
  /** Only of these. */
  readonly households?: readonly string[]
  readonly devices?: readonly string[]
  /** Only of this static group. */
  readonly members?: string
}

/** Where in a list a page begins: after this device, and what it is sorted by there, unless by id. */
export interface FleetPlace {
  readonly id: string
  readonly by?: string | Date
}

export interface FleetPage {
  readonly limit: number
  readonly after: FleetPlace | undefined
  readonly order: DeviceOrder
}

export interface FleetStore {
  /** @throws FilterError */
  compile(source: string, now: Date): CompiledFilter
  /** What filters may ask for, in the order in which people read it. */
  readonly fields: readonly FieldLine[]
  /** @param sql of `database.pages` */
  page(sql: Database['pages'], wish: FleetWish, page: FleetPage, way: FleetPageWay): Promise<string[]>
  count(sql: Sql, wish: FleetWish): Promise<number>
  matching(sql: Sql, wish: FleetWish, ids: readonly string[]): Promise<string[]>
  /** What the planner expects of a page, and how it is best read. @param sql of `database.pages` */
  pageCost(
    sql: Database['pages'],
    wish: FleetWish,
    page: FleetPage,
  ): Promise<{ readonly cost: number; readonly way: FleetPageWay }>
  countCost(sql: Sql, wish: FleetWish): Promise<number>
  /** For the rest of the transaction. @param timeout milliseconds */
  bound(sql: Sql, timeout: number): Promise<void>
}

/** Along an index until the page is full, or all that match gathered by an index of their own and sorted. */
export type FleetPageWay = 'walk' | 'gather'

export interface GroupStore {
  /** False when the name is taken. */
  insert(sql: Sql, group: DeviceGroup): Promise<boolean>
  find(sql: Sql, ids: readonly string[], lock?: boolean): Promise<DeviceGroup[]>
  page(sql: Sql, page: PageRequest, tenant: string): Promise<DeviceGroup[]>
  /** Writes name, filter and version; false when the name is taken. */
  update(sql: Sql, group: DeviceGroup): Promise<boolean>
  remove(sql: Sql, id: string): Promise<void>
  /** Returns how many were not in it before. */
  addMembers(sql: Sql, group: string, devices: readonly string[]): Promise<number>
  /** Returns how many were in it. */
  removeMembers(sql: Sql, group: string, devices: readonly string[]): Promise<number>
  uses(sql: Sql, group: string): Promise<GroupUse[]>
  use(sql: Sql, group: string, by: GroupUse): Promise<void>
  release(sql: Sql, by: Pick<GroupUse, 'kind' | 'id'>): Promise<void>
}

/** Definitions of attributes. */
export interface AttributeStore {
  find(
    sql: Sql,
    tenant: string,
    kind: EntityKind,
    name: string,
    lock?: boolean,
  ): Promise<AttributeDefinition | undefined>
  /** In order of kind and name. @param kind absent = of all kinds */
  all(sql: Sql, tenant: string, kind?: EntityKind): Promise<AttributeDefinition[]>
  put(sql: Sql, definition: AttributeDefinition): Promise<void>
  remove(sql: Sql, definition: AttributeDefinition): Promise<void>
  /** How many entities have a value that does not fit, or none where one is required. */
  misfits(sql: Sql, definition: AttributeDefinition): Promise<number>
  /** How many entities have a value. */
  holders(sql: Sql, definition: AttributeDefinition): Promise<number>
}

export interface NoteStore {
  insert(sql: Sql, note: Note): Promise<void>
  count(sql: Sql, kind: EntityKind, subject: string): Promise<number>
  /** Newest first: at most `limit` older than the note `after`. */
  page(sql: Sql, kind: EntityKind, subject: string, page: PageRequest): Promise<Note[]>
  /** False when there is none. */
  remove(sql: Sql, kind: EntityKind, subject: string, id: string): Promise<boolean>
}

export interface HistoryStore {
  insert(sql: Sql, entries: readonly NewHistoryEntry[], at: Date): Promise<void>
  /** Newest first: at most `limit` older than the entry `before`; null = from the newest on. */
  page(sql: Sql, kind: EntityKind, subject: string, limit: number, before: number | null): Promise<HistoryEntry[]>
  /** Removes at most `limit` entries, and as many capability reports, that are older; a device's newest report stays. Returns how many. */
  prune(sql: Sql, before: Date, limit: number): Promise<number>
}

/** All that a tenant has, for work that goes through it. */
export interface TenantPages {
  /** In order of id, at most `limit` after the id `after` ('' at first). */
  households(sql: Sql, tenant: string, after: string, limit: number): Promise<Household[]>
  devices(sql: Sql, tenant: string, after: string, limit: number): Promise<Device[]>
  countHouseholds(sql: Sql, tenant: string): Promise<number>
  /** As devices report them and households have them, known or not. Reads all reports: not for every request. */
  timeZones(sql: Sql, tenant: string): Promise<string[]>
}

/** Devices of one kind. */
export interface KindCount {
  readonly class: DeviceClass
  readonly protocol: Device['protocol']
  readonly state: Device['state']
  readonly devices: number
  /** Of them, connected. */
  readonly reachable: number
}

export interface PresencePoint {
  readonly at: Date
  readonly devices: number
  readonly reachable: number
}

export interface TallyStore {
  /** Reads the tenant's fleet whole. */
  kinds(sql: Sql, tenant: string): Promise<KindCount[]>
  /** Of all tenants; nothing where there is one of that time. Reads the fleet whole. */
  sample(sql: Sql, at: Date): Promise<void>
  /** Those before `hours`, and before `samples` but for those of full hours. */
  forget(sql: Sql, before: { readonly samples: Date; readonly hours: Date }): Promise<void>
  /** Oldest first, at most 1,000. */
  series(sql: Sql, tenant: string, wish: { readonly since: Date; readonly hourly: boolean }): Promise<PresencePoint[]>
}

export interface EntityStorage {
  readonly imports: ImportStore
  readonly people: PeopleStore
  readonly attributes: AttributeStore
  readonly notes: NoteStore
  readonly history: HistoryStore
  readonly groups: GroupStore
  readonly fleet: FleetStore
  readonly households: HouseholdStore
  readonly users: UserStore
  readonly devices: DeviceStore
  readonly capabilities: CapabilityStore
  readonly preferences: PreferenceStore
  readonly tenants: TenantPages
  readonly targets: TargetStore
  readonly tallies: TallyStore
  readonly search: SearchStore
  readonly scimUsers: ScimUserStore
  readonly userGroups: UserGroupStore
  readonly directories: DirectoryStore
}
