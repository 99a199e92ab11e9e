import { appendEvents } from '../../../platform/events.ts'
import type { RegistrationDependencies } from './dependencies.ts'

/** How long before an API key ends it is said, milliseconds. Keys that last no longer than that end unannounced. */
const notice = 7 * 86_400_000

/** Tells of API keys that are about to end, each once, whichever hub looks first. */
export async function tellExpiringKeys({
  database,
  doorbells,
  clock,
  storage,
}: RegistrationDependencies): Promise<void> {
  await database.transaction(async (tx) => {
    const keys = await storage.apiKeys.expiring(tx.sql, new Date(clock.now()), notice)
    const events = keys.map(({ id, tenant, account, name, expiresAt }) => {
      const data = { account, name, expiresAt: new Date(expiresAt).toISOString() }
      return { type: 'api-key.expiring', subject: id, tenant, household: null, owners: [account], data }
    })
    await appendEvents(tx, doorbells, events)
  })
}
