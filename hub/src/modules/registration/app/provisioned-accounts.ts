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

  /** As people are called elsewhere, in the characters that log-in names have; a second of that name gets a mark of its own. */
  const insert = async (tx: Tx, { user, tenant, userName, active }: ProvisionedAccount): Promise<Account> => {
    const name = accountName({ preferred_username: userName }, userName)
    const account: Account = {
      id: user,
      tenant,
      name,
      // Of their own things people may see and do what every subscriber may; more is given by groups.
      roles: ['subscriber'],
      disabled: !active,
      version: 1,
      createdAt: clock.now(),
    }
    if (await store.insert(tx.sql, account, null)) return account
    const other = { ...account, name: `${name.slice(0, 54)}-${hash('sha256', user).slice(0, 8)}` }
    if (await store.insert(tx.sql, other, null)) return other
    throw new CallerError(accountNameTaken, `There is an account named ${other.name}, or one of user ${user}, already.`)
  }

  return {
    transaction: (work) => database.transaction(work),

    async add(tx, wanted) {
      const made: Account[] = []
      for (const each of wanted) made.push(await insert(tx, each))
      await appendEvents(
        tx,
        doorbells,
        made.map(({ id, tenant, name, roles, disabled }) => {
          return { type: 'account.created', subject: id, tenant, household: null, data: { name, roles, disabled } }
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
