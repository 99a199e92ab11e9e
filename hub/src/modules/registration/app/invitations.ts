import { mainTenant, type Role, type Scope } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { Account, SessionKind } from '../domain/account.ts'
import { setupLinkLifetime, type Invitation } from '../domain/invitation.ts'
import { newToken, tokenHash, tokenKind } from '../domain/token.ts'
import type { Accounts } from './accounts.ts'
import type { AttemptLimits } from './attempt-limits.ts'
import type { PeopleDecisions } from './audit/people-decisions.ts'
import { invitationRefused, missing } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { Passwords } from './passwords.ts'
import type { Session, Sessions } from './sessions.ts'
import type { PageRequest } from './page-request.ts'

export interface NewInvitation {
  readonly roles: readonly Role[]
  readonly user?: string | undefined
  readonly households?: readonly string[] | undefined
  readonly email: string | null
  readonly expiresInSeconds: number
}

export interface Acceptance {
  readonly token: string
  readonly name: string
  readonly password: string
}

export type Invitations = ReturnType<typeof invitations>

/** One-time links by which people make their accounts, so that nobody ever types another's password. */
export function invitations(
  deps: RegistrationDependencies,
  accounts: Accounts,
  passwords: Passwords,
  limits: AttemptLimits,
  sessions: Sessions,
  decisions: PeopleDecisions,
) {
  const { database, doorbells, clock, storage } = deps
  const store = storage.invitations
  const listeners = new Set<() => void>()

  const made = (by: string | null, tenant: string, wanted: NewInvitation): Invitation => {
    const now = clock.now()
    const { roles, user = null, households = [], email, expiresInSeconds } = wanted
    const times = { createdAt: now, expiresAt: now + expiresInSeconds * 1000, usedAt: null }
    return { id: newId('inv', now), tenant, roles, user, households, email, createdBy: by, ...times }
  }

  /** The account of an invitation that is still open, which is used up. */
  const use = ({ id, tenant }: Pick<Invitation, 'id' | 'tenant'>, name: string, hashed: string): Promise<Account> =>
    database.ofTenant(tenant).transaction(async (tx) => {
      const found = await store.open(tx.sql, id, new Date(clock.now()))
      if (!found) throw refused()
      const { roles, user, households } = found
      const person = user === null ? { households } : { user }
      const account = await accounts.insert(tx, { tenant, name, roles, ...person }, hashed)
      await store.use(tx.sql, found.id, new Date(clock.now()))
      await appendEvents(tx, doorbells, [event('invitation.accepted', found)])
      decisions.admitted(tx, account, { invitation: found.id }, 'a one-time link that is good')
      if (found.createdBy === null) tx.afterCommit(() => listeners.forEach((each) => each()))
      return account
    })

  return {
    /**
     * The token for the first operator, of which only the newest is good; null when there is an operator. Of several hubs
     * that start at the same time the last one's counts.
     */
    async firstOperator(): Promise<string | null> {
      const token = newToken('invitation')
      const expiresInSeconds = setupLinkLifetime / 1000
      const invitation = made(null, mainTenant, { roles: ['operator'], email: null, expiresInSeconds })
      return database.transaction(async (tx) => {
        const operators = await storage.accounts.lockedOperators(tx.sql, mainTenant)
        await store.forgetHubs(tx.sql)
        if (operators.length > 0) return null
        await store.insert(tx.sql, invitation, tokenHash(token))
        return token
      })
    },

    /** Calls `listener` when this hub has made the first operator’s account. */
    onFirstOperator(listener: () => void): void {
      listeners.add(listener)
    },

    /** The token is returned this once. @throws CallerError `unknown-user`, `unknown-household` (422) */
    async add(
      { id: by, tenant }: { readonly id: string; readonly tenant: string },
      wanted: NewInvitation,
    ): Promise<{ invitation: Invitation; token: string }> {
      const token = newToken('invitation')
      const invitation = made(by, tenant, wanted)
      await database.transaction(async (tx) => {
        await accounts.requirePerson(tx, { tenant, ...wanted })
        await store.insert(tx.sql, invitation, tokenHash(token))
        await appendEvents(tx, doorbells, [event('invitation.created', invitation)])
      })
      return { invitation, token }
    },

    page: (page: PageRequest, scope: Pick<Scope, 'tenant'>): Promise<Invitation[]> =>
      store.page(database.sql, page, scope),

    /** Nobody makes an account with it from now on. @throws CallerError `not-found` (404) */
    async revoke(tenant: string, id: string): Promise<void> {
      await database.transaction(async (tx) => {
        const found = await store.remove(tx.sql, tenant, id)
        if (!found) throw missing('invitation', id)
        await appendEvents(tx, doorbells, [event('invitation.revoked', found)])
      })
    },

    /**
     * Makes the account with the name and password that its owner chose, and logs in.
     * @throws CallerError `invitation-refused` (403), `account-name-taken` (409), `weak-password` (422), `too-many-attempts` (429)
     */
    async accept({ token, name, password }: Acceptance, address: string, kind?: SessionKind): Promise<Session> {
      const hash = tokenHash(token)
      const account = await limits.login(address, hash, async () => {
        const found = tokenKind(token) === 'invitation' && (await store.byHash(database.sql, hash))
        if (!found) {
          decisions.refused('account.admit', null, 'no such one-time link')
          throw refused()
        }
        const hashed = await passwords.hashNew(password, name)
        return use(found, name, hashed).catch((error: unknown) => {
          const claimed = { tenant: found.tenant, object: { invitation: found.id } }
          if (error instanceof CallerError) decisions.refused('account.admit', claimed, error.entry.title)
          throw error
        })
      })
      return sessions.start(account, 'its one-time link', kind)
    },
  }
}

function refused(): CallerError {
  return new CallerError(invitationRefused, 'It was used, withdrawn, replaced by a newer one, or has expired.')
}

function event(type: string, { id, tenant, roles, email, createdBy }: Invitation) {
  return { type, subject: id, tenant, household: null, data: { tenant, roles, email, createdBy } }
}
