import { signFile } from '@sutler/trust'
import type { Clock } from '../platform/clock.ts'
import { documentOf } from './documents.ts'
import type { KeyStore, StoredKey } from './key-store.ts'
import { Rate } from './rate.ts'
import { SignerRefusal } from './refusal.ts'
import { signerRequest, type OnlineKey, type OnlineRole, type SignRequest, type UsedKey } from './requests.ts'
import { checkVersion } from './version-rule.ts'

/**
 * Holds the online private keys and signs documents that it has written itself, of the role's own type, with growing versions and a
 * near end. What it answers never holds a private key.
 */
export class Signer {
  readonly #keys: KeyStore
  readonly #clock: Clock
  /** Assignments are asked for by fleets; the others change with publications, and by themselves twice a day. */
  readonly #rates: Readonly<Record<OnlineRole | 'new-key', Rate>>

  constructor(keys: KeyStore, clock: Clock) {
    this.#keys = keys
    this.#clock = clock
    this.#rates = {
      timestamp: new Rate(clock, 50, 500),
      snapshot: new Rate(clock, 50, 500),
      director: new Rate(clock, 4_000, 20_000),
      'new-key': new Rate(clock, 0.01, 10),
    }
  }

  /** @throws SignerRefusal */
  async answer(asked: unknown): Promise<unknown> {
    const request = signerRequest.safeParse(asked)
    if (!request.success) throw new SignerRefusal('bad-request', request.error.issues[0]?.message ?? 'not readable')
    switch (request.data.kind) {
      case 'public-keys':
        return this.#keys.keys.map((key): UsedKey => ({ ...onlineKey(key), last: key.last }))
      case 'new-key':
        this.#rates['new-key'].take()
        return onlineKey(await this.#keys.add(request.data.role, this.#now()))
      case 'sign':
        return this.#sign(request.data)
    }
  }

  async #sign(request: SignRequest): Promise<string> {
    const key = this.#keys.find(request.role, request.key)
    if (key === undefined)
      throw new SignerRefusal('unknown-key', `${request.key} is no ${request.role} key of this signer`)
    if (request.role === 'snapshot' && !request.fields.meta.some(({ role }) => role === 'targets'))
      throw new SignerRefusal('bad-request', 'a snapshot lists targets')
    checkVersion(request, key, this.#now())
    this.#rates[request.role].take()
    const document = documentOf(request)
    if (request.role !== 'director') this.#remember(key, request.fields.version)
    return Buffer.from(await signFile(document, [key.pair.signer])).toString('base64')
  }

  /** A version that might not be remembered must not be signed. */
  #remember(key: StoredKey, version: number): void {
    const before = key.last
    try {
      this.#keys.used(key, version)
    } catch (error) {
      key.last = before
      throw new SignerRefusal('not-written', `the version could not be written: ${(error as Error).message}`)
    }
  }

  #now(): number {
    return Math.floor(this.#clock.now() / 1000)
  }
}

function onlineKey({ role, pair }: StoredKey): OnlineKey {
  return { role, keyId: pair.key.id, scheme: 'ed25519', public: pair.key.text }
}
