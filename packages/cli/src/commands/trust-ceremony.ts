import { InvalidArgumentError, type Command } from 'commander'
import { openSession } from '../session.ts'
import { initialMetadata } from '../trust/initial.ts'
import { openKeys, openThoseThatCan, readPublicKeys } from '../trust/open-keys.ts'
import { missingSignatures, readPart, submitOrWrite, submitParts, withSignatures, writePart } from '../trust/parts.ts'
import { readMetadataFile } from '../trust/read-metadata.ts'
import { collect, signing, tellOutcome, type SigningOptions } from './trust-options.ts'

/** A whole number from 1. */
export function countOption(text: string): number {
  const count = Number(text)
  if (!/^\d{1,6}$/.test(text) || count < 1) throw new InvalidArgumentError('a whole number from 1 is needed')
  return count
}

interface InitOptions extends SigningOptions {
  readonly rootKey: readonly string[]
  readonly threshold: number
  readonly targetsKey: readonly string[]
}

/** `trust init|sign|submit`: what holders of offline keys do, one after the other if they are several. */
export function addCeremony(trust: Command): void {
  signing(
    trust
      .command('init')
      .description('begin: the first root, signed by its holders’ own keys, which the hub never sees')
      .requiredOption(
        '--root-key <file>',
        'key of a holder of the root (private, or public where it signs later); repeat it',
        collect,
      )
      .option('--threshold <n>', 'how many of them must sign', countOption, 1)
      .requiredOption('--targets-key <file>', 'key that says who the developers are; repeat it', collect),
  ).action(async (options: InitOptions) => {
    const { api, terminal } = await openSession(options.json === true)
    const all = [...new Set([...options.rootKey, ...options.targetsKey])]
    const made = await initialMetadata(api, {
      rootKeys: await readPublicKeys(options.rootKey),
      threshold: options.threshold,
      targetsKeys: await readPublicKeys(options.targetsKey),
      signers: await openThoseThatCan(all, options.passphraseFile),
    })
    const parts = [
      { role: 'root', bytes: made.root },
      { role: 'targets', bytes: made.targets },
    ]
    const outcome = await submitOrWrite(api, parts, options.out)
    tellOutcome(terminal, outcome, 'The hub has its root of trust. Next: sutler trust delegate, for each developer.')
  })
  trust
    .command('sign')
    .description('add a holder’s signature to a file of metadata, in its place')
    .argument('<file>')
    .requiredOption('--key <file>', 'private key of the holder; repeat it', collect)
    .option('--developer <name>', 'the file holds this developer’s targets')
    .option('--root <file>', 'the root that goes along with it, where that is new')
    .option('--passphrase-file <file>', 'read the keys’ passphrase from a file (- = standard input)')
    .option('--json', 'print JSON')
    .action(sign)
  trust
    .command('submit')
    .description('send signed metadata to the hub: a root and targets that belong together at once')
    .argument('<file...>')
    .option('--developer <name>', 'the file holds this developer’s targets')
    .option('--json', 'print JSON')
    .action(async (files: string[], options: { developer?: string; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const read = files.map(async (file) => readPart(file, await readMetadataFile(file), options.developer))
      const parts = await Promise.all(read)
      await submitParts(api, parts)
      const roles = parts.map(({ role }) => role)
      terminal.result({ submitted: roles }, () => `The hub has taken ${roles.join(' and ')}.`)
    })
}

interface SignOptions {
  readonly key: readonly string[]
  readonly developer?: string
  readonly root?: string
  readonly passphraseFile?: string
  readonly json?: boolean
}

async function sign(file: string, options: SignOptions): Promise<void> {
  const { api, terminal } = await openSession(options.json === true)
  const part = readPart(file, await readMetadataFile(file), options.developer)
  const bytes = await withSignatures(part.bytes, await openKeys(options.key, options.passphraseFile))
  await writePart(file, bytes)
  const root = options.root === undefined ? undefined : await readMetadataFile(options.root)
  const missing = await missingSignatures(api, { role: part.role, bytes }, root)
  terminal.result({ file, role: part.role, missing }, () =>
    missing === 0 ? `${part.role} is signed by all who must.` : `${part.role} lacks ${missing} more.`,
  )
}
