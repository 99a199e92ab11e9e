import type { Role } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import { scimError } from '../../domain/scim/errors.ts'
import { groupChange, type MemberChange } from '../../domain/scim/group-changes.ts'
import { groupDraft, storedGroup, type GroupDraft, type UserGroup } from '../../domain/scim/group-resource.ts'
import type { Operation } from '../../domain/scim/patch.ts'
import { requireComplete } from '../../domain/scim/resource.ts'
import { groups as groupResourceSchema } from '../../domain/scim/schemas.ts'
import type { Named } from '../../domain/scim/user-resource.ts'
import { missing } from '../codes.ts'
import type { EntityDependencies } from '../dependencies.ts'
import type { PageRequest } from '../storage.ts'
import type { AccountProvisioning } from './accounts.ts'
import type { Sliced, SlicedWish, UserGroupPage } from './storage.ts'

export type UserGroups = ReturnType<typeof userGroups>

type Admit = (current: UserGroup | null) => void

/** What one answer shows of members at most, of all its groups together; a page ends before. */
const membersOfPage = 20_000
/** In one group. */
const mostMembers = 100_000

const none: MemberChange = { clear: false, add: new Set(), remove: new Set() }

/** Groups of people, kept by SCIM or by hand; whoever is in one has the roles that it gives. */
export function userGroups({ database, clock, doorbells, storage }: EntityDependencies, accounts: AccountProvisioning) {
  const store = storage.userGroups

  const event = (type: string, { id, tenant, name, roles }: UserGroup, data: object = {}) => {
    return { type, subject: id, tenant, household: null, data: { name, roles, ...data } }
  }

  /** @returns who came and went */
  const changeMembers = async (tx: Tx, { id, tenant }: UserGroup, { clear, add, remove }: MemberChange) => {
    const known = await store.known(tx.sql, tenant, [...add])
    const unknown = [...add].find((user) => !known.has(user))
    if (unknown !== undefined)
      throw scimError('invalidValue', `There is no user ${unknown.slice(0, 64)} with an account.`, '/members')
    const gone = clear
      ? await store.leave(tx.sql, id, null)
      : remove.size > 0
        ? await store.leave(tx.sql, id, [...remove])
        : []
    const come = add.size > 0 ? await store.join(tx.sql, id, [...add]) : []
    const count = (await store.countMembers(tx.sql, [id])).get(id) ?? 0
    if (count > mostMembers) throw scimError('invalidValue', `A group has at most ${mostMembers} members.`, '/members')
    const [came, went] = [come.filter((user) => !gone.includes(user)), gone.filter((user) => !come.includes(user))]
    return { added: came, removed: went }
  }

  const insert = async (tx: Tx, tenant: string, draft: GroupDraft, roles: readonly Role[]): Promise<UserGroup> => {
    const now = clock.now()
    const group = { id: newId('ugr', now), tenant, ...draft, roles, version: 1, createdAt: now, changedAt: now }
    if (!(await store.insert(tx.sql, group))) throw nameTaken(draft.name)
    return group
  }

  const write = async (tx: Tx, current: UserGroup, wanted: Partial<UserGroup>, members: MemberChange) => {
    const changed = { ...current, ...wanted, version: current.version + 1, changedAt: clock.now() }
    if (!(await store.update(tx.sql, changed).catch(taken))) throw nameTaken(changed.name)
    const { added, removed } = await changeMembers(tx, current, members)
    const everybody =
      changed.roles.join() === current.roles.join() ? [] : await store.members(tx.sql, [current.id], mostMembers)
    accounts.rolesChanged(tx, [...added, ...removed, ...everybody.map(({ id }) => id)])
    await appendEvents(tx, doorbells, [
      event('user-group.changed', changed, { added: added.slice(0, 100), removed: removed.slice(0, 100) }),
    ])
    return changed
  }

  const changed = (id: string, admit: Admit, change: (tx: Tx, current: UserGroup) => Promise<UserGroup>) =>
    accounts.database.transaction(async (tx) => {
      const current = await store.find(tx.sql, id, true)
      admit(current)
      if (current === null) throw missing('user group', id)
      return change(tx, current)
    })

  return {
    /** @throws CallerError `scim-uniqueness`, `scim-invalid-value` */
    add(
      tenant: string,
      draft: GroupDraft,
      members: readonly string[],
      roles: readonly Role[] = [],
    ): Promise<UserGroup> {
      return accounts.database.transaction(async (tx) => {
        const group = await insert(tx, tenant, draft, roles)
        const { added } = await changeMembers(tx, group, { ...none, add: new Set(members) })
        accounts.rolesChanged(tx, added)
        await appendEvents(tx, doorbells, [event('user-group.created', group, { added: added.slice(0, 100) })])
        return group
      })
    },

    find: (id: string): Promise<UserGroup | null> => store.find(database.sql, id),

    /** Fewer than asked for where their members would be too many for one answer (RFC 7644, 3.4.2.4 allows it). */
    async list(wish: SlicedWish, withMembers: boolean): Promise<Sliced<UserGroup>> {
      const found = await store.list(database.sql, wish)
      if (!withMembers) return found
      const counts = await store.countMembers(
        database.sql,
        found.rows.map(({ id }) => id),
      )
      let members = 0
      const fit = found.rows.filter(({ id }, i) => (members += counts.get(id) ?? 0) <= membersOfPage || i === 0)
      return { rows: fit, total: found.total }
    },

    page: (tenant: string, page: UserGroupPage) => store.page(database.sql, page, tenant),

    /** By group. */
    async members(groups: readonly string[]): Promise<ReadonlyMap<string, Named[]>> {
      const rows = await store.members(database.sql, groups, Math.max(membersOfPage, mostMembers))
      return Map.groupBy(rows, ({ group }) => group)
    },

    memberPage: (group: string, page: PageRequest): Promise<Named[]> => store.memberPage(database.sql, group, page),

    replace(id: string, draft: GroupDraft, members: readonly string[], admit: Admit): Promise<UserGroup> {
      return changed(id, admit, (tx, current) =>
        write(tx, current, draft, { clear: true, add: new Set(members), remove: new Set() }),
      )
    },

    /** @throws CallerError as any SCIM PATCH */
    patch(id: string, operations: readonly Operation[], admit: Admit): Promise<UserGroup> {
      return changed(id, admit, (tx, current) => {
        const { resource, members } = groupChange(storedGroup(current), operations)
        requireComplete(groupResourceSchema, resource)
        return write(tx, current, groupDraft(resource), members)
      })
    },

    /** By an operator. */
    change(
      id: string,
      wanted: { readonly name?: string; readonly roles?: readonly Role[] },
      admit: Admit,
    ): Promise<UserGroup> {
      return changed(id, admit, (tx, current) => write(tx, current, wanted, none))
    },

    changeMembers(id: string, add: readonly string[], remove: readonly string[], admit: Admit): Promise<UserGroup> {
      const members = { clear: false, add: new Set(add), remove: new Set(remove) }
      return changed(id, admit, (tx, current) => write(tx, current, {}, members))
    },

    async remove(id: string, admit: Admit): Promise<void> {
      await changed(id, admit, async (tx, current) => {
        const members = await store.members(tx.sql, [id], mostMembers)
        accounts.rolesChanged(
          tx,
          members.map((member) => member.id),
        )
        await store.remove(tx.sql, id)
        await appendEvents(tx, doorbells, [event('user-group.removed', current)])
        return current
      })
    },
  }
}

function nameTaken(name: string): CallerError {
  return scimError('uniqueness', `There is a user group named ${name} already.`, '/displayName')
}

/** Two at a time may have looked for the name before either had it (SQLSTATE 23505). */
function taken(error: unknown): false {
  if ((error as { code?: unknown }).code === '23505') return false
  throw error
}
