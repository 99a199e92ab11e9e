import { answer } from '@sutler/client'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/client.ts'

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['person', id, 'itself'],
    queryFn: async () => answer(await api.GET('/api/v1/users/{id}', { params: { path: { id } } })),
  })
