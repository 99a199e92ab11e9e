import { answer } from '@sutler/client'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../../api/client.ts'

type Span = 'day' | 'month'

export const fleetTally = queryOptions({
  queryKey: ['overview', 'devices'],
  queryFn: async () => answer(await api.GET('/api/v1/overview/devices')),
})

export const workTally = queryOptions({
  queryKey: ['overview', 'orders'],
  queryFn: async () => answer(await api.GET('/api/v1/overview/orders')),
})

export const presence = (span: Span) =>
  queryOptions({
    queryKey: ['overview', 'presence', span],
    queryFn: async () => answer(await api.GET('/api/v1/overview/presence', { params: { query: { span } } })),
    placeholderData: keepPreviousData,
    // A sample every five minutes.
    refetchInterval: 300_000,
  })

export const outcomes = (span: Span) =>
  queryOptions({
    queryKey: ['overview', 'outcomes', span],
    queryFn: async () => answer(await api.GET('/api/v1/overview/outcomes', { params: { query: { span } } })),
    placeholderData: keepPreviousData,
  })

/** How many enrolments, approvals and instances wait for a person: up to 50 of each are counted. */
export const waiting = queryOptions({
  queryKey: ['overview', 'waiting'],
  queryFn: async () => {
    const [enrolments, approvals, instances, trust] = await Promise.all([
      api.GET('/api/v1/enrolments', { params: { query: { state: 'waiting', limit: 50 } } }),
      api.GET('/api/v1/approvals', { params: { query: { state: 'waiting', limit: 50 } } }),
      api.GET('/api/v1/instances', { params: { query: { attention: 'true', limit: 50 } } }),
      api.GET('/api/v1/trust'),
    ])
    const roles = answer(trust)
    return {
      enrolments: countOf(answer(enrolments)),
      approvals: countOf(answer(approvals)),
      instances: countOf(answer(instances)),
      ending: [...roles.roles, ...roles.developers].filter(({ ending }) => ending).map(({ role }) => role),
    }
  },
})

function countOf({ items, next }: { items: readonly unknown[]; next: string | null }) {
  return { count: items.length, isMore: next !== null }
}
