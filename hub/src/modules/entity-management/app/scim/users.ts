import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { scimError } from '../../domain/scim/errors.ts'
import { applySteps, stepsOf, type Operation } from '../../domain/scim/patch.ts'
import { requireComplete, type ScimObject } from '../../domain/scim/resource.ts'
import { users as userResourceSchema } from '../../domain/scim/schemas.ts'
import { storedResource, userDraft, type ScimUser, type UserDraft } from '../../domain/scim/user-resource.ts'
import { missing, unknownHousehold } from '../codes.ts'
import type { EntityDependencies } from '../dependencies.ts'
import type { users } from '../users.ts'
import type { AccountProvisioning } from './accounts.ts'
import type { Sliced, UserWish } from './storage.ts'

export type ScimUsers = ReturnType<typeof scimUsers>

/** Sees the person under lock, or that there is none, and throws when they must not be changed. */
type Admit = (current: ScimUser | null) => void

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
    return (await store.find(tx.sql, id))!
  }

  const changed = (id: string, admit: Admit, draftOf: (current: ScimUser) => UserDraft): Promise<ScimUser> =>
    accounts.transaction(async (tx) => {
      const current = await store.find(tx.sql, id, true)
      admit(current)
      if (current === null) throw missing('SCIM user', id)
      return write(tx, current, draftOf(current))
    })

  return {
    /** @throws CallerError `scim-invalid-value`, `scim-uniqueness` */
    add(tenant: string, resource: ScimObject): Promise<ScimUser> {
      requireComplete(userResourceSchema, resource)
      const draft = userDraft(resource)
      const { userName, externalId, active, attributes, name, email, households } = draft
      return accounts.transaction(async (tx) => {
        const { id: user } = await people.add(tx, { tenant, name, email, households }).catch(knownHouseholds)
        const row = { user, tenant, userName, externalId, active, attributes }
        if ((await store.insert(tx.sql, [row], now())).length > 0) throw nameTaken(userName)
        await accounts.add(tx, [row])
        return (await store.find(tx.sql, user))!
      })
    },

    find: (id: string): Promise<ScimUser | null> => store.find(database.sql, id),

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
      return accounts.transaction(async (tx) => {
        const current = await store.find(tx.sql, id, true)
        admit(current)
        if (current === null) throw missing('SCIM user', id)
        await storage.userGroups.leaveAll(tx.sql, id)
        await accounts.remove(tx, id)
        await store.remove(tx.sql, id)
      })
    },
  }
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
