import { repeat } from '../../../platform/repeat.ts'
import type { RegistrationDependencies } from './dependencies.ts'

/** Milliseconds. */
const sweepEvery = 10 * 60_000

/** Forgets sessions that have expired; they are refused from the moment they expire in any case. */
export function sweep({ database, clock, log, storage }: RegistrationDependencies) {
  let stop = (): void => {}
  return {
    start(): void {
      const work = () => storage.credentials.forgetExpired(database.sql, new Date(clock.now()))
      stop = repeat({ clock, log, every: sweepEvery, what: 'remove expired sessions', work })
    },
    stop: (): void => stop(),
  }
}
