import type { SutlerClient } from '@sutler/client'
import type { ComposedHub } from '../../support/composed-hub.ts'

/** Where everything that can be changed is changed once. */
export interface World {
  readonly hub: ComposedHub
  /** Remembers what each answer rests on. */
  readonly api: SutlerClient
  /** One more such client, with a session of its own. */
  readonly login: () => Promise<SutlerClient>
}

export const password = 'a long enough password'
export const reason = 'the test says so'

export const path = <T extends object>(of: T) => ({ params: { path: of } })
