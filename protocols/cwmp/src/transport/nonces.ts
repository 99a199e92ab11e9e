import { equal, fresh, seal } from './crypto.ts'
import type { DigestCredentials } from '../wire/http/credentials.ts'

/** Milliseconds that a nonce may be used for. */
const lifetime = 300_000
/** Nonces whose counts are kept; the oldest are forgotten first, and are refused from then on by their age alone. */
const kept = 50_000

/**
 * Nonces that carry their own proof: any hub with the key knows them, bound to the address that they were given to. Each count
 * is taken once (RFC 7616, 3.4), which is known to this hub only.
 */
export class Nonces {
  readonly #key: Uint8Array
  readonly #now: () => number
  readonly #counts = new Map<string, number>()

  constructor(key: Uint8Array, now: () => number) {
    this.#key = key
    this.#now = now
  }

  issue(address: string): string {
    const start = `${this.#now().toString(36)}.${fresh(9)}`
    return `${start}.${seal(this.#key, 'nonce', start, address)}`
  }

  /** good: proceed · stale: too old, used before, or none of this place's: the client is to ask again with a fresh one. */
  judge({ nonce, qop }: DigestCredentials, address: string): 'good' | 'stale' {
    const end = nonce.lastIndexOf('.')
    const start = nonce.slice(0, Math.max(0, end))
    if (!equal(nonce.slice(end + 1), seal(this.#key, 'nonce', start, address))) return 'stale'
    const age = this.#now() - Number.parseInt(start, 36)
    if (!(age >= 0 && age <= lifetime)) return 'stale'
    const count = qop ? Number.parseInt(qop.count, 16) : 1
    if (count <= (this.#counts.get(nonce) ?? 0)) return 'stale'
    this.#counts.set(nonce, count)
    if (this.#counts.size > kept) this.#counts.delete(this.#counts.keys().next().value!)
    return 'good'
  }
}
