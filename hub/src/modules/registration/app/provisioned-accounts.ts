import { hash } from 'node:crypto'
import type { Tx } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import type { AccountProvisioning, ProvisionedAccount } from '../../entity-management/index.ts'
import type { Account } from '../domain/account.ts'
import { accountName } from '../domain/identity-provider.ts'
import type { Accounts } from './accounts.ts'
import { accountNameTaken, lastOperator, missing } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { Principals } from './principals.ts'

/** Accounts of people whom a system outside brings and takes away (SCIM). */
export function provisionedAccounts(
  { database, doorbells, clock, storage }: RegistrationDependencies,
  principals: Principals,
  accounts: Accounts,
): AccountProvisioning {
  const store = storage.accounts

  const draft = ({ user, tenant, userName, active }: ProvisionedAccount): Account => ({
    id: user,
    tenant,
    name: accountName({ preferred_username: userName }, userName),
    // Of their own things people may see and do what every subscriber may; more is given by groups.
    roles: ['subscriber'],
    disabled: !active,
    version: 1,
    createdAt: clock.now(),
  })

  /** As people are called elsewhere, in the characters that log-in names have; a second of that name gets a mark of its own. */
  const insert = async (tx: Tx, drafts: readonly Account[]): Promise<Account[]> => {
    const written = await store.insertProvisioned(tx.sql, drafts)
    const named = drafts.map((each) => (written.has(each.id) ? each : { ...each, name: markedName(each) }))
    const others = named.filter(({ id }) => !written.has(id))
    if (others.length === 0) return named
    const second = await store.insertProvisioned(tx.sql, others)
    const refused = others.find(({ id }) => !second.has(id))
    if (refused === undefined) return named
    const { id, name } = refused
    throw new CallerError(accountNameTaken, `There is an account named ${name}, or one of user ${id}, already.`)
  }

  return {
    database,

    async add(tx, wanted) {
      const made = await insert(
        tx,
        wanted.map(({ request }) => draft(request)),
      )
      await appendEvents(
        tx,
        doorbells,
        made.map(({ id, tenant, name, roles, disabled }, i) => {
          const data = { name, roles, disabled }
          return { type: 'account.created', subject: id, tenant, household: null, data, ...wanted[i]!.decision }
        }),
      )
    },

    async setActive(tx, user, active) {
      await accounts.changeIn(tx, user, { disabled: !active }, () => {})
    },

    async remove(tx, user) {
      const found = await store.find(tx.sql, user, true)
      if (found === null) throw missing('account', user)
      const operators = await store.lockedOperators(tx.sql, found.tenant)
      if (operators.length === 1 && operators[0] === user)
        throw new CallerError(lastOperator, `${found.name} is the last operator.`)
      await store.remove(tx.sql, user)
      tx.afterCommit(() => principals.forget({ account: user }))
      const { id, tenant, name, roles, disabled } = found
      await appendEvents(tx, doorbells, [
        { type: 'account.removed', subject: id, tenant, household: null, data: { name, roles, disabled } },
      ])
    },

    rolesChanged(tx, users) {
      tx.afterCommit(() => users.forEach((user) => principals.forget({ account: user })))
    },
  }
}

function markedName({ id, name }: Account): string {
  return `${name.slice(0, 54)}-${hash('sha256', id).slice(0, 8)}`
}
