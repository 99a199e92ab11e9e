import type { Role, Scope } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/database.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import { accountNameTaken, lastOperator, missing, unknownUser, wrongPassword } from './codes.ts'
import type { Account } from '../domain/account.ts'
import type { AttemptLimits } from './attempt-limits.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { Passwords } from './passwords.ts'
import type { Principals } from './principals.ts'
import type { PageRequest } from './page-request.ts'

export interface NewAccount {
  readonly tenant: string
  readonly name: string
  readonly password: string
  readonly roles: readonly Role[]
  /** The person it is for; absent = a new one of the same name, in `households`. */
  readonly user?: string | undefined
  readonly households?: readonly string[] | undefined
}

export interface AccountChange {
  readonly roles?: readonly Role[] | undefined
  readonly disabled?: boolean | undefined
  readonly password?: string | undefined
}

export type Accounts = ReturnType<typeof accounts>

/** People's accounts. */
export function accounts(
  deps: RegistrationDependencies,
  principals: Principals,
  passwords: Passwords,
  limits: AttemptLimits,
) {
  const { database, doorbells, clock, entities, storage } = deps
  const store = storage.accounts

  /** @param hashed null = the account has no password: its owner logs in elsewhere */
  const insert = async (tx: Tx, wanted: Omit<NewAccount, 'password'>, hashed: string | null): Promise<Account> => {
    if (wanted.user !== undefined) await requireUser(tx, wanted.tenant, wanted.user)
    const id = wanted.user ?? (await entities.addUser(tx, person(wanted))).id
    const { tenant, name, roles } = wanted
    const account: Account = { id, tenant, name, roles, disabled: false, version: 1, createdAt: clock.now() }
    if (!(await store.insert(tx.sql, account, hashed))) {
      throw new CallerError(accountNameTaken, `There is an account named ${name}, or one of user ${id}, already.`)
    }
    await entities.noteAccounts(tx, [noted(account)])
    await appendEvents(tx, doorbells, [event('account.created', account)])
    return account
  }

  const requireUser = async (tx: Tx, tenant: string, id: string): Promise<void> => {
    const [user] = await entities.users([id], tx.sql)
    if (user?.tenant === tenant) return
    const detail = `There is no user ${id}.`
    throw new CallerError(unknownUser, detail, { places: [{ pointer: '/user', detail }] })
  }

  /** Everything that the account was logged in with ends. */
  const cutOff = async (tx: Tx, id: string): Promise<void> => {
    await storage.credentials.endSessions(tx.sql, id)
    tx.afterCommit(() => principals.forget({ account: id }))
  }

  /** @param hashed the new password */
  const changeIn = async (
    tx: Tx,
    id: string,
    change: Omit<AccountChange, 'password'>,
    admit: (current: Account) => void,
    hashed?: string,
  ): Promise<Account> => {
    const tenant = (await store.find(tx.sql, id))?.tenant
    if (tenant === undefined) throw missing('account', id)
    const operators = await store.lockedOperators(tx.sql, tenant)
    const current = await store.find(tx.sql, id, true)
    if (!current) throw missing('account', id)
    admit(current)
    const { roles = current.roles, disabled = current.disabled } = change
    const changed = { ...current, roles, disabled, version: current.version + 1 }
    const operates = changed.roles.includes('operator') && !changed.disabled
    if (!operates && operators.length === 1 && operators[0] === id)
      throw new CallerError(lastOperator, `${current.name} is the last operator.`)
    await store.update(tx.sql, changed)
    if (hashed !== undefined) await store.setPassword(tx.sql, id, hashed)
    await cutOff(tx, id)
    await entities.noteAccounts(tx, [noted(changed)])
    await appendEvents(tx, doorbells, [event('account.changed', changed)])
    return changed
  }

  return {
    insert,

    /** What an identity provider says of the person's roles counts from now on. */
    async setRoles(tx: Tx, account: Account, roles: readonly Role[]): Promise<Account> {
      if (roles.join() === account.roles.join()) return account
      const operators = await store.lockedOperators(tx.sql, account.tenant)
      if (!roles.includes('operator') && operators.length === 1 && operators[0] === account.id) return account
      const changed = { ...account, roles, version: account.version + 1 }
      await store.update(tx.sql, changed)
      await cutOff(tx, account.id)
      await appendEvents(tx, doorbells, [event('account.changed', changed)])
      return changed
    },

    /** That the person of an account to come can be. @throws CallerError `unknown-user`, `unknown-household` (422) */
    async requirePerson(
      tx: Tx,
      { tenant, user, households = [] }: Pick<NewAccount, 'tenant' | 'user' | 'households'>,
    ): Promise<void> {
      if (user !== undefined) await requireUser(tx, tenant, user)
      for (const [i, household] of households.entries()) {
        if ((await entities.household(household, tx.sql))?.tenant === tenant) continue
        const detail = `There is no household ${household}.`
        throw new CallerError(unknownHousehold, detail, { places: [{ pointer: `/households/${i}`, detail }] })
      }
    },

    /**
     * @throws CallerError `account-name-taken` (409), `unknown-user` (422), `unknown-household` (422), `weak-password` (422)
     */
    async add(wanted: NewAccount): Promise<Account> {
      const hashed = await passwords.hashNew(wanted.password, wanted.name)
      return database.transaction((tx) => insert(tx, wanted, hashed))
    },

    find: (id: string): Promise<Account | null> => store.find(database.sql, id),

    page: (page: PageRequest, scope: Pick<Scope, 'tenant'>): Promise<Account[]> =>
      store.page(database.sql, page, scope),

    /**
     * Any change ends the account's sessions. `admit` sees the account under its lock and throws when it must not be changed.
     * @throws CallerError `last-operator` (409) when nobody could operate the hub afterwards, `weak-password` (422)
     */
    async change(id: string, wanted: AccountChange, admit: (current: Account) => void): Promise<Account> {
      const named = wanted.password === undefined ? null : await store.find(database.sql, id)
      const hashed = named ? await passwords.hashNew(wanted.password!, named.name) : undefined
      return database.transaction((tx) => changeIn(tx, id, wanted, admit, hashed))
    },

    changeIn,

    /**
     * Ends all sessions of the account, this one too. Guessing is limited as at log-in.
     * @throws CallerError `wrong-password` (403), `weak-password` (422), `too-many-attempts` (429)
     */
    async changeOwnPassword(id: string, current: string, next: string, address: string): Promise<void> {
      const account = await store.find(database.sql, id)
      const stored = await store.password(database.sql, id)
      if (!account) throw missing('account', id)
      await limits.login(address, account.name, async () => {
        if (stored === null || !(await passwords.verify(current, stored)))
          throw new CallerError(wrongPassword, 'It was left as it was.')
      })
      const hashed = await passwords.hashNew(next, account.name)
      await database.transaction(async (tx) => {
        await store.setPassword(tx.sql, id, hashed)
        await cutOff(tx, id)
      })
    },
  }
}

function person({ tenant, name, households = [] }: Omit<NewAccount, 'password'>) {
  return { tenant, name, email: null, households }
}

/** What entity-management keeps of an account. */
function noted({ id, tenant, name, disabled }: Account) {
  return { user: id, tenant, userName: name, active: !disabled }
}

function event(type: string, { id, tenant, name, roles, disabled }: Account) {
  return { type, subject: id, tenant, household: null, data: { name, roles, disabled } }
}
