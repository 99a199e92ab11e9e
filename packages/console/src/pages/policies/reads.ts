import { answer } from '@sutler/client'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/client.ts'

/** A policy with its newest version. */
export const policyQuery = (id: string) =>
  queryOptions({
    queryKey: ['policies', 'one', id],
    queryFn: async () => {
      const policy = answer(await api.GET('/api/v1/policies/{id}', { params: { path: { id } } }))
      const params = { path: { id, version: policy.newest } }
      return { policy, newest: answer(await api.GET('/api/v1/policies/{id}/versions/{version}', { params })) }
    },
  })

export const policyVersionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['policies', 'version', id, version],
    queryFn: async () =>
      answer(await api.GET('/api/v1/policies/{id}/versions/{version}', { params: { path: { id, version } } })),
  })
