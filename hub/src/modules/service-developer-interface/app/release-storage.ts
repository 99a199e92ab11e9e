import type { Scope } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database.ts'
import type { Channel } from '../../service-definitions/index.ts'

export const requestStates = ['waiting', 'approved', 'refused', 'withdrawn'] as const

interface Who {
  readonly id: string
  readonly name: string
}

/** That somebody wants a version released who may not release it alone. */
export interface ReleaseRequest {
  readonly id: string
  readonly tenant: string
  /** Principal id of the service's owner. */
  readonly developer: string
  readonly service: string
  readonly version: string
  readonly channel: Channel
  /** For whoever decides. */
  readonly note: string
  readonly state: (typeof requestStates)[number]
  readonly askedBy: Who
  readonly askedAt: Date
  readonly decidedBy: Who | null
  readonly decidedAt: Date | null
  readonly reason: string
}

export interface RequestPage {
  readonly limit: number
  /** Id of the last one of the page before. */
  readonly after?: string | undefined
  readonly state?: ReleaseRequest['state'] | undefined
  readonly service?: string | undefined
}

export interface ReleaseRequests {
  /** @returns false when one for the same version waits already */
  insert(tx: Tx, request: ReleaseRequest): Promise<boolean>
  find(id: string): Promise<ReleaseRequest | null>
  lock(tx: Tx, id: string): Promise<ReleaseRequest | null>
  settle(tx: Tx, request: ReleaseRequest): Promise<void>
  /** Newest first. */
  page(scope: Scope, page: RequestPage): Promise<ReleaseRequest[]>
  /** Forgets requests that were decided before, at most `limit`. @returns how many */
  forget(before: Date, limit: number): Promise<number>
}
