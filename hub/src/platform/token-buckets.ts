import type { Milliseconds } from './clock.ts'

interface Bucket {
  tokens: number
  at: Milliseconds
}

export interface BucketLimits {
  /** TokenBuckets at once. */
  readonly burst: number
  /** After that. */
  readonly perSecond: number
  /** Remembered keys; beyond that the one longest unused is forgotten. */
  readonly keys: number
}

/** Token buckets by key (an address, a name). Time is passed in, by a clock that never goes back. */
export class TokenBuckets {
  readonly #limits: BucketLimits
  readonly #buckets = new Map<string, Bucket>()

  constructor(limits: BucketLimits) {
    this.#limits = limits
  }

  /** Milliseconds until `key` may try again; 0 = now. */
  wait(key: string, now: Milliseconds): Milliseconds {
    const tokens = this.#tokens(key, now)
    return tokens >= 1 ? 0 : ((1 - tokens) / this.#limits.perSecond) * 1000
  }

  /** Counts an attempt. */
  take(key: string, now: Milliseconds): void {
    const tokens = Math.max(0, this.#tokens(key, now) - 1)
    this.#buckets.delete(key)
    this.#buckets.set(key, { tokens, at: now })
    if (this.#buckets.size > this.#limits.keys) this.#buckets.delete(this.#buckets.keys().next().value!)
  }

  /** Counts an attempt if there may be one now. @returns 0, or milliseconds until there may */
  tryTake(key: string, now: Milliseconds): Milliseconds {
    const wait = this.wait(key, now)
    if (wait === 0) this.take(key, now)
    return wait
  }

  /** Takes back an attempt that turned out to be legitimate. */
  giveBack(key: string, now: Milliseconds): void {
    const tokens = this.#tokens(key, now) + 1
    if (tokens >= this.#limits.burst) this.#buckets.delete(key)
    else this.#buckets.set(key, { tokens, at: now })
  }

  #tokens(key: string, now: Milliseconds): number {
    const bucket = this.#buckets.get(key)
    if (!bucket) return this.#limits.burst
    return Math.min(this.#limits.burst, bucket.tokens + ((now - bucket.at) / 1000) * this.#limits.perSecond)
  }
}

/** Who a network address stands for: IPv6 hosts own whole /64 networks, so these count as one. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped) return mapped[1]!
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::')
  const front = head === '' ? [] : head.split(':')
  if (tail === undefined) return front.slice(0, 4).join(':')
  const back = tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0')
  return [...front, ...zeros, ...back].slice(0, 4).join(':')
}
