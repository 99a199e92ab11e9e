import { mainTenant } from '../../../platform/access.ts'
import { actAsHub, actOnInstallation } from '../../../platform/acting.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import type { Tenant } from '../domain/tenant.ts'
import { setupLinkLifetime } from '../domain/invitation.ts'
import { mainTenantStays, missing, tenantExists } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { Invitations } from './invitations.ts'
import type { Principals } from './principals.ts'
import type { PageRequest } from './page-request.ts'

export type TenantChange = { readonly name?: string | undefined; readonly disabled?: boolean | undefined }

/** Tenants, as the operators of the installation make them. The rows are no tenant's. */
export function tenants(deps: RegistrationDependencies, principals: Principals, invitations: Invitations) {
  const { database, doorbells, clock, storage } = deps
  const store = storage.tenants
  return {
    /**
     * With the token by which its first operator makes an account.
     * @throws CallerError `tenant-exists` (409)
     */
    async add(by: string, { id, name }: Pick<Tenant, 'id' | 'name'>): Promise<{ tenant: Tenant; token: string }> {
      const tenant: Tenant = { id, name, disabled: false, version: 1, createdAt: clock.now() }
      await actOnInstallation(() =>
        database.transaction(async (tx) => {
          if (!(await store.insert(tx.sql, tenant)))
            throw new CallerError(tenantExists, `There is a tenant ${id} already.`)
          await appendEvents(tx, doorbells, [event('tenant.created', tenant)])
        }),
      )
      const first = { roles: ['operator'] as const, email: null, expiresInSeconds: setupLinkLifetime / 1000 }
      const { token } = await actOnInstallation(() => invitations.add({ id: by, tenant: id }, first))
      return { tenant, token }
    },

    page: (page: PageRequest): Promise<Tenant[]> => actAsHub(() => store.page(database.sql, page)),

    /**
     * When it is disabled, everybody of it is logged out, here at once and at other hubs within seconds.
     * @throws CallerError `not-found` (404), `main-tenant-stays` (409)
     */
    async change(id: string, change: TenantChange, admit: (current: Tenant) => void): Promise<Tenant> {
      return actOnInstallation(() =>
        database.transaction(async (tx) => {
          const current = await store.find(tx.sql, id, true)
          if (!current) throw missing('tenant', id)
          admit(current)
          const { name = current.name, disabled = current.disabled } = change
          if (disabled && id === mainTenant)
            throw new CallerError(mainTenantStays, 'Its operators run the installation.')
          const changed = { ...current, name, disabled, version: current.version + 1 }
          await store.update(tx.sql, changed)
          await appendEvents(tx, doorbells, [event('tenant.changed', changed)])
          tx.afterCommit(() => principals.forget({ tenant: id }))
          return changed
        }),
      )
    },
  }
}

/** Told to the installation's own tenant. */
function event(type: string, { id, name, disabled }: Tenant) {
  return { type, subject: id, tenant: mainTenant, household: null, data: { name, disabled } }
}
