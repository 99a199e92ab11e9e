import { AsyncLocalStorage } from 'node:async_hooks'
import type { Principal } from './access.ts'

/** On whose behalf code runs. One per request of an authenticated principal; what the hub does by itself has none. */
export interface Acting {
  readonly principal: Principal
  readonly requestId: string
}

const storage = new AsyncLocalStorage<Acting | undefined>()

/** Who the running code acts for; undefined = the hub itself. */
export function acting(): Acting | undefined {
  return storage.getStore()
}

/** Runs `work`, and all that it starts, on behalf of one request. */
export function actFor<T>(who: Acting, work: () => T): T {
  return storage.run(who, work)
}

/**
 * Runs `work` as the hub itself, whoever caused it: for work of many callers at once and for what goes on after the request
 * that set it off. It must not keep that request's limits.
 */
export function actAsHub<T>(work: () => T): T {
  return storage.run(undefined, work)
}
