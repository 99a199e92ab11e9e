import type { CapabilityReport, DeviceClass } from '@sutler/device-model'
import type { Access, Role } from '../../platform/access.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Sql, Tx } from '../../platform/database.ts'
import type { Doorbells } from '../../platform/doorbells.ts'
import type { api } from '../../platform/http/api.ts'
import type { Keeper } from '../../platform/keepers.ts'
import type { Log } from '../../platform/log.ts'
import type { Outside } from './app/dependencies.ts'
import type { FilterBounds } from './app/filters.ts'
import type { HouseholdChange } from './app/households.ts'
import type { TargetPage } from './app/targets.ts'
import type { RunImport } from './app/imports/import-run.ts'
import type { AccountProvisioning } from './app/scim/accounts.ts'
import type { NotedAccount } from './app/scim/storage.ts'
import type { Finders } from './app/search/search.ts'
import type { NewUser, UserChange } from './app/users.ts'
import type { DeviceSelection } from './fleet-contract.ts'
import type {
  Device,
  DeviceReport,
  Household,
  NewDevice,
  Preferences,
  PresenceChange,
  ProtocolName,
  Subject,
  User,
} from './domain/entities.ts'
import type { DeviceGroup, GroupUse } from './domain/groups.ts'

/** The repository of households, people and devices. Other modules reach its tables through this only. */
export interface EntityManagement {
  /** Adds one device; `addDevices` many in one statement. The household must exist. */
  addDevice(tx: Tx, device: NewDevice): Promise<void>
  addDevices(tx: Tx, devices: readonly NewDevice[]): Promise<void>
  /** Marks a device as out of service for good. @throws CallerError `not-found` (404) */
  decommissionDevice(tx: Tx, device: string): Promise<Device>
  /** Marks a device as one of which there seem to be two. @throws CallerError `not-found` (404) */
  quarantineDevice(tx: Tx, device: string, why: string): Promise<Device>
  /** Ends that. @throws as `quarantineDevice` */
  releaseDevice(tx: Tx, device: string): Promise<Device>
  /** From now on it is to speak that. @throws as `quarantineDevice` */
  setProtocol(tx: Tx, device: string, protocol: ProtocolName): Promise<Device>
  /** What it is called in its protocols, to be found by; all of them. */
  setIdentities(tx: Tx, device: string, identities: readonly string[]): Promise<void>
  /** Devices come with their latest capability report. Pass a transaction's `sql` to read what it has written. */
  device(id: string, sql?: Sql): Promise<Device | null>
  /** In order of id; unknown ids are left out. */
  devices(ids: readonly string[], sql?: Sql): Promise<Device[]>
  /** At most 1,000, in order of id, decommissioned ones included. */
  devicesOfHousehold(household: string, sql?: Sql): Promise<Device[]>
  /** Of many at once, in order of id. */
  devicesOfHouseholds(households: readonly string[], sql?: Sql): Promise<Device[]>
  /**
   * Takes a batch of reports; of several from one device the last. Costs one look-up when none says anything new.
   * @returns those that say something new, but for mere use
   */
  recordCapabilities(tx: Tx, reports: readonly DeviceReport[]): Promise<DeviceReport[]>
  /** Takes a batch of presence changes; of several of one device the last. Commits by itself. */
  markReachable(changes: readonly PresenceChange[]): Promise<void>
  /** For the start of a hub that is alone: no device is connected yet. */
  markAllUnreachable(): Promise<void>
  /** Null also for one that was merged into another. */
  household(id: string, sql?: Sql): Promise<Household | null>
  /** @param pointer where the request has it @throws CallerError `invalid-filter` (400), `filter-too-expensive` (422) */
  checkFilter(source: string, pointer?: string): void
  /** @throws CallerError `unknown-group` (422), and as `checkFilter`; also when the database does not get through in time */
  countSelected(tenant: string, selection: DeviceSelection, pointer?: string): Promise<number>
  /** Ids of at most `limit` selected devices after the id `after`, in order. @throws as `countSelected` */
  pageSelected(tenant: string, selection: DeviceSelection, after: string | undefined, limit: number): Promise<string[]>
  /** Those of the devices that are selected now, in order of id. @throws as `countSelected` */
  selectedAmong(tx: Tx, tenant: string, selection: DeviceSelection, ids: readonly string[]): Promise<string[]>
  readonly groups: GroupsFace
  /** What this module keeps about people and households. */
  readonly keeper: Keeper
  /** Removes what histories have that is older than it is to be kept; done now and then. */
  forgetHistory(): Promise<void>
  /** Uploads of many lines of any kind; each module takes its own. */
  readonly imports: ImportsFace
  /** In order of id; unknown ids are left out. */
  households(ids: readonly string[], sql?: Sql): Promise<Household[]>
  addHousehold(tenant: string, name: string, timeZone: string): Promise<Household>
  /** The same in a transaction of the caller’s. */
  addHouseholdIn(tx: Tx, tenant: string, name: string, timeZone: string): Promise<Household>
  /** @throws CallerError `unknown-household` (422) */
  addUser(tx: Tx, user: NewUser): Promise<User>
  /**
   * For systems outside, whose word it is from then on. The history has it.
   * @throws CallerError `not-found` (404), `gone` (410), `unknown-household`, `attributes-invalid` (422)
   */
  changeUser(tx: Tx, id: string, change: UserChange, owner: 'directory' | 'scim'): Promise<User>
  changeHousehold(tx: Tx, id: string, change: HouseholdChange, owner: 'directory' | 'scim'): Promise<Household>
  /** What registration tells of accounts, whenever it makes or changes one. */
  noteAccounts(tx: Tx, accounts: readonly NotedAccount[]): Promise<void>
  /** What a person has by the groups of people that they are in. */
  rolesByGroups(user: string): Promise<Role[]>
  /** The one account of the tenant that goes by this address or has this external id; null where there is none, or several. */
  accountKnownAs(
    tenant: string,
    known: { readonly email: string | null; readonly subject: string },
    sql: Sql,
  ): Promise<string | null>
  /** In order of id; unknown ids are left out, and those that were merged or erased. */
  users(ids: readonly string[], sql?: Sql): Promise<User[]>
  /** Those that exist, in no particular order. */
  preferences(subjects: readonly Subject[], sql?: Sql): Promise<Preferences[]>
  /**
   * Replaces a document. `expected` is the version it must have now (0 = none yet); absent = whatever is there.
   * Writes no event: whoever knows what the document means tells it.
   * @throws CallerError `changed-meanwhile` (412), `unknown-subject` (422)
   */
  setPreferences(
    tx: Tx,
    subject: Subject,
    document: Readonly<Record<string, unknown>>,
    expected?: number,
  ): Promise<Preferences>
  /** A tenant's households and devices in order of id, at most `limit` after the id `after` ('' at first). */
  pageHouseholds(tenant: string, after: string, limit: number, sql?: Sql): Promise<Household[]>
  pageAllDevices(tenant: string, after: string, limit: number, sql?: Sql): Promise<Device[]>
  countHouseholds(tenant: string): Promise<number>
  /** Writes down how many devices are connected now; called every minute. */
  samplePresence(): Promise<void>
  /** Known zones in which the tenant's devices and households are. Reads all reports. */
  timeZonesInUse(tenant: string, sql?: Sql): Promise<string[]>
  /** Devices of a list, a group or a filter, for whoever plans for many of them. */
  readonly targets: {
    /** @throws CallerError where the selection is none: `invalid-filter`, `filter-too-expensive`, `unknown-group` */
    check(tenant: string, selection: DeviceSelection, pointer?: string): Promise<void>
    /** In order of id, at most `limit` after `after`. */
    page(tenant: string, selection: DeviceSelection, after: string | null, limit: number): Promise<TargetPage>
    /** Latest capability reports; devices that never reported are left out. */
    reports(ids: readonly string[]): Promise<ReadonlyMap<string, CapabilityReport>>
    classes(ids: readonly string[]): Promise<ReadonlyMap<string, DeviceClass>>
  }
  /**
   * /households, /users, /devices, /search. Takes `access` here because registration, which makes it, builds on this module.
   * @param finders what the search finds of other modules
   */
  routes(access: Access, accounts: AccountProvisioning, finders?: Finders): ReturnType<typeof api>
  /** SCIM 2.0, below /scim/v2. @param server absolute address of the hub, and bytes of a request */
  scim(
    access: Access,
    accounts: AccountProvisioning,
    server: { readonly url: () => string; readonly bodyLimit: number },
  ): ReturnType<typeof api>
}

