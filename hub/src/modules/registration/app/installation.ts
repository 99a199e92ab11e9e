import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { InvariantError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { RegistrationDependencies } from './dependencies.ts'

interface Settled {
  readonly hub: string
  readonly fileLinkKey: KeyObject
}

const secretBytes = 32

/** What is made at the first start and shared by all hubs of one database. */
export function installation({ database, sealing, clock, storage }: RegistrationDependencies) {
  let settled: Settled | null = null
  const current = () => {
    if (!settled) throw new InvariantError('registration is used before it was started')
    return settled
  }
  const seal = (secret: Buffer): Buffer => sealing.seal('file links', secret)
  /** The secret as it is stored; in the clear where an older hub stored it: sealed from now on. */
  const opened = async (stored: Buffer): Promise<Buffer> => {
    if (stored.length !== secretBytes) return sealing.open('file links', stored)
    await storage.installation.seal(database.sql, seal(stored))
    return stored
  }
  return {
    /** @throws OutsideError `seal-broken` when another hub made it with another sealing key */
    async start(): Promise<void> {
      const now = clock.now()
      const proposal = { hub: newId('hub', now), fileLinkSecret: seal(randomBytes(secretBytes)) }
      const { hub, fileLinkSecret } = await storage.installation.settle(database.sql, proposal, new Date(now))
      settled = { hub, fileLinkKey: createSecretKey(await opened(fileLinkSecret)) }
    },
    hub: (): string => current().hub,
    fileLinkKey: (): KeyObject => current().fileLinkKey,
  }
}
