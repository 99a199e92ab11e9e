import { AsyncLocalStorage } from 'node:async_hooks'
import type { Principal } from './access.ts'
import type { Decided } from './decisions.ts'

/** On whose behalf code runs. One per request of an authenticated principal; what the hub does by itself has none. */
export interface Acting {
  readonly principal: Principal
  readonly requestId: string
  /** Decisions of this request that are not in the audit yet: the next transaction takes them along, the rest is written at its end. */
  readonly decisions: Decided[]
  /** Id of the latest decision; the answer carries it. */
  decision: string | undefined
  /** Ids of what the request names in its path, by what they are. */
  readonly asked: () => Readonly<Record<string, string>>
  /** It works on what is the installation's and no tenant's. */
  readonly onInstallation?: true
}

const storage = new AsyncLocalStorage<Acting | undefined>()

/** Who the running code acts for; undefined = the hub itself. */
export function acting(): Acting | undefined {
  return storage.getStore()
}

/** One request, before anything was decided in it. */
export function request(principal: Principal, requestId: string, asked: Acting['asked'] = nothing): Acting {
  return { principal, requestId, decisions: [], decision: undefined, asked }
}

const nothing = () => ({})

/** Runs `work`, and all that it starts, on behalf of one request. */
export function actFor<T>(who: Acting, work: () => T): T {
  return storage.run(who, work)
}

/**
 * Runs `work`, a part of this request, on what is the installation's and no tenant's: with the hub's login to the database, and
 * still on behalf of the request, whose decisions are recorded with what it changes.
 */
export function actOnInstallation<T>(work: () => T): T {
  const who = storage.getStore()
  return storage.run(who && { ...who, onInstallation: true }, work)
}

/**
 * Runs `work` as the hub itself, whoever caused it: for work of many callers at once and for what goes on after the request
 * that set it off. It must not keep that request's limits.
 */
export function actAsHub<T>(work: () => T): T {
  return storage.run(undefined, work)
}
