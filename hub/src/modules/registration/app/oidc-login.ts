import { randomBytes } from 'node:crypto'
import type { Tx } from '../../../platform/database.ts'
import { CallerError, OutsideError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import type { Account } from '../domain/account.ts'
import {
  accountName,
  mappedRoles,
  oidcLoginLifetime,
  verifiedEmail,
  type Claims,
  type IdentityProvider,
} from '../domain/identity-provider.ts'
import { tokenHash } from '../domain/token.ts'
import type { Accounts } from './accounts.ts'
import type { AttemptLimits } from './attempt-limits.ts'
import type { PeopleDecisions } from './audit/people-decisions.ts'
import { identityRefused, missing, noAccount } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { OidcClient } from './oidc-client.ts'
import type { Session, Sessions } from './sessions.ts'

/** Logging in through an identity provider: authorization code, PKCE, state and nonce, each good once and in one browser. */
export function oidcLogin(
  deps: RegistrationDependencies,
  client: OidcClient,
  accounts: Accounts,
  limits: AttemptLimits,
  sessions: Sessions,
  decisions: PeopleDecisions,
) {
  const { database, doorbells, clock, log, storage } = deps
  const store = storage.identityProviders

  const usable = async (id: string) => {
    const found = await store.withSecret(database.sql, id)
    if (!found || found.provider.disabled) throw missing('identity provider', id)
    return found
  }

  /** The account of a person whom the provider has vouched for, made where an invitation or the role mapping allows it. */
  const accountOf = (provider: IdentityProvider, claims: Claims & { sub: string }): Promise<Account> =>
    database.ofTenant(provider.tenant).transaction(async (tx) => {
      const roles = mappedRoles(provider.roleMapping, claims)
      const linked = await store.identity(tx.sql, provider, claims.sub)
      if (linked) {
        const account = await storage.accounts.find(tx.sql, linked.account, true)
        if (!account || account.disabled || (linked.mapped && roles.length === 0)) throw stranger(provider)
        const changed = linked.mapped ? await accounts.setRoles(tx, account, roles) : account
        if (changed !== account) decisions.admitted(tx, changed, { provider: provider.id }, 'the roles that it gives')
        return changed
      }
      const brought = await broughtBySystem(tx, provider, claims)
      if (brought !== null) {
        decisions.admitted(
          tx,
          brought,
          { provider: provider.id },
          'an account that a system has brought for that person',
        )
        const identity = { account: brought.id, mapped: false }
        await store.link(tx.sql, provider, claims.sub, identity, new Date(clock.now()))
        return brought
      }
      const invited = await byInvitation(tx, provider, claims)
      const account =
        invited ?? (roles.length > 0 ? await insert(tx, claims, { tenant: provider.tenant, roles }) : null)
      if (account === null) throw stranger(provider)
      const mapped = invited === null
      const reason = mapped ? 'the roles that it gives' : 'an invitation of the e-mail address that it has verified'
      decisions.admitted(tx, account, { provider: provider.id }, reason)
      await store.link(tx.sql, provider, claims.sub, { account: account.id, mapped }, new Date(clock.now()))
      return account
    })

  /** One that came by SCIM: without a password, and nobody has logged in as it from elsewhere yet. */
  const broughtBySystem = async (tx: Tx, provider: IdentityProvider, claims: Claims & { sub: string }) => {
    const known = { email: verifiedEmail(claims), subject: claims.sub }
    const id = await deps.entities.accountKnownAs(provider.tenant, known, tx.sql)
    if (id === null || (await storage.accounts.password(tx.sql, id)) !== null) return null
    if (await store.isLinked(tx.sql, id)) return null
    const account = await storage.accounts.find(tx.sql, id, true)
    return account === null || account.disabled ? null : account
  }

  const byInvitation = async (tx: Tx, provider: IdentityProvider, claims: Claims & { sub: string }) => {
    const email = verifiedEmail(claims)
    const now = new Date(clock.now())
    const found = email === null ? null : await storage.invitations.openFor(tx.sql, provider.tenant, email, now)
    if (!found) return null
    const { id, tenant, user, households, roles } = found
    await storage.invitations.use(tx.sql, id, now)
    await appendEvents(tx, doorbells, [
      {
        type: 'invitation.accepted',
        subject: id,
        tenant,
        household: null,
        data: { roles, email, provider: provider.id },
      },
    ])
    return insert(tx, claims, { tenant, roles, ...(user === null ? { households } : { user }) })
  }

  const insert = (tx: Tx, claims: Claims & { sub: string }, wanted: Omit<Parameters<Accounts['insert']>[1], 'name'>) =>
    accounts.insert(tx, { name: accountName(claims, claims.sub), ...wanted }, null)

  return {
    /** Begins a log-in. @returns where to send the browser, and the secret that it keeps */
    async start(id: string, address: string): Promise<{ url: string; browserSecret: string; seconds: number }> {
      limits.admitOidcStart(address)
      const { provider, secret } = await usable(id)
      const [state, browserSecret] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')]
      const url = await client.authorizationUrl(provider, secret, state, browserSecret)
      const expiresAt = new Date(clock.now() + oidcLoginLifetime)
      const login = { state: tokenHash(state), browser: tokenHash(browserSecret), provider, expiresAt }
      await store.begin(database.sql, login)
      return { url, browserSecret, seconds: oidcLoginLifetime / 1000 }
    },

    /**
     * Ends a log-in: whatever becomes of it, it cannot be ended again. @param query of the callback
     * @throws CallerError `identity-refused` (401), `no-account` (403); OutsideError `identity-provider-failed` (503)
     */
    async finish(id: string, query: string, browserSecret: string | undefined): Promise<Session> {
      const state = new URLSearchParams(query).get('state') ?? ''
      const now = new Date(clock.now())
      const began = await store.finish(database.sql, id, tokenHash(state), tokenHash(browserSecret ?? ''), now)
      if (!began || browserSecret === undefined)
        throw new CallerError(identityRefused, 'The log-in was not begun in this browser, or has ended already.')
      const { provider, secret } = await usable(id)
      const refused = (error: unknown): never => {
        const claimed = { tenant: provider.tenant, object: { provider: provider.id } }
        if (error instanceof CallerError) decisions.refused('session.open', claimed, error.entry.title)
        throw error
      }
      const claims = await client.claims(provider, secret, query, state, browserSecret).catch((error: unknown) => {
        if (error instanceof OutsideError || error instanceof CallerError) throw error
        const { code, message } = error as { code?: string; message?: string }
        log.warn({ provider: id, code, reason: message }, 'an identity provider’s answer was refused')
        return refused(
          new CallerError(identityRefused, `${provider.name} did not prove who you are.`, { cause: error }),
        )
      })
      const account = await accountOf(provider, claims).catch(refused)
      log.info({ account: account.id, provider: id }, 'logged in')
      return sessions.start(account, `identity provider ${provider.id}`, 'browser')
    },
  }
}

function stranger(provider: IdentityProvider): CallerError {
  return new CallerError(noAccount, `${provider.name} knows you, but there is no enabled account for you here.`)
}
