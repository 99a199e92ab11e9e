import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { generateKeyPair, keyPair, type KeyPair } from '@sutler/trust/node'
import { onlineRoles, type OnlineRole } from './requests.ts'

/** A key of the signer, and what it was used for. */
export interface StoredKey {
  readonly role: OnlineRole
  readonly pair: KeyPair
  /** When the role got its first key, seconds since the Unix epoch: versions go on from key to key. */
  readonly since: number
  /** The last version that it has signed; 0 = none. */
  last: number
}

interface Written {
  readonly role: OnlineRole
  /** PKCS #8, base64. */
  readonly key: string
  readonly since: number
  readonly last: number
}

/** Keys of one role that are kept: the one in force, one that was just made, and one that is on its way out. */
const keysPerRole = 3

/**
 * The private keys and the last version that each signed, in one file that only the signer's user can read. Written whole, durably,
 * before any signature leaves. Synchronous: the signer does one thing at a time.
 */
export class KeyStore {
  readonly #directory: string
  readonly #keys: StoredKey[]

  private constructor(directory: string, keys: StoredKey[]) {
    this.#directory = directory
    this.#keys = keys
  }

  /** Opens the directory; at the first start it makes a key for each role. @param now seconds since the Unix epoch */
  static async open(directory: string, now: number): Promise<KeyStore> {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    chmodSync(directory, 0o700)
    const written = readWritten(join(directory, 'keys.json'))
    const keys = written.map(async ({ key, ...rest }) => ({
      ...rest,
      pair: await keyPair('ed25519', Buffer.from(key, 'base64')),
    }))
    const store = new KeyStore(directory, await Promise.all(keys))
    for (const role of onlineRoles) if (!store.keys.some((key) => key.role === role)) await store.add(role, now)
    return store
  }

  get keys(): readonly StoredKey[] {
    return this.#keys
  }

  find(role: OnlineRole, keyId: string): StoredKey | undefined {
    return this.#keys.find((key) => key.role === role && key.pair.key.id === keyId)
  }

  /** Makes a key; of those of the role the oldest beyond `keysPerRole` are gone for good. */
  async add(role: OnlineRole, now: number): Promise<StoredKey> {
    const since = this.#keys.find((key) => key.role === role)?.since ?? now
    const made: StoredKey = { role, pair: await generateKeyPair('ed25519'), since, last: 0 }
    this.#keys.push(made)
    const others = this.#keys.filter((key) => key.role === role)
    for (const old of others.slice(0, -keysPerRole)) this.#keys.splice(this.#keys.indexOf(old), 1)
    this.#write()
    return made
  }

  /** Remembers the version of a signature before it is made. */
  used(key: StoredKey, version: number): void {
    key.last = version
    this.#write()
  }

  #write(): void {
    const written = this.#keys.map(({ role, pair, since, last }): Written => {
      return { role, key: pair.privateKey.toString('base64'), since, last }
    })
    const path = join(this.#directory, 'keys.json')
    const file = openSync(`${path}.next`, 'w', 0o600)
    try {
      writeSync(file, `${JSON.stringify(written, null, 2)}\n`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(`${path}.next`, path)
    const directory = openSync(this.#directory, 'r')
    try {
      fsyncSync(directory)
    } finally {
      closeSync(directory)
    }
  }
}

function readWritten(path: string): readonly Written[] {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Written[]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
