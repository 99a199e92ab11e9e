import type { RegistrationDependencies } from './dependencies.ts'

/** Milliseconds. */
const sweepEvery = 10 * 60_000

/** Forgets sessions that have expired; they are refused from the moment they expire in any case. */
export function sweep({ database, clock, log, storage }: RegistrationDependencies) {
  let cancel: (() => void) | null = null
  let stopped = false
  const later = (): void => {
    if (stopped) return
    cancel = clock.after(sweepEvery, () => {
      storage.credentials
        .forgetExpired(database.sql, new Date(clock.now()))
        .catch((error: unknown) => log.warn({ err: error }, 'could not remove expired sessions; trying again later'))
        .finally(later)
    })
  }
  return {
    start: later,
    stop(): void {
      stopped = true
      cancel?.()
    },
  }
}
