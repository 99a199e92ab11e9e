import type { SutlerClient } from '@sutler/client'
import { Option, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { openSession } from '../session.ts'
import { delegated, undelegated } from '../trust/delegation.ts'
import { newestMetadata } from '../trust/hub-metadata.ts'
import { openKeys, openThoseThatCan, readPublicKeys } from '../trust/open-keys.ts'
import { signPart, submitOrWrite, type Part } from '../trust/parts.ts'
import { changedRoot, keyIdsOf, newOnlineKey, renewedTargets, rotatableRoles } from '../trust/rotation.ts'
import { countOption } from './trust-ceremony.ts'
import { collect, signing, tellOutcome, type SigningOptions } from './trust-options.ts'

/** `trust delegate|revoke-delegation|rotate|renew`: changes, each signed by those whose keys speak for it. */
export function addTrustChanges(trust: Command): void {
  signing(
    trust
      .command('delegate')
      .description(
        'let a developer sign services, with a key of their own; in place of an earlier delegation of that name',
      )
      .argument('<developer>', 'name: a–z, 0–9 and -')
      .requiredOption('--key <file>', 'the developer’s public key (sutler key show); repeat it', collect)
      .requiredOption('--services <ids>', 'services, separated by commas; * and ? stand for any characters')
      .option('--threshold <n>', 'how many of the keys must sign', countOption, 1)
      .requiredOption('--targets-key <file>', 'key of the role targets; repeat it', collect),
  ).action(delegate)
  signing(
    trust
      .command('revoke-delegation')
      .description('trust nothing any more that a developer signs')
      .argument('<developer>')
      .requiredOption('--targets-key <file>', 'key of the role targets; repeat it', collect),
  ).action(async (developer: string, options: TargetsOptions) => {
    const { api, terminal } = await openSession(options.json === true)
    const next = undelegated(await required(api, 'targets'), developer)
    const part = await signPart('targets', next, await openKeys(options.targetsKey, options.passphraseFile))
    const outcome = await submitOrWrite(api, [part], options.out)
    tellOutcome(terminal, outcome, `Nothing is delegated to ${developer} any more.`)
  })
  signing(
    trust
      .command('rotate')
      .description('exchange keys of a role by a new root; of an online role the hub’s signer makes the new one')
      .addOption(new Option('--role <role>', 'whose keys').choices(rotatableRoles).makeOptionMandatory())
      .option('--add <file>', 'key that is to speak for root or targets from now on; repeat it', collect)
      .option(
        '--remove <keyid>',
        'key that is to speak for it no longer, or the beginning of its id; repeat it',
        collect,
      )
      .option('--threshold <n>', 'how many of the keys must sign from now on', countOption)
      .requiredOption('--root-key <file>', 'key of a holder of the root, old or new; repeat it', collect)
      .option(
        '--targets-key <file>',
        'with --role targets: a new key, which signs the targets again; repeat it',
        collect,
      ),
  ).action(rotate)
  signing(
    trust
      .command('renew')
      .description('let root, targets or a developer’s targets last longer')
      .argument('<role>', 'root, targets, or a developer')
      .requiredOption('--key <file>', 'key of the role; repeat it', collect)
      .option('--days <n>', 'how long from now', countOption),
  ).action(renew)
}

interface TargetsOptions extends SigningOptions {
  readonly targetsKey: readonly string[]
}

interface DelegateOptions extends TargetsOptions {
  readonly key: readonly string[]
  readonly services: string
  readonly threshold: number
}

async function delegate(name: string, options: DelegateOptions): Promise<void> {
  const { api, terminal } = await openSession(options.json === true)
  const services = options.services.split(',').map((service) => service.trim())
  const keys = await readPublicKeys(options.key)
  const next = delegated(await required(api, 'targets'), { name, keys, threshold: options.threshold, services })
  const part = await signPart('targets', next, await openKeys(options.targetsKey, options.passphraseFile))
  const outcome = await submitOrWrite(api, [part], options.out)
  tellOutcome(terminal, outcome, `${name} may sign ${services.join(', ')}.`)
}

interface RotateOptions extends SigningOptions {
  readonly role: (typeof rotatableRoles)[number]
  readonly add?: readonly string[]
  readonly remove?: readonly string[]
  readonly threshold?: number
  readonly rootKey: readonly string[]
  readonly targetsKey?: readonly string[]
}

async function rotate(options: RotateOptions): Promise<void> {
  const { api, terminal } = await openSession(options.json === true)
  const { role } = options
  const before = await required(api, 'root')
  const online = role === 'timestamp' || role === 'snapshot' || role === 'director'
  if (online && options.add)
    throw new CommandError(
      'option-invalid',
      `--add is for root and targets; the signer makes keys of ${role}`,
      'Leave it out.',
    )
  const add = online ? [await newOnlineKey(api, role)] : await readPublicKeys(options.add ?? [])
  // Of an online role all others go, unless it is said which.
  const remove = options.remove ?? (online ? keyIdsOf(before, role) : [])
  const next = changedRoot(before, { role, add, remove, threshold: options.threshold ?? null })
  const signers = await openThoseThatCan(options.rootKey, options.passphraseFile)
  const parts: Part[] = [await signPart('root', next, signers)]
  if (role === 'targets') parts.push(await targetsAgain(api, options))
  const outcome = await submitOrWrite(api, parts, options.out)
  tellOutcome(terminal, outcome, `The keys of ${role} are exchanged; devices follow by themselves.`)
}

async function targetsAgain(api: SutlerClient, { targetsKey, passphraseFile }: RotateOptions): Promise<Part> {
  if (targetsKey === undefined)
    throw new CommandError(
      'option-invalid',
      'the targets must be signed by the new keys, too',
      'Name them: --targets-key FILE.',
    )
  const keys = await openThoseThatCan(targetsKey, passphraseFile)
  return signPart('targets', renewedTargets(await required(api, 'targets')), keys)
}

interface RenewOptions extends SigningOptions {
  readonly key: readonly string[]
  readonly days?: number
}

async function renew(role: string, options: RenewOptions): Promise<void> {
  const { api, terminal } = await openSession(options.json === true)
  const before = await required(api, role)
  const unchanged = { role: 'root' as const, add: [], remove: [], threshold: null }
  const next = role === 'root' ? changedRoot(before, unchanged, options.days) : renewedTargets(before, options.days)
  const part = await signPart(role, next, await openKeys(options.key, options.passphraseFile))
  tellOutcome(terminal, await submitOrWrite(api, [part], options.out), `${role} lasts longer.`)
}

async function required(api: SutlerClient, role: string): Promise<Uint8Array> {
  const found = await newestMetadata(api, role)
  if (found) return found
  throw new CommandError(
    'metadata-unreadable',
    `the hub has no signed metadata of ${role}`,
    'Begin with sutler trust init.',
  )
}
