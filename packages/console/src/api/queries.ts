import { ApiError } from '@sutler/client'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { sessionLost } from './session.ts'

function noticed(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) sessionLost.tell()
}

/** What has been read of the hub. It is read again when the event stream says that it changed, not by polling. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: noticed }),
  mutationCache: new MutationCache({ onError: noticed }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      // What the hub refused it refuses again; what did not arrive is tried again.
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ApiError && error.status > 0 && error.status < 500),
    },
    mutations: { retry: false },
  },
})
