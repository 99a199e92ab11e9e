import type { Action, Principal, Role, Scope } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { ApiKey } from '../domain/account.ts'
import { newToken, tokenHash } from '../domain/token.ts'
import { keyTooPowerful, missing } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { Principals } from './principals.ts'
import type { ApiKeyPage } from './storage.ts'

export interface NewApiKey {
  readonly name: string
  readonly roles: readonly Role[]
  readonly actions: readonly Action[] | null
  readonly expiresInSeconds: number
}

/** Credentials for systems: scoped, expiring, on behalf of the person who makes them. */
export function apiKeys(deps: RegistrationDependencies, principals: Principals) {
  const { database, doorbells, clock, storage } = deps
  const store = storage.apiKeys
  return {
    /** The key is returned this once. @throws CallerError `key-too-powerful` (403) */
    async add(owner: Principal, wanted: NewApiKey): Promise<{ apiKey: ApiKey; key: string }> {
      if (owner.kind === 'system') throw new CallerError(keyTooPowerful, 'An API key cannot make API keys.')
      const excess = wanted.roles.filter((role) => !owner.roles.includes(role))
      if (excess.length > 0) throw new CallerError(keyTooPowerful, `${owner.name} is no ${excess.join(', no ')}.`)
      const key = newToken('api-key')
      const now = clock.now()
      const { name, roles, actions, expiresInSeconds } = wanted
      const apiKey: ApiKey = {
        id: newId('key', now),
        tenant: owner.tenant,
        account: owner.id,
        name,
        roles,
        actions,
        createdAt: now,
        expiresAt: now + expiresInSeconds * 1000,
        revokedAt: null,
        lastUsedAt: null,
      }
      await database.transaction(async (tx) => {
        await store.insert(tx.sql, apiKey, tokenHash(key))
        await appendEvents(tx, doorbells, [event('api-key.created', apiKey)])
      })
      return { apiKey, key }
    },

    find: (id: string): Promise<ApiKey | null> => store.find(database.sql, id),

    page: (page: ApiKeyPage, scope: Scope): Promise<ApiKey[]> => store.page(database.sql, page, scope),

    /** Ends the key; a repeat changes nothing. */
    async revoke(id: string): Promise<void> {
      await database.transaction(async (tx) => {
        const apiKey = await store.find(tx.sql, id)
        if (!apiKey) throw missing('API key', id)
        if (apiKey.revokedAt !== null) return
        await store.revoke(tx.sql, id, new Date(clock.now()))
        await appendEvents(tx, doorbells, [event('api-key.revoked', apiKey)])
        tx.afterCommit(() => principals.forget({ account: apiKey.account }))
      })
    },
  }
}

function event(type: string, { id, account, name, roles, actions }: ApiKey) {
  return { type, subject: id, household: null, data: { account, name, roles, actions } }
}
