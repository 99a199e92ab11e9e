import { readFile, writeFile } from 'node:fs/promises'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { CallerError } from '../platform/errors.ts'
import { backupKeyInvalid, backupKeyWrong, backupUnreadable } from './codes.ts'

/** For whom a backup is encrypted: whoever has the key of a recipient, or knows the passphrase. */
export interface Lock {
  /** `age1…`; the hub's machine needs no more than these public parts. */
  readonly recipients: readonly string[]
  readonly passphraseFile: string | null
}

/** What opens it. */
export interface Opener {
  /** File with `AGE-SECRET-KEY-1…`. */
  readonly keyFile: string | null
  readonly passphraseFile: string | null
}

const shortestPassphrase = 12

/** Makes a key pair. The file (mode 0600) is in the form that `age` takes with -i. @returns the recipient */
export async function makeKey(file: string): Promise<string> {
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  const text = `# opens the backups that were made for this recipient; keep it apart from them\n# public key: ${recipient}\n${identity}\n`
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    throw new CallerError(backupKeyInvalid, `${file} cannot be written: ${(error as Error).message}`, { cause: error })
  }
  return recipient
}

/** @throws CallerError `backup-key-invalid` */
export async function encrypter({ recipients, passphraseFile }: Lock): Promise<Encrypter> {
  const made = new Encrypter()
  if ((recipients.length === 0) === (passphraseFile === null))
    throw new CallerError(backupKeyInvalid, 'Name recipients or a file with a passphrase, one of the two.')
  if (passphraseFile !== null) made.setPassphrase(await passphraseIn(passphraseFile))
  for (const recipient of recipients) {
    try {
      made.addRecipient(recipient)
    } catch (error) {
      throw new CallerError(backupKeyInvalid, `${recipient} is no recipient (age1…).`, { cause: error })
    }
  }
  return made
}

/** Decrypts while it is read. @throws CallerError `backup-key-invalid`, `backup-key-wrong`, `backup-unreadable` */
export async function decrypted(
  encrypted: ReadableStream<Uint8Array>,
  { keyFile, passphraseFile }: Opener,
): Promise<ReadableStream<Uint8Array>> {
  const decrypter = new Decrypter()
  if ((keyFile === null) === (passphraseFile === null))
    throw new CallerError(backupKeyInvalid, 'Name a key file or a file with a passphrase, one of the two.')
  if (passphraseFile !== null) decrypter.addPassphrase(await passphraseIn(passphraseFile))
  if (keyFile !== null) for (const identity of await identitiesIn(keyFile)) decrypter.addIdentity(identity)
  try {
    return await decrypter.decrypt(encrypted)
  } catch (error) {
    const { message } = error as Error
    if (/no identity matched/.test(message))
      throw new CallerError(backupKeyWrong, 'It is encrypted for somebody else.', { cause: error })
    throw new CallerError(backupUnreadable, `Its beginning is not that of a backup: ${message}.`, { cause: error })
  }
}

async function passphraseIn(file: string): Promise<string> {
  const passphrase = (await readSecret(file)).trim()
  if (passphrase.length >= shortestPassphrase) return passphrase
  throw new CallerError(backupKeyInvalid, `${file} has no passphrase of ${shortestPassphrase} characters or more.`)
}

async function identitiesIn(file: string): Promise<string[]> {
  const found = (await readSecret(file)).match(/^AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]+$/gm)
  if (found) return found
  throw new CallerError(backupKeyInvalid, `${file} holds no key (AGE-SECRET-KEY-1…).`)
}

async function readSecret(file: string): Promise<string> {
  try {
    return await readFile(file === '-' ? '/dev/stdin' : file, 'utf8')
  } catch (error) {
    throw new CallerError(backupKeyInvalid, `${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
