import { answer, type Schemas } from '@sutler/client'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../api/client.ts'

export type Hit = Schemas['SearchAnswer']['groups'][number]['hits'][number]
export type HitKind = Schemas['SearchAnswer']['groups'][number]['kind']

/** Of each kind; more are on the page of results. */
const limit = 5
/** The hub looks nothing up for less, characters. */
export const shortest = 2

/** What is called so, by kind. */
export const hitsFor = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: async ({ signal }) => answer(await api.GET('/api/v1/search', { params: { query: { q, limit } }, signal })),
    enabled: q.length >= shortest,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })

/** The page about a hit. */
export function pageOf(kind: HitKind, { id }: Hit): string {
  return `/${folders[kind]}/${encodeURIComponent(id)}`
}

const folders: Readonly<Record<string, string>> = {
  device: 'devices',
  user: 'people',
  household: 'households',
  organisation: 'households',
  group: 'groups',
  'user-group': 'user-groups',
  service: 'services',
  order: 'orders',
}
