import { api } from '../../platform/http/api.ts'
import { useCases } from './app/index.ts'
import { requireHere } from './app/codes.ts'
import type { EntityManagement, EntityManagementDependencies } from './face.ts'
import { timeZoneNamed } from './domain/text.ts'
import { attributeRoutes } from './http/attributes.ts'
import { deviceRoutes } from './http/devices.ts'
import { directoryRoutes } from './http/directories.ts'
import { deviceExport } from './http/exports.ts'
import { groupRoutes } from './http/groups.ts'
import { nameRoutes } from './http/names.ts'
import { overviewRoutes } from './http/overview.ts'
import { duplicateRoutes } from './http/duplicates.ts'
import { historyRoutes } from './http/history.ts'
import { importRoutes } from './http/imports.ts'
import { householdRoutes } from './http/households.ts'
import { scimRoutes } from './http/scim/index.ts'
import { searchRoutes } from './http/search.ts'
import { noteRoutes } from './http/notes.ts'
import { userGroupRoutes } from './http/user-groups.ts'
import { userRoutes } from './http/users.ts'
import { postgresStorage } from './store/index.ts'

export { displayName, entityId, timeZone } from './contract.ts'
export { selection, type DeviceSelection } from './fleet-contract.ts'
export { fleetFilter } from './fleet-filter.ts'
export type { AccountProvisioning, ProvisionedAccount } from './app/scim/accounts.ts'
export type { Finder } from './app/search/search.ts'
export type { TargetPage } from './app/targets.ts'
export type { TargetRow } from './app/storage.ts'
export { gone, unknownHousehold } from './app/codes.ts'
export { unknownGroup, wrongGroupKind } from './app/group-codes.ts'
export { filterTooExpensive, invalidFilter } from './app/filters.ts'
export { filterVariables } from './domain/filter-variables.ts'
export { deviceClasses, deviceProtocols, isTestDevice, testDevices, type ProtocolName } from './domain/entities.ts'
export { timeZoneNamed } from './domain/text.ts'
export { failed, failure, type Importer, type ImportLine, type LineResult } from './app/imports/import-run.ts'
export { externalId } from './import-contract.ts'
export type { HouseholdChange } from './app/households.ts'
export type { NewUser, UserChange } from './app/users.ts'
export type { DeviceGroup, GroupUse } from './domain/groups.ts'
export type {
  Device,
  DeviceReport,
  Household,
  NewDevice,
  Preferences,
  PresenceChange,
  Subject,
  User,
} from './domain/entities.ts'

export type { EntityManagement, GroupsFace, ImportsFace } from './face.ts'

export function createEntityManagement(dependencies: EntityManagementDependencies): EntityManagement {
  const app = useCases({ ...dependencies, storage: postgresStorage })
  const { households, users, devices, filters, selections, capabilities, preferences } = app
  return {
    addDevice: (tx, device) => devices.add(tx, [device]),
    addDevices: devices.add,
    decommissionDevice: devices.decommission,
    quarantineDevice: devices.quarantine,
    releaseDevice: devices.release,
    setProtocol: devices.setProtocol,
    setIdentities: devices.setIdentities,
    device: async (id, sql) => (await devices.find([id], sql))[0] ?? null,
    devices: devices.find,
    devicesOfHousehold: devices.ofHousehold,
    devicesOfHouseholds: devices.ofHouseholds,
    recordCapabilities: capabilities.record,
    markReachable: devices.markReachable,
    markAllUnreachable: devices.markAllUnreachable,
    checkFilter: filters.check,
    keeper: app.keeper,
    forgetHistory: app.history.prune,
    imports: app.imports,
    countSelected: async (tenant, chosen, pointer) =>
      filters.count(await selections.resolve(tenant, chosen, { pointer })),
    pageSelected: async (tenant, chosen, after, limit) =>
      filters.ids(await selections.resolve(tenant, chosen), after, limit),
    selectedAmong: async (tx, tenant, chosen, ids) =>
      filters.matching(tx, await selections.resolve(tenant, chosen, { sql: tx.sql }), ids),
    groups: {
      find: async (id, sql) => (await app.groups.find(id, sql)) ?? null,
      use: app.groups.use,
      release: app.groups.release,
      changeMembers: app.groups.changeMembersIn,
    },
    household: async (id, sql) => (await households.find([id], sql)).find(isHere) ?? null,
    households: async (ids, sql) => (await households.find(ids, sql)).filter(isHere),
    addHousehold: (tenant, name, timeZone) => households.add(tenant, { name, timeZone }),
    addHouseholdIn: (tx, tenant, name, timeZone) => households.addIn(tx, tenant, { name, timeZone }),
    addUser: users.add,
    users: async (ids, sql) => (await users.find(ids, sql)).filter(isHere),
    changeUser: (tx, id, change, owner) =>
      users.changeIn(tx, id, change, (current) => requireHere('user', current), owner),
    changeHousehold: (tx, id, change, owner) =>
      households.changeIn(tx, id, change, (current) => requireHere('household', current), owner),
    targets: app.targets,
    preferences: preferences.find,
    setPreferences: preferences.set,
    pageHouseholds: (tenant, after, limit, sql = dependencies.database.sql) =>
      postgresStorage.tenants.households(sql, tenant, after, limit),
    pageAllDevices: (tenant, after, limit, sql = dependencies.database.sql) =>
      postgresStorage.tenants.devices(sql, tenant, after, limit),
    countHouseholds: (tenant) => postgresStorage.tenants.countHouseholds(dependencies.database.sql, tenant),
    samplePresence: app.tallies.sample,
    async timeZonesInUse(tenant, sql = dependencies.database.sql) {
      const zones = await postgresStorage.tenants.timeZones(sql, tenant)
      return [...new Set(zones.flatMap((zone) => timeZoneNamed(zone) ?? []))]
    },
    noteAccounts: (tx, accounts) =>
      postgresStorage.scimUsers.note(tx.sql, accounts, new Date(dependencies.clock.now())),
    rolesByGroups: (user) => postgresStorage.userGroups.roles(dependencies.database.sql, user),
    accountKnownAs: (tenant, known, sql) => postgresStorage.scimUsers.knownAs(sql, tenant, known),
    scim: (access, accounts, server) =>
      scimRoutes({ ...app.people(accounts), access, log: dependencies.log, ...server }),
    routes(access, accounts, finders = {}) {
      const router = api()
      duplicateRoutes(router, access, app)
      householdRoutes(router, access, app)
      userRoutes(router, access, app)
      deviceRoutes(router, access, app)
      groupRoutes(router, access, app)
      importRoutes(router, access, app)
      overviewRoutes(router, access, app)
      attributeRoutes(router, access, app)
      noteRoutes(router, access, app)
      historyRoutes(router, access, app)
      nameRoutes(router, access, app)
      deviceExport(router, access, app)
      searchRoutes(router, access, app, finders)
      directoryRoutes(router, access, app)
      userGroupRoutes(router, access, app.people(accounts))
      return router
    },
  }
}

/** Neither merged into another, nor erased. */
function isHere({ mergedInto, erasedAt = null }: { mergedInto: string | null; erasedAt?: number | null }): boolean {
  return mergedInto === null && erasedAt === null
}
