import type { Clock } from '../clock.ts'
import { CallerError } from '../errors.ts'
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
export function requestLimits(rates: RequestRates, clock: Clock): RequestLimits {
  const addresses = buckets(rates.perAddress)
  const principals = buckets(rates.perPrincipal)
  const admit = (from: TokenBuckets, key: string): void => {
    const wait = from.tryTake(key, clock.monotonic())
    if (wait > 0) throw new RequestLimited(wait)
  }
  return {
    admitAddress: (address) => admit(addresses, addressKey(address)),
    admitPrincipal: (id) => admit(principals, id),
  }
}

function buckets(perSecond: number): TokenBuckets {
  return new TokenBuckets({ burst: perSecond * burstSeconds, perSecond, keys })
}
