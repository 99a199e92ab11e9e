import { ApiError, followEvents, type StreamedEvent } from '@sutler/client'
import { useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { connection } from './client.ts'
import { sessionLost } from './session.ts'
import { signal } from './signal.ts'

/**
 * The hub's event stream, once for all pages of a browser: browsers open only six connections to a host, so one page holds the
 * stream and tells the others; when it closes, the next one takes over after the last event that it has seen.
 */
type Listener = (event: StreamedEvent) => void

const listeners = new Set<Listener>()
const state = signal<'connecting' | 'open' | 'lost'>('connecting')
/** Before a stream that was refused is asked for again, milliseconds. */
const pause = 3_000

let begun = false
/** The last place in the stream that this page knows of. */
let place: string | undefined

interface Told {
  readonly state?: 'open' | 'lost'
  readonly event?: StreamedEvent
  readonly place?: string
}

/** Follows the stream as long as the page lives. Called once somebody is logged in. */
export function startLive(): void {
  if (begun) return
  begun = true
  const channel = new BroadcastChannel('sutler-live')
  channel.addEventListener('message', ({ data }: MessageEvent<Told>) => take(data))
  const tell = (told: Told): void => {
    take(told)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin by itself
    channel.postMessage(told)
  }
  void navigator.locks.request('sutler-live', async () => {
    for (;;) {
      await follow(tell)
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  })
}

function take({ state: next, event, place: seen }: Told): void {
  if (next !== undefined) state.set(next)
  if (seen !== undefined) place = seen
  if (event === undefined) return
  place = event.id
  for (const listener of listeners) listener(event)
}

/** Until the hub refuses the stream: the session is over, or the hub serves as many as it can. */
async function follow(tell: (told: Told) => void): Promise<void> {
  try {
    const events = followEvents(connection, {
      ...(place !== undefined && { since: place }),
      opened: (at) => tell({ state: 'open', place: at }),
      lost: () => tell({ state: 'lost' }),
    })
    for await (const event of events) tell({ state: 'open', event })
  } catch (error) {
    tell({ state: 'lost' })
    if (error instanceof ApiError && error.status === 401) sessionLost.tell()
  }
}

/** Whether the stream is there. */
export function useLiveState(): 'connecting' | 'open' | 'lost' {
  return useSyncExternalStore(state.subscribe, state.get)
}

export interface Interest {
  /** Event types; `delivery.*` = all of that noun. */
  readonly types: readonly string[]
  /** Only of this one; absent = of all. */
  readonly subject?: string | undefined
  readonly household?: string | undefined
}

function concerns(event: StreamedEvent, { types, subject, household }: Interest): boolean {
  if (subject !== undefined && event.subject !== subject) return false
  if (household !== undefined && event.household !== household) return false
  return types.some((type) => type === event.type || (type.endsWith('.*') && event.type.startsWith(type.slice(0, -1))))
}

/** Calls `listener` with each event that concerns the page. */
export function useLive(interest: Interest, listener: Listener): void {
  const heard = useEffectEvent((event: StreamedEvent) => {
    if (concerns(event, interest)) listener(event)
  })
  useEffect(() => {
    const entry: Listener = (event) => heard(event)
    listeners.add(entry)
    return () => void listeners.delete(entry)
  }, [])
}

/** However many events come, what they changed is read again at most so often, milliseconds. */
const refreshEvery = 1_000

/** Reads queries anew when events say that they changed, and when the stream is back after a loss. */
export function useLiveRefresh(interest: Interest, ...keys: readonly QueryKey[]): void {
  const client = useQueryClient()
  const refresh = useEffectEvent(() => {
    for (const queryKey of keys) void client.invalidateQueries({ queryKey })
  })
  const heard = useEffectEvent((event: StreamedEvent) => concerns(event, interest))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        refresh()
      }, refreshEvery)
    }
    const entry: Listener = (event) => {
      if (heard(event)) soon()
    }
    listeners.add(entry)
    let before = state.get()
    const unsubscribe = state.subscribe(() => {
      if (before === 'lost' && state.get() === 'open') soon()
      before = state.get()
    })
    return () => {
      listeners.delete(entry)
      unsubscribe()
      clearTimeout(timer)
    }
  }, [])
}
