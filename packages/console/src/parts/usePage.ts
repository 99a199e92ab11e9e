import { keepPreviousData, useQuery, type QueryKey } from '@tanstack/react-query'
import type { Page } from './DataTable.tsx'

interface ReadPage<Row> {
  readonly page: Page<Row> | undefined
  readonly error: Error | null
  readonly retry: () => void
}

/**
 * A page of a list of the hub, as `DataTable` takes it: the one before stays until it is there.
 * @param queryKey begins with the noun, and has all that the list is narrowed by
 */
export function usePage<Row>(queryKey: QueryKey, read: () => Promise<Page<Row>>): ReadPage<Row> {
  const { data, error, refetch } = useQuery({ queryKey, queryFn: read, placeholderData: keepPreviousData })
  return { page: data, error, retry: () => void refetch() }
}
