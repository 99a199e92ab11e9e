import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { groupedChanges, type Asked } from '../../../../platform/grouped.ts'
import { scimError } from '../../domain/scim/errors.ts'
import { applySteps, stepsOf, type Operation } from '../../domain/scim/patch.ts'
import { requireComplete, type ScimObject } from '../../domain/scim/resource.ts'
import type { User } from '../../domain/entities.ts'
import { users as userResourceSchema } from '../../domain/scim/schemas.ts'
import { storedResource, userDraft, type ScimUser, type UserDraft } from '../../domain/scim/user-resource.ts'
import { missing, unknownHousehold } from '../codes.ts'
import type { EntityDependencies } from '../dependencies.ts'
import type { users } from '../users.ts'
import type { AccountProvisioning } from './accounts.ts'
import type { AccountRow, Sliced, UserWish } from './storage.ts'

export type ScimUsers = ReturnType<typeof scimUsers>

/** Sees the person under lock, or that there is none, and throws when they must not be changed. */
type Admit = (current: ScimUser | null) => void

/** A person and their account, not written yet. */
interface Newcomer {
  readonly person: User
  readonly account: AccountRow
}

/** Of one transaction; that may wait. */
const together = { most: 200, waiting: 10_000 }

/** People with an account, as SCIM makes, changes and takes them away. */
export function scimUsers(
  { database, clock, storage }: EntityDependencies,
  people: ReturnType<typeof users>,
  accounts: AccountProvisioning,
) {
  const store = storage.scimUsers
  const now = (): Date => new Date(clock.now())

  const write = async (tx: Tx, current: ScimUser, draft: UserDraft): Promise<ScimUser> => {
    const { id, tenant } = current
    const { userName, externalId, active, attributes, name, email } = draft
    const households = [...new Set(draft.households)].toSorted()
    await people.changeIn(tx, id, { name, email, households }, () => {}, 'scim').catch(knownHouseholds)
    if (active !== current.active) await accounts.setActive(tx, id, active)
    const row = { user: id, tenant, userName, externalId, active, attributes }
    if (!(await store.update(tx.sql, row, now()).catch(taken))) throw nameTaken(userName)
    return (await store.find(tx.sql, [id]))[0]!
  }

  const changed = (id: string, admit: Admit, draftOf: (current: ScimUser) => UserDraft): Promise<ScimUser> =>
    accounts.database.transaction(async (tx) => {
      const current = await found(tx, id)
      admit(current)
      if (current === null) throw missing('SCIM user', id)
      return write(tx, current, draftOf(current))
    })

  const found = async (tx: Tx, id: string): Promise<ScimUser | null> =>
    (await store.find(tx.sql, [id], true))[0] ?? null

  /** Null for those whose name is taken. @throws CallerError `scim-uniqueness` where two of them want one name */
  const addAll = async (tx: Tx, asked: readonly Asked<Newcomer>[]): Promise<(ScimUser | null)[]> => {
    const all = asked.map(({ request }) => request.account)
    const taken = await store.taken(tx.sql, all)
    const fresh = asked.filter(({ request }) => !taken.has(request.person.id))
    if (fresh.length === 0) return asked.map(() => null)
    const rows = all.filter(({ user }) => !taken.has(user))
    await people.insert(tx, fresh.map(asking('person')))
    const [late] = await store.insert(tx.sql, rows, now())
    if (late !== undefined) throw nameTaken(rows.find(({ user }) => user === late)!.userName)
    await accounts.add(tx, fresh.map(asking('account')))
    const ids = rows.map(({ user }) => user)
    const made = new Map((await store.find(tx.sql, ids)).map((user) => [user.id, user]))
    return all.map(({ user }) => made.get(user) ?? null)
  }
  const addTogether = groupedChanges<Newcomer, ScimUser | null>(accounts.database, together, addAll)

  return {
    /** Those that come at the same time share a transaction. @throws CallerError `scim-invalid-value`, `scim-uniqueness` */
    async add(tenant: string, resource: ScimObject): Promise<ScimUser> {
      requireComplete(userResourceSchema, resource)
      const { name, email, households, ...rest } = userDraft(resource)
      const person = await people.draft(database.sql, { tenant, name, email, households }).catch(knownHouseholds)
      const made = await addTogether({ person, account: { user: person.id, tenant, ...rest } })
      if (made === null) throw nameTaken(rest.userName)
      return made
    },

    find: async (id: string): Promise<ScimUser | null> => (await store.find(database.sql, [id]))[0] ?? null,

    list: (wish: UserWish): Promise<Sliced<ScimUser>> => store.list(database.sql, wish),

    /** @throws CallerError `not-found`, `scim-invalid-value`, `scim-uniqueness`, `last-operator` */
    replace(id: string, resource: ScimObject, admit: Admit): Promise<ScimUser> {
      requireComplete(userResourceSchema, resource)
      // What a client does not send goes (RFC 7644, 3.5.1), but for whether the account is disabled.
      return changed(id, admit, ({ active }) => userDraft({ active, ...resource }))
    },

    /** @throws as `replace`, and `scim-invalid-path`, `scim-no-target`, `scim-mutability` */
    patch(id: string, operations: readonly Operation[], admit: Admit): Promise<ScimUser> {
      const steps = operations.flatMap((operation) => stepsOf(userResourceSchema, operation))
      return changed(id, admit, (current) => {
        const resource = applySteps(storedResource(current), steps)
        requireComplete(userResourceSchema, resource)
        return userDraft(resource)
      })
    },

    /** The account goes, with its sessions, keys and groups; the person stays until somebody erases them. */
    remove(id: string, admit: Admit): Promise<void> {
      return accounts.database.transaction(async (tx) => {
        const current = await found(tx, id)
        admit(current)
        if (current === null) throw missing('SCIM user', id)
        await storage.userGroups.leaveAll(tx.sql, id)
        await accounts.remove(tx, id)
        await store.remove(tx.sql, id)
      })
    },
  }
}

/** The one part of what was asked for. */
function asking<Part extends keyof Newcomer>(part: Part) {
  return ({ request, decision }: Asked<Newcomer>): Asked<Newcomer[Part]> => ({ request: request[part], decision })
}

function nameTaken(userName: string): CallerError {
  return scimError('uniqueness', `There is a user named ${userName.slice(0, 80)} already.`, '/userName')
}

/** Two at a time may have looked for the name before either had it (SQLSTATE 23505). */
function taken(error: unknown): false {
  if ((error as { code?: unknown }).code === '23505') return false
  throw error
}

/** The same refusal in SCIM's words. */
function knownHouseholds(error: unknown): never {
  if (error instanceof CallerError && error.code === unknownHousehold.code)
    throw scimError('invalidValue', error.message, '/households')
  throw error
}
