import { repeat } from '../../../platform/repeat.ts'
import type { WallTime } from '../../../platform/clock.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { CredentialUse } from './storage.ts'

/** Milliseconds: how exactly it is known when a credential was last used. */
const writeEvery = 15_000
/** Uses that wait to be written; beyond that they are not noted: a browser may then have to log in sooner. */
const mostNoted = 20_000

/** When credentials were last used: noted in memory, written many at a time. */
export class CredentialUses {
  readonly #deps: RegistrationDependencies
  #noted = new Map<string, CredentialUse>()
  #stop = (): void => {}

  constructor(deps: RegistrationDependencies) {
    this.#deps = deps
  }

  note(kind: CredentialUse['kind'], hash: string, at: WallTime): void {
    if (this.#noted.size < mostNoted || this.#noted.has(hash)) this.#noted.set(hash, { kind, hash, at })
  }

  start(): void {
    const { clock, log } = this.#deps
    this.#stop = repeat({
      clock,
      log,
      every: writeEvery,
      what: 'note the use of credentials',
      work: () => this.write(),
    })
  }

  async write(): Promise<void> {
    const uses = [...this.#noted.values()]
    if (uses.length === 0) return
    this.#noted = new Map()
    const { database, storage } = this.#deps
    await storage.credentials.used(database.sql, uses)
  }

  stop(): void {
    this.#stop()
  }
}
