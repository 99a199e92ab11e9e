import { createHash } from 'node:crypto'
import { seal } from './crypto.ts'

/** Logins whose keys are kept; most devices have one of their own. */
const kept = 20_000

/** Names of the management settings that a device is to have: it names the one that it has (TR-069 A.3.2.1). */
export class ParameterKeys {
  readonly #key: Uint8Array
  readonly #informInterval: number
  readonly #known = new Map<string, string>()

  constructor(key: Uint8Array, informInterval: number) {
    this.#key = key
    this.#informInterval = informInterval
  }

  /** At most 32 characters; the login cannot be read from it. */
  of(login: { readonly username: string; readonly password: string } | null): string {
    const text = login === null ? '' : `${login.username}\n${login.password}`
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const made = `sutler-${seal(this.#key, 'settings', String(this.#informInterval), text).slice(0, 12)}`
    this.#known.set(text, made)
    if (this.#known.size > kept) this.#known.delete(this.#known.keys().next().value!)
    return made
  }
}

/** A time in the past from which a device counts its Informs: each has its own place in the interval. */
export function informTimeOf(device: string, interval: number): string {
  const phase = createHash('sha256').update(device).digest().readUInt32BE(0) % interval
  return new Date(Date.UTC(2020, 0, 1) + phase * 1000).toISOString().replace('.000', '')
}
