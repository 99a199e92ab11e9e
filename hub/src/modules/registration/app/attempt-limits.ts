import type { Clock } from '../../../platform/clock.ts'
import { CallerError } from '../../../platform/errors.ts'
import type { Log } from '../../../platform/log.ts'
import { addressKey, TokenBuckets } from '../../../platform/token-buckets.ts'
import { TooManyAttempts } from './codes.ts'

const keys = 10_000

/** Guessing is slowed by address and, since addresses are cheap to come by, more generously by the name guessed at. */
export function attemptLimits({ clock, log }: { readonly clock: Clock; readonly log: Log }) {
  const loginByAddress = new TokenBuckets({ burst: 20, perSecond: 0.2, keys })
  const loginByName = new TokenBuckets({ burst: 100, perSecond: 1, keys })
  const oidcByAddress = new TokenBuckets({ burst: 30, perSecond: 0.5, keys })
  // In its whole life a certificate needs one; a device that asks all the time is broken, or somebody else.
  const renewalByDevice = new TokenBuckets({ burst: 20, perSecond: 1 / 600, keys })
  const enrolmentByAddress = new TokenBuckets({ burst: 50, perSecond: 1, keys })

  /** @throws TooManyAttempts */
  const requireFree = (attempts: TokenBuckets, key: string): void => {
    const wait = attempts.wait(key, clock.monotonic())
    if (wait > 0) throw new TooManyAttempts(wait)
  }

  /** Names stay out of the log: people type their password in the wrong field. A flood is told once per attempt that was let in. */
  const refused = (address: string, error: unknown): void => {
    const slowed = loginByAddress.wait(addressKey(address), clock.monotonic()) > 0
    const code = error instanceof CallerError ? error.entry.code : 'failed'
    log.warn({ address, code, slowed }, 'a log-in was refused')
  }

  return {
    /**
     * Runs a log-in. It counts from its start, so that many at a time cannot slip through; it is given back when it succeeds.
     * @throws TooManyAttempts
     */
    async login<T>(address: string, name: string, work: () => Promise<T>): Promise<T> {
      const from = addressKey(address)
      requireFree(loginByAddress, from)
      requireFree(loginByName, name)
      loginByAddress.take(from, clock.monotonic())
      loginByName.take(name, clock.monotonic())
      const result = await work().catch((error: unknown) => {
        refused(address, error)
        throw error
      })
      loginByAddress.giveBack(from, clock.monotonic())
      loginByName.giveBack(name, clock.monotonic())
      return result
    },

    /** Refuses an address after too many refused enrolments; those that succeed cost nothing. @throws TooManyAttempts */
    admitEnrolment: (address: string): void => requireFree(enrolmentByAddress, addressKey(address)),

    /** Log-ins begun elsewhere are kept for some minutes. @throws TooManyAttempts */
    admitOidcStart(address: string): void {
      requireFree(oidcByAddress, addressKey(address))
      oidcByAddress.take(addressKey(address), clock.monotonic())
    },

    /** Every renewal costs a signature and a row. @throws TooManyAttempts */
    renewal(device: string): void {
      requireFree(renewalByDevice, device)
      renewalByDevice.take(device, clock.monotonic())
    },

    enrolmentRefused: (address: string): void => enrolmentByAddress.take(addressKey(address), clock.monotonic()),
  }
}

export type AttemptLimits = ReturnType<typeof attemptLimits>
