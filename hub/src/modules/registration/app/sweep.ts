import { repeat } from '../../../platform/repeat.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import { tellExpiringKeys } from './expiring-keys.ts'

/** Milliseconds. */
const sweepEvery = 10 * 60_000
/** How long an invitation that has ended is shown, milliseconds. */
const invitationsShown = 30 * 86_400_000

/** How long an enrolment that nobody decided is shown, milliseconds. */
const ticketsKept = 86_400_000
/** How long a certificate that has ended is known, milliseconds. */
const certificatesKept = 86_400_000

/**
 * Forgets sessions and invitations that have expired; they are refused from the moment they expire in any case. Tells of API keys that
 * are about to end.
 */
export function sweep(deps: RegistrationDependencies) {
  const { database, clock, log, storage } = deps
  let stop = (): void => {}
  return {
    start(): void {
      const work = async (): Promise<void> => {
        await storage.credentials.forgetExpired(database.sql, new Date(clock.now()))
        await storage.identityProviders.forgetExpired(database.sql, new Date(clock.now()))
        await tellExpiringKeys(deps)
        await storage.certificates.forgetExpired(database.sql, new Date(clock.now() - certificatesKept))
        await storage.tickets.forgetExpired(database.sql, new Date(clock.now() - ticketsKept))
        await storage.invitations.forgetExpired(database.sql, new Date(clock.now() - invitationsShown))
      }
      stop = repeat({ clock, log, every: sweepEvery, what: 'remove expired sessions and invitations', work })
    },
    stop: (): void => stop(),
  }
}
