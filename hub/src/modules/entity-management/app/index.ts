import type { NewUser } from './users.ts'
import { attributes } from './attributes.ts'
import { capabilities } from './capabilities.ts'
import type { EntityDependencies } from './dependencies.ts'
import { devices } from './devices.ts'
import { directories } from './directories/directories.ts'
import { outsideSearch } from './directories/find-outside.ts'
import { DirectoryLookUps } from './directories/look-up.ts'
import { filters } from './filters.ts'
import { groups } from './groups.ts'
import { history } from './history.ts'
import { households } from './households.ts'
import { imports } from './imports/index.ts'
import { notes } from './notes.ts'
import { entityKeeper } from './people/keeper.ts'
import { preferences } from './preferences.ts'
import type { AccountProvisioning } from './scim/accounts.ts'
import { userGroups } from './scim/user-groups.ts'
import { scimUsers } from './scim/users.ts'
import { search } from './search/search.ts'
import { selections } from './selections.ts'
import { tallies } from './tallies.ts'
import { targets } from './targets.ts'
import { users } from './users.ts'

export type EntityManagementApp = ReturnType<typeof useCases>

/** All use cases of the module over one set of dependencies. */
export function useCases(dependencies: EntityDependencies) {
  const parts = { attributes: attributes(dependencies), history: history(dependencies) }
  const people = users(dependencies, parts)
  const lookUps = new DirectoryLookUps(dependencies)
  const fleet = filters(dependencies)
  const selected = selections(dependencies, fleet)
  return {
    ...parts,
    notes: notes(dependencies),
    keeper: entityKeeper(dependencies),
    /** Those that seem to be there several times. */
    duplicates: {
      users: (tenant: string, limit: number, after: string | undefined) =>
        dependencies.storage.people.duplicateUsers(dependencies.database.sql, tenant, limit, after),
      households: (tenant: string, limit: number, after: string | undefined) =>
        dependencies.storage.people.duplicateHouseholds(dependencies.database.sql, tenant, limit, after),
    },
    households: households(dependencies, parts),
    users: people,
    addUser: (user: NewUser) => dependencies.database.transaction((tx) => people.add(tx, user)),
    devices: devices(dependencies, { ...parts, fleet }),
    filters: fleet,
    imports: imports(dependencies),
    groups: groups(dependencies, fleet),
    selections: selected,
    capabilities: capabilities(dependencies),
    preferences: preferences(dependencies),
    tallies: tallies(dependencies),
    targets: targets(dependencies, fleet, selected),
    search: search(dependencies),
    outside: outsideSearch(dependencies, people, lookUps),
    directories: directories(dependencies, people, lookUps),
    people: (accounts: AccountProvisioning) => ({
      scimUsers: scimUsers(dependencies, people, accounts),
      userGroups: userGroups(dependencies, accounts),
    }),
  }
}
