import type { Scope } from '../../../platform/access.ts'
import type { Sql, Tx } from '../../../platform/database.ts'
import { appendEvents } from '../../../platform/events.ts'
import type { Asked } from '../../../platform/grouped.ts'
import { newId } from '../../../platform/ids.ts'
import type { LabelsChange } from '../domain/attributes.ts'
import type { User } from '../domain/entities.ts'
import { changesBetween, userAttributes, type AttributeOwner } from '../domain/history.ts'
import type { Attributes } from './attributes.ts'
import { missing } from './codes.ts'
import type { EntityDependencies } from './dependencies.ts'
import type { History } from './history.ts'
import { requireHouseholds } from './households.ts'
import type { PageRequest, UserFilter } from './storage.ts'

export interface NewUser extends LabelsChange {
  readonly tenant: string
  readonly name: string
  readonly email: string | null
  readonly households: readonly string[]
}

export type UserChange = { readonly [Key in Exclude<keyof NewUser, 'tenant'>]?: NewUser[Key] | undefined }
type Admit = (current: User | undefined) => void
type Outside = Exclude<AttributeOwner, 'device'>

/** Users: people and the households they belong to. What they may do is registration's business. */
export function users(
  { database, doorbells, clock, storage }: EntityDependencies,
  { attributes, history }: { readonly attributes: Attributes; readonly history: History },
) {
  const store = storage.users

  /** Not written yet. @throws CallerError `unknown-household`, `attributes-invalid` */
  const draft = async (sql: Sql, wanted: NewUser): Promise<User> => {
    const now = clock.now()
    const memberships = [...new Set(wanted.households)].toSorted()
    await requireHouseholds(storage.households, sql, wanted.tenant, wanted.households)
    const { tenant, name, email, tags, attributes: values } = wanted
    const none = { tags: [], attributes: {} }
    const labels = await attributes.applied(sql, tenant, 'user', none, { tags, attributes: values })
    return {
      id: newId('usr', now),
      tenant,
      name,
      email,
      households: memberships,
      ...labels,
      mergedInto: null,
      erasedAt: null,
      version: 1,
      createdAt: now,
    }
  }

  /** Writes drafts. */
  const insert = async (tx: Tx, added: readonly Asked<User>[]): Promise<void> => {
    const rows = added.map(({ request }) => request)
    await store.insert(tx.sql, rows)
    const told = added.flatMap(({ request, decision }) =>
      events('user.created', request).map((event) => ({ ...event, ...decision })),
    )
    await appendEvents(tx, doorbells, told)
  }

  const add = async (tx: Tx, wanted: NewUser): Promise<User> => {
    const user = await draft(tx.sql, wanted)
    await insert(tx, [{ request: user, decision: {} }])
    return user
  }

  /**
   * `admit` sees the user under its lock, or that there is none, and throws when it must not be changed.
   * @param owner whose word it is @throws CallerError `not-found`, `unknown-household`, `attributes-invalid`
   */
  const change = async (tx: Tx, id: string, wanted: UserChange, admit: Admit, owner?: Outside): Promise<User> => {
    const [current] = await store.find(tx.sql, [id], true)
    admit(current)
    if (!current) throw missing('user', id)
    const { tenant } = current
    await requireHouseholds(storage.households, tx.sql, tenant, wanted.households ?? [])
    const changed: User = {
      ...current,
      name: wanted.name ?? current.name,
      email: wanted.email === undefined ? current.email : wanted.email,
      households: [...new Set(wanted.households ?? current.households)].toSorted(),
      ...(await attributes.applied(tx.sql, tenant, 'user', current, wanted)),
      version: current.version + 1,
    }
    await store.update(tx.sql, changed)
    const changes = changesBetween(userAttributes(current), userAttributes(changed))
    await history.record(tx, [{ tenant, kind: 'user', subject: id, owner, changes }])
    await appendEvents(tx, doorbells, events('user.changed', changed))
    return changed
  }

  return {
    draft,
    insert,
    add,

    find: (ids: readonly string[], sql: Sql = database.sql): Promise<User[]> => store.find(sql, ids),

    page: (page: PageRequest & UserFilter, scope: Scope): Promise<User[]> => store.page(database.sql, page, scope),

    /** Their names by id, of those that there are. */
    async names(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const found = await store.find(database.sql, [...new Set(ids)])
      return new Map(found.map(({ id, name }) => [id, name]))
    },

    change: (id: string, wanted: UserChange, admit: Admit): Promise<User> =>
      database.transaction((tx) => change(tx, id, wanted, admit)),

    changeIn: change,
  }
}

/** One event per household concerned, so that each of them sees it; people in none are an operator's business. */
function events(type: string, { id, tenant, name, households }: User) {
  const concerned = households.length > 0 ? households : [null]
  return concerned.map((household) => ({ type, subject: id, tenant, household, data: { name } }))
}
