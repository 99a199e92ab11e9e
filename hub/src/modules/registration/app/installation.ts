import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { InvariantError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { Installation } from './storage.ts'

/** What is made at the first start and shared by all hubs of one database. */
export function installation({ database, clock, storage }: RegistrationDependencies) {
  let settled: (Installation & { readonly fileLinkKey: KeyObject }) | null = null
  const current = () => {
    if (!settled) throw new InvariantError('registration is used before it was started')
    return settled
  }
  return {
    async start(): Promise<void> {
      const now = clock.now()
      const proposal = { hub: newId('hub', now), fileLinkSecret: randomBytes(32) }
      const agreed = await storage.installation.settle(database.sql, proposal, new Date(now))
      settled = { ...agreed, fileLinkKey: createSecretKey(agreed.fileLinkSecret) }
    },
    hub: (): string => current().hub,
    fileLinkKey: (): KeyObject => current().fileLinkKey,
  }
}