export interface GroupsFace {
  find(id: string, sql?: Sql): Promise<DeviceGroup | null>
  /** Keeps the group from being deleted as long as `by` is there; a repeat changes nothing. The group must exist. */
  use(tx: Tx, group: string, by: GroupUse): Promise<void>
  release(tx: Tx, by: Pick<GroupUse, 'kind' | 'id'>): Promise<void>
  /** Of a static group. @throws CallerError `not-found`, `wrong-group-kind`, `unknown-devices` */
  changeMembers(
    tx: Tx,
    group: string,
    change: { readonly add: readonly string[]; readonly remove: readonly string[] },
  ): Promise<{ readonly added: number; readonly removed: number }>
}

export interface ImportsFace {
  readonly run: RunImport
  /** What the callers' own keys stand for, those that came before. */
  subjects(sql: Sql, tenant: string, kind: string, keys: readonly string[]): Promise<ReadonlyMap<string, string>>
  remember(sql: Sql, tenant: string, kind: string, subjects: ReadonlyMap<string, string>): Promise<void>
}

export interface EntityManagementDependencies {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly log: Log
  /** How long histories are kept, milliseconds; absent = for good. */
  readonly historyRetention?: number
  /** For directories of people outside; absent = none are asked. */
  readonly outside?: Outside
  /** What filters may cost; absent = the usual. */
  readonly bounds?: FilterBounds
}
