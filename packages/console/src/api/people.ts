import { answer, ApiError } from '@sutler/client'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

/** What an account is called: of whoever may not read accounts, or who has none any more, only the id is known. */
export const accountNameQuery = (id: string) =>
  queryOptions({
    queryKey: ['accounts', 'name', id],
    queryFn: async () => {
      try {
        return answer(await api.GET('/api/v1/accounts/{id}', { params: { path: { id } } })).name
      } catch (error) {
        if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return id
        throw error
      }
    },
    staleTime: 300_000,
  })
