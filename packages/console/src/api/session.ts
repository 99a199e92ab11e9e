import { answer, ApiError, type Schemas } from '@sutler/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use, useSyncExternalStore } from 'react'
import { api } from './client.ts'
import { signal } from './signal.ts'

export type Principal = Schemas['Principal']
export type Role = Principal['roles'][number]

const lost = signal(false)

/** Whether the hub has said, after somebody had logged in, that the session is over. */
export const sessionLost = {
  tell: () => lost.set(true),
  clear: () => lost.set(false),
  useIsLost: () => useSyncExternalStore(lost.subscribe, lost.get),
}

export const meQuery = {
  queryKey: ['me'],
  queryFn: async () => answer(await api.GET('/api/v1/me')),
  // Asked again whenever somebody comes back to the page: a session that is over shows before a form is sent in vain.
  staleTime: 0,
} as const

/** Who is logged in: null = nobody, undefined = not known yet. */
export function useMe(): { principal: Principal | null | undefined; fault: Error | null } {
  const { data, error } = useQuery(meQuery)
  // Kept when the session ends: the page stays, and the log-in comes over it.
  if (data !== undefined) return { principal: data, fault: null }
  if (error instanceof ApiError && error.status === 401) return { principal: null, fault: null }
  return { principal: undefined, fault: error }
}

export const PrincipalContext = createContext<Principal | null>(null)

/** Who is logged in. For pages, which are shown only to somebody. */
export function usePrincipal(): Principal {
  return use(PrincipalContext)!
}

/** Whether the principal has one of the roles; operators may do everything, auditors read everything. */
export function hasRole(principal: Principal, ...roles: readonly Role[]): boolean {
  return roles.some((role) => principal.roles.includes(role))
}

/** Logs in; what was read for somebody else is forgotten. @throws ApiError `login-refused`, `too-many-attempts` */
export function useLogIn(): (name: string, password: string) => Promise<void> {
  const client = useQueryClient()
  return async (name, password) => {
    const before = client.getQueryData<Principal>(meQuery.queryKey)
    const { principal } = answer(await api.POST('/api/v1/browser/sessions', { body: { name, password } }))
    if (before !== undefined && before.id !== principal.id) return location.reload()
    client.setQueryData(meQuery.queryKey, principal)
    sessionLost.clear()
    await client.invalidateQueries()
  }
}

export async function logOut(): Promise<void> {
  try {
    await api.DELETE('/api/v1/sessions')
  } catch (error) {
    // Who has no session any more is logged out.
    if (!(error instanceof ApiError && error.status === 401)) throw error
  }
  location.assign('/console/')
}
