import { answer } from '@sutler/client'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/client.ts'

/** What a household has: at most a hundred of each, which is more than any of them. */
const limit = 100

export const subscriptionsOf = (household: string) =>
  queryOptions({
    queryKey: ['subscriptions', { household }],
    queryFn: async () => answer(await api.GET('/api/v1/subscriptions', { params: { query: { household, limit } } })),
  })

export const devicesOf = (household: string) =>
  queryOptions({
    queryKey: ['devices', { household }],
    queryFn: async () => answer(await api.GET('/api/v1/devices', { params: { query: { household, limit } } })),
  })

/** Those that are not settled. */
export const openDeliveriesOf = (household: string) =>
  queryOptions({
    queryKey: ['deliveries', { household, open: true }],
    queryFn: async () =>
      answer(await api.GET('/api/v1/deliveries', { params: { query: { household, open: 'true', limit } } })),
  })

/** Titles of services, by id. */
export const serviceTitles = queryOptions({
  queryKey: ['services', 'titles'],
  queryFn: async () => {
    const { items } = answer(await api.GET('/api/v1/services', { params: { query: { limit } } }))
    return new Map(items.map(({ id, title }) => [id, title]))
  },
  staleTime: 5 * 60_000,
})
