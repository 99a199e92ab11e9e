import { mainTenant, type Scope } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { IdentityProvider, RoleMapping } from '../domain/identity-provider.ts'
import { issuerRefused, missing, providerThere } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { PageRequest } from './page-request.ts'

export interface NewIdentityProvider {
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | null
  readonly scopes: readonly string[]
  readonly roleMapping: RoleMapping | null
}

/** What is absent stays. */
export interface IdentityProviderChange {
  readonly name?: string | undefined
  readonly clientSecret?: string | null | undefined
  readonly scopes?: readonly string[] | undefined
  readonly roleMapping?: RoleMapping | null | undefined
  readonly disabled?: boolean | undefined
}

/** Where people may log in elsewhere. */
export function identityProviders(deps: RegistrationDependencies) {
  const { database, doorbells, clock, sealing, storage } = deps
  const store = storage.identityProviders
  const seal = (id: string, secret: string | null): Buffer | null =>
    secret === null ? null : sealing.seal(`identity provider ${id}`, Buffer.from(secret))

  /** Without TLS only inside the hub's own network, and only where the operator allows to go there. */
  const requireIssuer = (issuer: string): void => {
    if (issuer.startsWith('https://') || deps.identityProvidersInside) return
    const detail = `${issuer} has no TLS.`
    throw new CallerError(issuerRefused, detail, { places: [{ pointer: '/issuer', detail }] })
  }

  return {
    /** @throws CallerError `issuer-refused` (422), `identity-provider-exists` (409) */
    async add(tenant: string, wanted: NewIdentityProvider): Promise<IdentityProvider> {
      requireIssuer(wanted.issuer)
      const { clientSecret, ...rest } = wanted
      const now = clock.now()
      const made = { id: newId('idp', now), tenant, ...rest, disabled: false, version: 1, createdAt: now }
      await database.transaction(async (tx) => {
        if (!(await store.insert(tx.sql, made, seal(made.id, clientSecret))))
          throw new CallerError(providerThere, `${made.issuer} with client ${made.clientId} is there already.`)
        await appendEvents(tx, doorbells, [event('identity-provider.created', made)])
      })
      return made
    },

    page: (page: PageRequest, scope: Pick<Scope, 'tenant'>): Promise<IdentityProvider[]> =>
      store.page(database.sql, page, scope),

    /** For the log-in page of a tenant: those that can be used there, and the installation's own; the first twenty by name. */
    offered: (tenant: string): Promise<{ id: string; name: string }[]> =>
      store.offered(database.sql, [mainTenant, tenant], 20),

    find: (id: string): Promise<IdentityProvider | null> => store.find(database.sql, id),

    /** @param admit sees it under its lock, and throws when it must not be changed */
    async change(
      tenant: string,
      id: string,
      change: IdentityProviderChange,
      admit: (current: IdentityProvider) => void,
    ) {
      return database.transaction(async (tx) => {
        const current = await store.find(tx.sql, id, true)
        if (current?.tenant !== tenant) throw missing('identity provider', id)
        admit(current)
        const { clientSecret, name = current.name, scopes = current.scopes, disabled = current.disabled } = change
        const roleMapping = change.roleMapping === undefined ? current.roleMapping : change.roleMapping
        const changed = { ...current, name, scopes, disabled, roleMapping, version: current.version + 1 }
        await store.update(tx.sql, changed, clientSecret === undefined ? undefined : seal(id, clientSecret))
        await appendEvents(tx, doorbells, [event('identity-provider.changed', changed)])
        return changed
      })
    },

    /** Nobody logs in through it from now on; accounts and their sessions stay. @throws CallerError `not-found` (404) */
    async remove(tenant: string, id: string): Promise<void> {
      await database.transaction(async (tx) => {
        const found = await store.find(tx.sql, id, true)
        if (found?.tenant !== tenant) throw missing('identity provider', id)
        await store.remove(tx.sql, id)
        await appendEvents(tx, doorbells, [event('identity-provider.removed', found)])
      })
    },
  }
}

function event(type: string, { id, tenant, name, issuer, roleMapping, disabled }: IdentityProvider) {
  return { type, subject: id, tenant, household: null, data: { name, issuer, roleMapping, disabled } }
}
