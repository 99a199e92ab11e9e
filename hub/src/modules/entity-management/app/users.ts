import type { Scope } from '../../../platform/access.ts'
import type { Sql, Tx } from '../../../platform/database.ts'
import { appendEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { User } from '../domain/entities.ts'
import { missing } from './codes.ts'
import type { EntityDependencies } from './dependencies.ts'
import { requireHouseholds } from './households.ts'
import type { PageRequest } from './storage.ts'

export interface NewUser {
  readonly tenant: string
  readonly name: string
  readonly email: string | null
  readonly households: readonly string[]
}

export type UserChange = { readonly [Key in Exclude<keyof NewUser, 'tenant'>]?: NewUser[Key] | undefined }

/** Users: people and the households they belong to. What they may do is registration's business. */
export function users({ database, doorbells, clock, storage }: EntityDependencies) {
  const store = storage.users

  const add = async (tx: Tx, wanted: NewUser): Promise<User> => {
    const now = clock.now()
    const memberships = [...new Set(wanted.households)].toSorted()
    await requireHouseholds(storage.households, tx.sql, wanted.tenant, wanted.households)
    const user: User = { ...wanted, id: newId('usr', now), households: memberships, version: 1, createdAt: now }
    await store.insert(tx.sql, user)
    await appendEvents(tx, doorbells, events('user.created', user))
    return user
  }

  return {
    add,

    find: (ids: readonly string[], sql: Sql = database.sql): Promise<User[]> => store.find(sql, ids),

    page: (page: PageRequest & { household?: string | undefined }, scope: Scope): Promise<User[]> =>
      store.page(database.sql, page, scope),

    /** `admit` sees the user under its lock, or that there is none, and throws when it must not be changed. */
    change(id: string, change: UserChange, admit: (current: User | undefined) => void): Promise<User> {
      return database.transaction(async (tx) => {
        const [current] = await store.find(tx.sql, [id], true)
        admit(current)
        if (!current) throw missing('user', id)
        await requireHouseholds(storage.households, tx.sql, current.tenant, change.households ?? [])
        const changed: User = {
          ...current,
          name: change.name ?? current.name,
          email: change.email === undefined ? current.email : change.email,
          households: [...new Set(change.households ?? current.households)].toSorted(),
          version: current.version + 1,
        }
        await store.update(tx.sql, changed)
        await appendEvents(tx, doorbells, events('user.changed', changed))
        return changed
      })
    },
  }
}

/** One event per household concerned, so that each of them sees it; people in none are an operator's business. */
function events(type: string, { id, tenant, name, households }: User) {
  const concerned = households.length > 0 ? households : [null]
  return concerned.map((household) => ({ type, subject: id, tenant, household, data: { name } }))
}
