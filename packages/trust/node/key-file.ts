import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { publicKey, type Key, type Scheme } from '../src/index.ts'
import { keyPair, keyTypes, type KeyPair, type KeyType } from './key-pair.ts'
import { nodeTrustCrypto } from './verify.ts'

/**
 * A private key at rest: JSON with the public part in the clear, the private part (PKCS #8) sealed by AES-256-GCM under a key that
 * scrypt makes of a passphrase, or plain where somebody asked for that.
 */

/** `passphrase-needed`, `passphrase-wrong`, `not-a-key`. */
export class KeyFileError extends Error {
  readonly code: 'passphrase-needed' | 'passphrase-wrong' | 'not-a-key'
  constructor(code: KeyFileError['code'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'KeyFileError'
    this.code = code
  }
}

/** 128 MB and about half a second for each guess. */
const cost = { N: 131_072, r: 8, p: 1 }
const mostMemory = 512 * 1024 * 1024

interface KeyFile {
  readonly 'sutler-key': 1
  readonly type: KeyType
  readonly public: { readonly keytype: string; readonly scheme: Scheme; readonly keyval: { readonly public: string } }
  readonly private:
    | { readonly pkcs8: string }
    | {
        readonly kdf: 'scrypt'
        readonly N: number
        readonly r: number
        readonly p: number
        readonly salt: string
        readonly nonce: string
        readonly sealed: string
      }
}

/** @param passphrase null leaves the private key readable for whoever has the file */
export function writeKeyFile({ type, key, privateKey }: KeyPair, passphrase: string | null): string {
  const file: KeyFile = {
    'sutler-key': 1,
    type,
    public: publicPart(key),
    private: passphrase === null ? { pkcs8: privateKey.toString('base64') } : seal(privateKey, passphrase, key.id),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** The public part of a key, as metadata hold it: what is given to others. */
export function publicPart({ keytype, scheme, text }: Key): KeyFile['public'] {
  return { keytype, scheme: scheme as Scheme, keyval: { public: text } }
}

/** The public key of a private key's file or of a public part alone. @throws KeyFileError `not-a-key` */
export async function readPublicKey(text: string): Promise<Key> {
  const json = parse(text)
  return publicOf('sutler-key' in json ? (json as unknown as KeyFile).public : (json as unknown as KeyFile['public']))
}

/** Whether a passphrase is needed for it. @throws KeyFileError `not-a-key` */
export function isSealed(text: string): boolean {
  return 'sealed' in readFile(text).private
}

/** @throws KeyFileError */
export async function openKeyFile(text: string, passphrase: string | null): Promise<KeyPair> {
  const file = readFile(text)
  const known = await publicOf(file.public)
  const pkcs8 = 'pkcs8' in file.private ? Buffer.from(file.private.pkcs8, 'base64') : open(file, known.id, passphrase)
  const pair = await keyPair(file.type, pkcs8).catch((error: unknown) => {
    throw new KeyFileError('not-a-key', 'its private part is no key', error)
  })
  if (pair.key.id !== known.id)
    throw new KeyFileError('not-a-key', 'its public and private parts do not belong together')
  return pair
}

function seal(privateKey: Buffer, passphrase: string, keyId: string): KeyFile['private'] {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', keyOf(passphrase, salt, cost), nonce)
  cipher.setAAD(Buffer.from(keyId))
  const sealed = Buffer.concat([cipher.update(privateKey), cipher.final(), cipher.getAuthTag()])
  const [saltText, nonceText] = [salt.toString('base64'), nonce.toString('base64')]
  return { kdf: 'scrypt', ...cost, salt: saltText, nonce: nonceText, sealed: sealed.toString('base64') }
}

function open({ private: part }: KeyFile, keyId: string, passphrase: string | null): Buffer {
  if (!('sealed' in part)) throw new KeyFileError('not-a-key', 'it has no private part')
  if (passphrase === null) throw new KeyFileError('passphrase-needed', 'it is sealed with a passphrase')
  const { N, r, p, salt, nonce } = part
  // What a file says is not believed: it must not be able to fill the memory.
  if (![N, r, p].every(Number.isSafeInteger) || N > 1_048_576 || 128 * N * r > mostMemory || p > 16)
    throw new KeyFileError('not-a-key', 'its scrypt parameters are out of bounds')
  const sealed = Buffer.from(part.sealed, 'base64')
  try {
    const key = keyOf(passphrase, Buffer.from(salt, 'base64'), { N, r, p })
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(keyId))
    decipher.setAuthTag(sealed.subarray(-16))
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  } catch (error) {
    throw new KeyFileError('passphrase-wrong', 'the passphrase does not open it', error)
  }
}

function keyOf(passphrase: string, salt: Buffer, { N, r, p }: typeof cost): Buffer {
  return scryptSync(passphrase.normalize('NFC'), salt, 32, { N, r, p, maxmem: 2 * mostMemory })
}

async function publicOf(part: KeyFile['public']): Promise<Key> {
  try {
    return await publicKey(part.scheme, part.keyval.public, nodeTrustCrypto)
  } catch (error) {
    throw new KeyFileError('not-a-key', 'it holds no public key', error)
  }
}

function readFile(text: string): KeyFile {
  const file = parse(text) as unknown as KeyFile
  if (file['sutler-key'] === 1 && keyTypes.includes(file.type) && typeof file.private === 'object') return file
  throw new KeyFileError('not-a-key', 'it is no file of a private key')
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch (error) {
    throw new KeyFileError('not-a-key', 'it is not JSON', error)
  }
  throw new KeyFileError('not-a-key', 'it is no JSON object')
}
