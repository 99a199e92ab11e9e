import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'

/** What these ids are called, asked for all at once; an id that has no name, or none yet, is its own. */
export function useNames(ids: readonly (string | null | undefined)[]): (id: string) => string {
  const wanted = [...new Set(ids.filter((id) => typeof id === 'string'))].toSorted().slice(0, 100)
  const { data } = useQuery({
    queryKey: ['names', wanted],
    queryFn: async () => answer(await api.GET('/api/v1/names', { params: { query: { ids: wanted.join(',') } } })),
    enabled: wanted.length > 0,
    staleTime: 60_000,
    placeholderData: (before) => before,
  })
  const names = new Map(data?.names.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}
