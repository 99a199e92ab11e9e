import { answer } from '@sutler/client'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/client.ts'

export const serviceOf = (service: string) =>
  queryOptions({
    queryKey: ['services', service],
    queryFn: async () => answer(await api.GET('/api/v1/services/{service}', { params: { path: { service } } })),
  })

export const versionsOf = (service: string, cursor?: string) =>
  queryOptions({
    queryKey: ['services', service, 'versions', { cursor }],
    queryFn: async () => {
      const params = { path: { service }, query: { cursor } }
      return answer(await api.GET('/api/v1/services/{service}/versions', { params }))
    },
  })

export const versionOf = (service: string, version: string) =>
  queryOptions({
    queryKey: ['services', service, 'versions', version],
    queryFn: async () => {
      const params = { path: { service, version } }
      return answer(await api.GET('/api/v1/services/{service}/versions/{version}', { params }))
    },
  })

export const adoptionOf = (service: string) =>
  queryOptions({
    queryKey: ['adoption', service],
    queryFn: async () =>
      answer(await api.GET('/api/v1/services/{service}/adoption', { params: { path: { service } } })),
  })

export const withdrawalOf = (service: string, version: string) =>
  queryOptions({
    queryKey: ['services', service, 'versions', version, 'withdrawal'],
    queryFn: async () => {
      const params = { path: { service, version } }
      return answer(await api.GET('/api/v1/services/{service}/versions/{version}/withdrawal', { params }))
    },
  })

/** Whether a second person has to release. */
export const releaseRule = queryOptions({
  queryKey: ['release-rule'],
  queryFn: async () => answer(await api.GET('/api/v1/release-rule')),
})
