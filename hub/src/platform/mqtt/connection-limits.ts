import { isLoopback } from '../tls/handshakes.ts'

export interface ConnectionLimitOptions {
  readonly total: number
  /** From one address; gateways of carriers put many homes behind one. */
  readonly perAddress: number
  /** From one loopback address: proxies, simulators. */
  readonly perLoopback: number
  /** Connected but not yet authenticated, over all addresses. */
  readonly pending: number
}

/** Counts connections and says whether one more may come. */
export class ConnectionLimits {
  readonly #options: ConnectionLimitOptions
  readonly #byAddress = new Map<string, number>()
  #total = 0
  #pending = 0

  constructor(options: ConnectionLimitOptions) {
    this.#options = options
  }

  /**
   * Admits one connection from `address`, or returns null. The admission is told when the connection has authenticated and
   * when it has ended, each at most once.
   */
  admit(address: string): Admission | null {
    const count = this.#byAddress.get(address) ?? 0
    const most = isLoopback(address) ? this.#options.perLoopback : this.#options.perAddress
    if (count >= most || this.#total >= this.#options.total || this.#pending >= this.#options.pending) return null
    this.#byAddress.set(address, count + 1)
    this.#total++
    this.#pending++
    let pending = true
    const settle = (): void => {
      if (pending) this.#pending--
      pending = false
    }
    return {
      authenticated: settle,
      ended: () => {
        settle()
        this.#total--
        const left = this.#byAddress.get(address)! - 1
        if (left === 0) this.#byAddress.delete(address)
        else this.#byAddress.set(address, left)
      },
    }
  }
}

export interface Admission {
  authenticated(): void
  ended(): void
}
