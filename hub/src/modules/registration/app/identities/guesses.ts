import type { Clock, Milliseconds } from '../../../../platform/clock.ts'
import { addressKey, TokenBuckets } from '../../../../platform/token-buckets.ts'

const keys = 20_000
/** Pairs of identity and address that were good, remembered at a time. */
const mostFamiliar = 50_000

/** An attempt under way. */
export interface Attempt {
  /** It is who it says: the attempt cost nothing, and the next one from there is judged by itself. */
  right(): void
  /** It has proved something, if not that: the attempt cost nothing. */
  forgiven(): void
}

/** Who attempts what. */
export interface AttemptBy {
  /** With its protocol and tenant. */
  readonly identity: string
  readonly address: string
  /** A password, which a person may have chosen; all else is too random to be guessed, and only costs look-ups. */
  readonly guessable: boolean
}

/**
 * Guesses at devices' credentials are slowed by address and, more generously, by the identity guessed at. Whoever was let in as
 * that identity from that address has an allowance of its own: neither strangers behind the same address nor guesses from
 * elsewhere lock it out. Many devices stand behind one address, some of them with a wrong secret: what cannot be guessed is slowed
 * only where it is a flood.
 */
export class Guesses {
  readonly #clock: Clock
  // As many as may come at once after a hub was away, all from behind one proxy: attempts count until they turn out right.
  readonly #passwordsByAddress = new TokenBuckets({ burst: 1_000, perSecond: 1, keys })
  readonly #othersByAddress = new TokenBuckets({ burst: 20_000, perSecond: 100, keys })
  readonly #byIdentity = new TokenBuckets({ burst: 100, perSecond: 1, keys })
  readonly #byFamiliar = new TokenBuckets({ burst: 100, perSecond: 0.2, keys })
  readonly #familiar = new Set<string>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Counts an attempt from its start, so that many at a time cannot slip through.
   * @returns milliseconds until one may be made, where there were too many
   */
  begin(by: AttemptBy): Attempt | Milliseconds {
    const now = this.#clock.monotonic()
    const pair = `${addressKey(by.address)} ${by.identity}`
    const buckets = this.#buckets(by, pair)
    const wait = Math.max(...buckets.map(([bucket, key]) => bucket.wait(key, now)))
    if (wait > 0) return wait
    for (const [bucket, key] of buckets) bucket.take(key, now)
    const forgiven = (): void => {
      for (const [bucket, key] of buckets) bucket.giveBack(key, this.#clock.monotonic())
    }
    return {
      forgiven,
      right: () => {
        forgiven()
        this.#remember(pair)
      },
    }
  }

  #remember(pair: string): void {
    if (this.#familiar.has(pair)) return
    this.#familiar.add(pair)
    if (this.#familiar.size > mostFamiliar) this.#familiar.delete(this.#familiar.values().next().value!)
  }

  #buckets({ identity, address, guessable }: AttemptBy, pair: string): readonly (readonly [TokenBuckets, string])[] {
    if (this.#familiar.has(pair)) return [[this.#byFamiliar, pair]]
    const byAddress = guessable ? this.#passwordsByAddress : this.#othersByAddress
    return [
      [byAddress, addressKey(address)],
      [this.#byIdentity, identity],
    ]
  }
}
