import { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import {
  browserIdleLimit,
  sessionLifetime,
  sessionsPerAccount,
  type Account,
  type SessionKind,
} from '../domain/account.ts'
import type { NarrowedPrincipal } from '../domain/decide.ts'
import { newToken, presentedToken, tokenHash, tokenKind } from '../domain/token.ts'
import type { AttemptLimits } from './attempt-limits.ts'
import type { PeopleDecisions } from './audit/people-decisions.ts'
import { loginRefused, missing, TooManyAttempts } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { Passwords } from './passwords.ts'
import type { Principals } from './principals.ts'

export interface Session {
  /** Shown this once. */
  readonly token: string
  readonly expiresAt: number
  /** From now until then. */
  readonly seconds: number
  readonly principal: NarrowedPrincipal
}

export type Sessions = ReturnType<typeof sessions>

/** Logging in and out. */
export function sessions(
  deps: RegistrationDependencies,
  principals: Principals,
  limits: AttemptLimits,
  passwords: Passwords,
  decisions: PeopleDecisions,
) {
  const { database, clock, log, storage } = deps

  const login = async (name: string, password: string, kind?: SessionKind): Promise<Session> => {
    const found = await storage.accounts.named(database.sql, name)
    const stored = found?.password ?? null
    const right = stored === null ? await passwords.verifyNobody(password) : await passwords.verify(password, stored)
    if (!found || !right || found.account.disabled) {
      const claimed = found && { tenant: found.account.tenant, object: { account: found.account.id } }
      const reason = !found ? 'no such account' : right ? 'the account is disabled' : 'a wrong password'
      decisions.refused('session.open', claimed, reason)
      throw new CallerError(loginRefused, 'There is no enabled account with this name and password.')
    }
    return start(found.account, 'its password', kind)
  }

  const start = async (account: Account, how: string, kind: SessionKind = 'token'): Promise<Session> => {
    const token = newToken(kind === 'token' ? 'session' : 'browser')
    const now = clock.now()
    const expiresAt = now + sessionLifetime
    const session = { id: newId('ses', now), kind, createdAt: now, lastUsedAt: now, expiresAt }
    await database.transaction(async (tx) => {
      await storage.credentials.addSession(tx.sql, account.id, tokenHash(token), session, sessionsPerAccount)
      decisions.loggedIn(tx, account, session.id, how)
    })
    const owner = {
      account,
      kind: 'person',
      keyName: null,
      keyId: null,
      roles: account.roles,
      actions: null,
      expiresAt,
    } as const
    const seconds = sessionLifetime / 1000
    return { token, expiresAt, seconds, principal: await principals.of(owner) }
  }

  /** Those of an account that are open now. */
  const open = (account: string) => {
    const now = clock.now()
    return storage.credentials.sessions(database.sql, account, new Date(now), new Date(now - browserIdleLimit))
  }

  const tooMany = (error: unknown): never => {
    if (error instanceof TooManyAttempts) decisions.refused('session.open', null, 'too many attempts')
    throw error
  }

  const endByHash = async (hash: string): Promise<void> => {
    await database.transaction((tx) => storage.credentials.endSession(tx.sql, hash))
    principals.forget({ hash })
  }

  return {
    /** Opens a session of an account whose owner has shown who they are. @param how by what */
    start,

    /**
     * Opens a session. @param address of whoever asks, for the limit on guessing
     * @throws CallerError `login-refused` (401), `too-many-attempts` (429)
     */
    async open(name: string, password: string, address: string, kind?: SessionKind): Promise<Session> {
      const session = await limits.login(address, name, () => login(name, password, kind)).catch(tooMany)
      log.info({ account: session.principal.id, name }, 'logged in')
      return session
    },

    /** Ends the session that a request is made with. False when it is made with an API key instead. */
    async end(authorization: string | undefined, cookie: string | undefined): Promise<boolean> {
      const token = presentedToken(authorization, cookie)
      if (token === null || tokenKind(token) === 'api-key') return false
      await endByHash(tokenHash(token))
      return true
    },

    /** The account's open sessions, the newest first; `current`: made with this token. */
    async list(account: string, authorization: string | undefined, cookie: string | undefined) {
      const token = presentedToken(authorization, cookie)
      const hash = token === null ? null : tokenHash(token)
      return (await open(account)).map((session) => ({ session, current: session.hash === hash }))
    },

    /** Ends one of the account's sessions. @throws CallerError `not-found` (404) */
    async endOne(account: string, id: string): Promise<void> {
      const found = (await open(account)).find((session) => session.id === id)
      if (!found) throw missing('session', id)
      await endByHash(found.hash)
    },
  }
}
