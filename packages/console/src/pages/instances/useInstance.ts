import { answer, ApiError, followSteps, type Schemas } from '@sutler/client'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, connection } from '../../api/client.ts'
import { sessionLost } from '../../api/session.ts'

export type InstanceView = Schemas['Instance']
export type Entry = Schemas['HistoryEntry']

const historyPage = 200
/** Entries read without being asked for; a long history goes on by a button. */
const readAhead = 1_000
/** However fast it steps, it is read again at most so often, milliseconds. */
const refreshEvery = 500

export function useInstance(model: string, id: string) {
  return useQuery({
    queryKey: ['instances', 'one', model, id],
    queryFn: async () => answer(await api.GET('/api/v1/instances/{model}/{id}', { params: { path: { model, id } } })),
  })
}

/** The steps of an instance, newest first. */
export function useHistory(model: string, id: string) {
  const query = useInfiniteQuery({
    queryKey: ['instances', 'history', model, id],
    initialPageParam: '',
    queryFn: async ({ pageParam }) => {
      const params = {
        path: { model, id },
        query: { limit: historyPage, ...(pageParam !== '' && { cursor: pageParam }) },
      }
      return answer(await api.GET('/api/v1/instances/{model}/{id}/history', { params }))
    },
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const count = (data?.pages.length ?? 0) * historyPage
  const goesOn = hasNextPage && !isFetchingNextPage && count < readAhead
  useEffect(() => {
    if (goesOn) void fetchNextPage()
  }, [goesOn, count, fetchNextPage])
  return { ...query, entries: data?.pages.flatMap(({ items }) => items) ?? [] }
}

/**
 * Follows an instance as it steps: its states are new at once, everything else is read again. @returns whether it is followed:
 * the hub serves as many streams as it can
 */
export function useFollowed(model: string, id: string, isDone: boolean): 'live' | 'lost' | 'done' {
  const client = useQueryClient()
  const [state, setState] = useState<'live' | 'lost'>('live')
  useEffect(() => {
    if (isDone) return undefined
    const abort = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        void client.invalidateQueries({ queryKey: ['instances', 'one', model, id] })
        void client.invalidateQueries({ queryKey: ['instances', 'history', model, id] })
      }, refreshEvery)
    }
    const follow = async (): Promise<void> => {
      const options = {
        signal: abort.signal,
        opened: () => {
          setState('live')
          // What happened between reading it and now.
          refresh()
        },
        lost: () => setState('lost'),
      }
      for await (const { step } of followSteps(connection, { model, id }, options)) {
        client.setQueryData<InstanceView>(['instances', 'one', model, id], (before) =>
          before === undefined ? before : { ...before, states: step.states, done: step.done },
        )
        refresh()
      }
    }
    follow().catch((error: unknown) => {
      if (abort.signal.aborted) return
      setState('lost')
      if (error instanceof ApiError && error.status === 401) sessionLost.tell()
    })
    return () => {
      abort.abort()
      clearTimeout(timer)
    }
  }, [client, model, id, isDone])
  return isDone ? 'done' : state
}
