import {
  authorityOf,
  checkFresh,
  checkKeyIds,
  checkSigned,
  readEnvelope,
  readTargets,
  TrustError,
  type Authority,
  type Root,
  type Targets,
} from '@sutler/trust'
import { nodeTrustCrypto } from '@sutler/trust/node/verify'
import { developerPattern, isDelegated } from './names.ts'

/** Well below what clients take (clientLimits.targetsBytes), and within a request. */
const mostBytes = 900_000
/** Developers: devices search at most 32 roles for a path, but a path has one or two. */
const mostDevelopers = 1_000

/**
 * Whether top-level targets may follow others: signed by the root's keys, version N+1, naming developers and nothing else.
 * @param before version of those in force; 0 for the first
 * @throws TrustError
 */
export async function checkTargets(bytes: Uint8Array, root: Root, before: number, now: number): Promise<Targets> {
  const targets = await checkNext(bytes, 'targets', authorityOf(root, 'targets'), before, now)
  const roles = targets.delegations?.roles ?? []
  if (targets.targets.size > 0)
    throw new TrustError(
      'bad-field',
      'targets: targets',
      'it names files: developers do that, in metadata of their own',
    )
  if (targets.delegations?.bins)
    throw new TrustError('bad-field', 'targets: delegations', 'developers are named one by one')
  if (roles.length > mostDevelopers)
    throw new TrustError('too-many', 'targets: delegations', `${roles.length} developers, at most ${mostDevelopers}`)
  for (const { name, paths } of roles) {
    if (!developerPattern.test(name))
      throw new TrustError('bad-field', 'targets: delegations', `${JSON.stringify(name)} is no name of a developer`)
    if (!paths) throw new TrustError('bad-field', `targets: ${name}`, 'a developer speaks for path patterns')
  }
  if (targets.delegations) await checkKeyIds(targets.delegations.keys, 'targets', nodeTrustCrypto)
  return targets
}

/**
 * Whether a developer's targets may follow others: signed as `targets` says, version N+1, within the delegated paths.
 * @param before version of those in force; 0 for the first
 * @throws TrustError
 */
export async function checkDeveloperTargets(
  bytes: Uint8Array,
  developer: string,
  { delegations }: Targets,
  before: number,
  now: number,
): Promise<Targets> {
  const role = delegations?.roles.find(({ name }) => name === developer)
  if (!delegations || !role) throw new TrustError('not-in-snapshot', developer, 'nothing is delegated to it')
  const targets = await checkNext(bytes, developer, { keys: delegations.keys, role }, before, now)
  if (targets.delegations)
    throw new TrustError('bad-field', `${developer}: delegations`, 'a developer delegates nothing')
  for (const path of targets.targets.keys())
    if (!isDelegated(path, role.paths ?? []))
      throw new TrustError('bad-field', `${developer}: ${path}`, `it may speak for ${(role.paths ?? []).join(', ')}`)
  return targets
}

async function checkNext(
  bytes: Uint8Array,
  name: string,
  authority: Authority,
  before: number,
  now: number,
): Promise<Targets> {
  const envelope = readEnvelope(bytes, name, mostBytes)
  const targets = readTargets(envelope)
  await checkSigned(envelope, authority, nodeTrustCrypto)
  if (targets.version !== before + 1)
    throw new TrustError('version-mismatch', name, `version ${targets.version}, ${before + 1} comes next`)
  checkFresh(name, targets, now)
  return targets
}
