import { CallerError } from '../../../platform/errors.ts'
import { sessionLifetime, sessionsPerAccount, type Account } from '../domain/account.ts'
import type { NarrowedPrincipal } from '../domain/decide.ts'
import { bearerToken, newToken, tokenHash, tokenKind } from '../domain/token.ts'
import type { AttemptLimits } from './attempt-limits.ts'
import { loginRefused } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { Passwords } from './passwords.ts'
import { principalOf, type Principals } from './principals.ts'

export interface Session {
  /** Shown this once. */
  readonly token: string
  readonly expiresAt: number
  readonly principal: NarrowedPrincipal
}

export type Sessions = ReturnType<typeof sessions>

/** Logging in and out. */
export function sessions(
  deps: RegistrationDependencies,
  principals: Principals,
  limits: AttemptLimits,
  passwords: Passwords,
) {
  const { database, clock, log, entities, storage } = deps

  const login = async (name: string, password: string): Promise<Session> => {
    const found = await storage.accounts.named(database.sql, name)
    const stored = found?.password ?? null
    const right = stored === null ? await passwords.verifyNobody(password) : await passwords.verify(password, stored)
    if (!found || !right || found.account.disabled) {
      throw new CallerError(loginRefused, 'There is no enabled account with this name and password.')
    }
    return start(found.account)
  }

  const start = async (account: Account): Promise<Session> => {
    const token = newToken('session')
    const now = clock.now()
    const expiresAt = now + sessionLifetime
    await database.transaction((tx) =>
      storage.credentials.addSession(
        tx.sql,
        account.id,
        tokenHash(token),
        new Date(now),
        new Date(expiresAt),
        sessionsPerAccount,
      ),
    )
    const [user] = await entities.users([account.id])
    const owner = { account, kind: 'person', keyName: null, roles: account.roles, actions: null, expiresAt } as const
    return { token, expiresAt, principal: principalOf(owner, user?.households ?? []) }
  }

  return {
    /** Opens a session of an account whose owner has shown who they are. */
    start,

    /**
     * Opens a session. @param address of whoever asks, for the limit on guessing
     * @throws CallerError `login-refused` (401), `too-many-attempts` (429)
     */
    async open(name: string, password: string, address: string): Promise<Session> {
      const session = await limits.login(address, name, () => login(name, password))
      log.info({ account: session.principal.id, name }, 'logged in')
      return session
    },

    /** Ends the session whose token the request carries. False when the request carries an API key instead. */
    async end(authorization: string | undefined): Promise<boolean> {
      const token = bearerToken(authorization)
      if (token === null || tokenKind(token) !== 'session') return false
      const hash = tokenHash(token)
      await storage.credentials.endSession(database.sql, hash)
      principals.forget({ hash })
      return true
    },
  }
}
