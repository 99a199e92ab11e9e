import type { Clock } from '../clock.ts'
import { CallerError } from '../errors.ts'
import type { Log } from '../log.ts'
import { addressKey, TokenBuckets } from '../token-buckets.ts'
import { tooManyRequests } from './codes.ts'

/** Requests a second that are taken for long. */
export interface RequestRates {
  readonly perPrincipal: number
  readonly perAddress: number
}

/** How many seconds' worth may come at once. */
const burstSeconds = 10
/** Principals and addresses remembered, each; the one longest unused is forgotten, and begins with a full bucket again. */
const keys = 20_000

export interface RequestLimits {
  /** @throws RequestLimited */
  admitAddress(address: string): void
  /** @throws RequestLimited */
  admitPrincipal(id: string): void
}

/** A request refused because too many came before it. */
export class RequestLimited extends CallerError {
  /** Whole seconds, at least 1. */
  readonly retryAfter: number
  constructor(milliseconds: number) {
    const seconds = Math.max(1, Math.ceil(milliseconds / 1000))
    super(tooManyRequests, `Try again in ${seconds} s.`)
    this.retryAfter = seconds
  }
}

/** No caller can keep the others from being answered: token buckets by principal, and by address before anybody is asked who it is. */
export function requestLimits(rates: RequestRates, clock: Clock, log: Log): RequestLimits {
  const addresses = buckets(rates.perAddress)
  const principals = buckets(rates.perPrincipal)
  // Whoever floods the hub does not flood its log.
  const told = new TokenBuckets({ burst: 1, perSecond: 1 / 60, keys })
  const admit = (from: TokenBuckets, what: 'address' | 'principal', key: string): void => {
    const now = clock.monotonic()
    const wait = from.tryTake(key, now)
    if (wait === 0) return
    if (told.tryTake(`${what} ${key}`, now) === 0) log.warn({ [what]: key }, 'too many requests: some are refused')
    throw new RequestLimited(wait)
  }
  return {
    admitAddress: (address) => admit(addresses, 'address', addressKey(address)),
    admitPrincipal: (id) => admit(principals, 'principal', id),
  }
}

function buckets(perSecond: number): TokenBuckets {
  return new TokenBuckets({ burst: perSecond * burstSeconds, perSecond, keys })
}
