import { chmod, writeFile } from 'node:fs/promises'
import { generateKeyPair, keyTypes, publicPart, writeKeyFile } from '@sutler/trust/node'
import { Option, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { createTerminal } from '../terminal.ts'
import { newPassphrase, readPublicKeys, readSecret } from '../trust/open-keys.ts'

interface GenerateOptions {
  readonly out: string
  readonly type: (typeof keyTypes)[number]
  readonly passphraseFile?: string
  readonly unencrypted?: boolean
  readonly json?: boolean
}

/** `key generate|show`. */
export function addKeys(program: Command): void {
  const key = program
    .command('key')
    .description('signing keys of people: they never leave the machine of whom they belong to')
  key
    .command('generate')
    .description('make a private key in a file, sealed with a passphrase')
    .requiredOption('--out <file>', 'file of the private key; it must not exist')
    .addOption(new Option('--type <type>', 'kind of key').choices(keyTypes).default('ed25519'))
    .option('--passphrase-file <file>', 'read the passphrase from a file (- = standard input)')
    .option('--unencrypted', 'leave it readable for whoever has the file')
    .option('--json', 'print JSON')
    .action(generate)
  key
    .command('show')
    .description('print the public part of a key: what others are given')
    .argument('<file>')
    .option('--json', 'print JSON')
    .action(async (file: string, options: { json?: boolean }) => {
      const [found] = await readPublicKeys([file])
      const shown = { ...publicPart(found!), keyid: found!.id }
      createTerminal(options.json === true).result(shown, () => JSON.stringify(publicPart(found!)))
    })
}

async function generate(options: GenerateOptions): Promise<void> {
  const passphrase = options.unencrypted ? null : await passphraseFor(options.passphraseFile)
  const pair = await generateKeyPair(options.type)
  try {
    await writeFile(options.out, writeKeyFile(pair, passphrase), { mode: 0o600, flag: 'wx' })
    await chmod(options.out, 0o600)
  } catch (error) {
    const exists = (error as { code?: string }).code === 'EEXIST'
    throw exists
      ? new CommandError('key-exists', `${options.out} exists`, 'Give the new key another file.', error)
      : new CommandError('file-unwritable', `${options.out} cannot be written`, 'Check the folder.', error)
  }
  createTerminal(options.json === true).result(
    { file: options.out, keyid: pair.key.id, type: pair.type, sealed: passphrase !== null },
    () => `${pair.type} key ${pair.key.id} is in ${options.out}${passphrase === null ? ', not sealed' : ''}`,
  )
}

async function passphraseFor(file: string | undefined): Promise<string> {
  if (file === undefined) return newPassphrase()
  const passphrase = (await readSecret(file)).replace(/\r?\n$/, '')
  if (passphrase === '')
    throw new CommandError(
      'option-invalid',
      `${file} holds no passphrase`,
      'Write it into the first line, or use --unencrypted.',
    )
  return passphrase
}
