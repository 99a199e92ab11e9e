import type { Clock, Milliseconds } from '../../../../platform/clock.ts'
import { addressKey, TokenBuckets } from '../../../../platform/token-buckets.ts'

const keys = 20_000
/** Pairs of identity and address that were good, remembered at a time. */
const mostFamiliar = 50_000

/**
 * Guesses at devices' credentials are slowed by address and, more generously, by the identity guessed at. Whoever was let in as
 * that identity from that address has an allowance of its own: neither strangers behind the same address nor guesses from
 * elsewhere lock it out.
 */
export class Guesses {
  readonly #clock: Clock
  readonly #byAddress = new TokenBuckets({ burst: 50, perSecond: 1, keys })
  readonly #byIdentity = new TokenBuckets({ burst: 100, perSecond: 1, keys })
  readonly #byFamiliar = new TokenBuckets({ burst: 20, perSecond: 0.2, keys })
  readonly #familiar = new Set<string>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Milliseconds until an attempt may be made; 0 = now. */
  wait(identity: string, address: string): Milliseconds {
    return Math.max(
      ...this.#buckets(identity, address).map(([bucket, key]) => bucket.wait(key, this.#clock.monotonic())),
    )
  }

  wrong(identity: string, address: string): void {
    for (const [bucket, key] of this.#buckets(identity, address)) bucket.take(key, this.#clock.monotonic())
  }

  right(identity: string, address: string): void {
    const pair = pairOf(identity, address)
    if (this.#familiar.has(pair)) return
    this.#familiar.add(pair)
    if (this.#familiar.size > mostFamiliar) this.#familiar.delete(this.#familiar.values().next().value!)
  }

  #buckets(identity: string, address: string): readonly (readonly [TokenBuckets, string])[] {
    const pair = pairOf(identity, address)
    if (this.#familiar.has(pair)) return [[this.#byFamiliar, pair]]
    return [
      [this.#byAddress, addressKey(address)],
      [this.#byIdentity, identity],
    ]
  }
}

function pairOf(identity: string, address: string): string {
  return `${addressKey(address)} ${identity}`
}
