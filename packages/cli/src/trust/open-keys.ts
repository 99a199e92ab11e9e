import type { Key } from '@sutler/trust'
import { isSealed, KeyFileError, openKeyFile, readPublicKey, type KeyPair } from '@sutler/trust/node'
import { CommandError } from '../command-error.ts'
import { askSecret } from '../ask-secret.ts'
import { readBytes } from '../read-text.ts'

/** Larger than any key file. */
const mostBytes = 65_536

/** The private keys of these files; those that are sealed ask for their passphrase, unless a file has it. */
export async function openKeys(files: readonly string[], passphraseFile?: string): Promise<KeyPair[]> {
  const given = passphraseFile === undefined ? null : (await readSecret(passphraseFile)).replace(/\r?\n$/, '')
  const pairs: KeyPair[] = []
  for (const file of files) {
    const text = await readSecret(file)
    const passphrase = await telling(file, async () => (isSealed(text) ? (given ?? (await ask(file))) : null))
    pairs.push(await telling(file, () => openKeyFile(text, passphrase)))
  }
  return pairs
}

/** The public keys of these files, of private keys or of public parts. */
export async function readPublicKeys(files: readonly string[]): Promise<Key[]> {
  return Promise.all(files.map(async (file) => telling(file, async () => readPublicKey(await readSecret(file)))))
}

/** Of these files those that hold a private key, opened; the others are public parts of absent holders. */
export async function openThoseThatCan(files: readonly string[], passphraseFile?: string): Promise<KeyPair[]> {
  const texts = await Promise.all(files.map(async (file) => [file, await readSecret(file)] as const))
  const secret = texts.filter(([, text]) => text.includes('"sutler-key"')).map(([file]) => file)
  return openKeys(secret, passphraseFile)
}

/** For a new key: asked for twice. */
export async function newPassphrase(): Promise<string> {
  const passphrase = await askSecret('Passphrase for the new key')
  if (passphrase.length < 12)
    throw new CommandError('option-invalid', 'the passphrase is shorter than 12 characters', 'Choose a longer one.')
  if (passphrase !== (await askSecret('The same again')))
    throw new CommandError('option-invalid', 'the passphrases differ', 'Try again.')
  return passphrase
}

/** What a file with a key or a passphrase says. @throws CommandError `file-unreadable`, `file-too-large` */
export async function readSecret(file: string): Promise<string> {
  return (await readBytes(file, mostBytes)).toString('utf8')
}

function ask(file: string): Promise<string> {
  return askSecret(`Passphrase of ${file}`, {
    code: 'passphrase-needed',
    message: `${file} is sealed with a passphrase, and there is no terminal to ask for it`,
    remedy: 'Use --passphrase-file FILE (- = standard input).',
  })
}

async function telling<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error
    const code = error.code === 'passphrase-needed' ? 'passphrase-needed' : 'key-unreadable'
    throw new CommandError(code, `${file}: ${error.message}`, 'Name a file that sutler key generate has made.', error)
  }
}
