import type { EntityStorage } from '../app/storage.ts'
import { attributeStore } from './attributes.ts'
import { capabilityStore } from './capabilities.ts'
import { deviceStore } from './devices.ts'
import { directoryStore } from './directories.ts'
import { fleetStore } from './fleet.ts'
import { groupStore } from './groups.ts'
import { historyStore } from './history.ts'
import { householdStore } from './households.ts'
import { importStore } from './imports.ts'
import { noteStore } from './notes.ts'
import { peopleStore } from './people.ts'
import { preferenceStore } from './preferences.ts'
import { tallyStore } from './tallies.ts'
import { userGroupStore } from './scim/user-groups.ts'
import { scimUserStore } from './scim/users.ts'
import { searchStore } from './search.ts'
import { tenantPages } from './tenant-pages.ts'
import { targetStore } from './targets.ts'
import { userStore } from './users.ts'

/** The module's tables in PostgreSQL. */
export const postgresStorage: EntityStorage = {
  people: peopleStore,
  attributes: attributeStore,
  notes: noteStore,
  history: historyStore,
  households: householdStore,
  users: userStore,
  devices: deviceStore,
  fleet: fleetStore,
  groups: groupStore,
  imports: importStore,
  capabilities: capabilityStore,
  preferences: preferenceStore,
  tenants: tenantPages,
  targets: targetStore,
  tallies: tallyStore,
  search: searchStore,
  scimUsers: scimUserStore,
  userGroups: userGroupStore,
  directories: directoryStore,
}
