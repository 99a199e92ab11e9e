import type { IdentityRecord } from '../../domain/device-identity.ts'
import { grouped } from '../../../../platform/grouped.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import type { IdentityName } from './storage.ts'

/** Milliseconds that a record is believed: what another hub revokes is refused here within that. */
const believedFor = 4_000
/** Records remembered at a time, about 0.6 KB each. */
const mostRemembered = 20_000
const group = { most: 300, waiting: 20_000 }

interface Remembered {
  readonly record: IdentityRecord
  /** Monotonic clock. */
  readonly until: number
}

/** Who is known by which name: from memory and without waiting when it was asked for within the last seconds. */
export class IdentityRecords {
  readonly #deps: Pick<RegistrationDependencies, 'clock' | 'database' | 'storage'>
  readonly #remembered = new Map<string, Remembered>()
  readonly #load: (name: IdentityName) => Promise<IdentityRecord | null>
  /** Grows with every change: answers asked for before it are not remembered. */
  #generation = 0

  constructor(deps: Pick<RegistrationDependencies, 'clock' | 'database' | 'storage'>) {
    this.#deps = deps
    // A name that many ask for at the same time is asked for once.
    this.#load = grouped<IdentityName, IdentityRecord | null>(group, async (names) => {
      const wanted = new Map(names.map((name) => [keyOf(name), name]))
      const found = await deps.storage.deviceIdentities.records(deps.database.sql, [...wanted.values()])
      const records = new Map([...wanted.keys()].map((key, index) => [key, found[index] ?? null]))
      return names.map((name) => records.get(keyOf(name)) ?? null)
    })
  }

  /** Null when there is no such identity. @throws OutsideError `overloaded` */
  find(name: IdentityName): IdentityRecord | Promise<IdentityRecord | null> {
    const known = this.#remembered.get(keyOf(name))
    if (known && this.#deps.clock.monotonic() < known.until) return known.record
    return this.#ask(name)
  }

  /** After any change to devices, identities or credentials: rare beside what they are read for. */
  forget(): void {
    this.#generation++
    this.#remembered.clear()
  }

  async #ask(name: IdentityName): Promise<IdentityRecord | null> {
    const generation = this.#generation
    const until = this.#deps.clock.monotonic() + believedFor
    const record = await this.#load(name)
    const key = keyOf(name)
    this.#remembered.delete(key)
    if (record === null || generation !== this.#generation) return record
    this.#remembered.set(key, { record, until })
    if (this.#remembered.size > mostRemembered) this.#remembered.delete(this.#remembered.keys().next().value!)
    return record
  }
}

function keyOf({ protocol, scope, identity }: IdentityName): string {
  return `${protocol} ${scope} ${identity}`
}
