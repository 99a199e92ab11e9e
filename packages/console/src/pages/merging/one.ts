import { answer, type Schemas } from '@sutler/client'
import { queryOptions } from '@tanstack/react-query'
import { households } from '#words/households.ts'
import { api } from '../../api/client.ts'

/** What can be there twice, as the hub's addresses call it. */
export const mergeable = ['users', 'households'] as const
export type Mergeable = (typeof mergeable)[number]

/** Somebody or something that may be the same as another: what it is told apart by. */
export interface One {
  readonly id: string
  readonly name: string
  readonly email?: string | null
  readonly kind?: string
  readonly timeZone?: string
  /** Ids. */
  readonly households?: readonly string[]
  readonly createdAt: string
}

export function personOf({ id, name, email, households: homes, createdAt }: Schemas['User']): One {
  return { id, name, email, households: homes, createdAt }
}

export function householdOf({ id, name, kind, timeZone, createdAt }: Schemas['Household']): One {
  return { id, name, kind: households.kinds[kind], timeZone, createdAt }
}

export const oneQuery = (of: Mergeable, id: string) =>
  queryOptions({
    queryKey: [of === 'users' ? 'person' : 'household', id, 'to merge'],
    queryFn: async (): Promise<One> => {
      const params = { path: { id } }
      return of === 'users'
        ? personOf(answer(await api.GET('/api/v1/users/{id}', { params })))
        : householdOf(answer(await api.GET('/api/v1/households/{id}', { params })))
    },
  })

/** Its own page. */
export const pageOf = { users: '/people/$id', households: '/households/$id' } as const
