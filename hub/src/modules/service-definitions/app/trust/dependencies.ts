import type { Clock } from '../../../../platform/clock.ts'
import type { Database } from '../../../../platform/database.ts'
import type { Doorbells } from '../../../../platform/doorbells.ts'
import type { Log } from '../../../../platform/log.ts'
import type { OnlineSigner } from '../../../../signer/requests.ts'
import type { TrustStorage } from './storage.ts'

/** What the use cases about signed metadata work with. */
export interface TrustDependencies {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly log: Log
  readonly signer: OnlineSigner
  readonly trust: TrustStorage
}

/** Seconds since the Unix epoch. */
export function nowOf({ clock }: Pick<TrustDependencies, 'clock'>): number {
  return Math.floor(clock.now() / 1000)
}
