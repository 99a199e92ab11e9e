import {
  authorityOf,
  checkFresh,
  checkKeyIds,
  checkSigned,
  limits,
  readEnvelope,
  readRoot,
  TrustError,
  type Root,
} from '@sutler/trust'
import { nodeTrustCrypto } from '@sutler/trust/node/verify'

/** A root of 512 kB is taken by clients (clientLimits.rootBytes). */
const mostBytes = 500_000

/** Roles that are signed while nobody is asked: one key of one signer must do. */
const unattended = ['timestamp', 'snapshot'] as const

/**
 * Whether a root may follow another one: version N+1, signed by the old and the new threshold, with consistent snapshots and a director,
 * and with online roles that the hubs' signers can sign for.
 * @param before null for the first root
 * @param online ids of the signers' keys
 * @param now seconds since the Unix epoch
 * @throws TrustError
 */
export async function checkRoot(
  bytes: Uint8Array,
  before: Root | null,
  online: ReadonlySet<string>,
  now: number,
): Promise<Root> {
  const envelope = readEnvelope(bytes, 'root', mostBytes)
  const root = readRoot(envelope)
  await checkKeyIds(root.keys, 'root', nodeTrustCrypto)
  if (before) await checkSigned(envelope, authorityOf(before, 'root'), nodeTrustCrypto)
  await checkSigned(envelope, authorityOf(root, 'root'), nodeTrustCrypto)
  const expected = (before?.version ?? 0) + 1
  if (root.version !== expected)
    throw new TrustError('version-mismatch', 'root', `version ${root.version}, ${expected} comes next`)
  checkFresh('root', root, now)
  if (!root.consistentSnapshot) throw new TrustError('bad-field', 'root: consistent_snapshot', 'expected true')
  if (!root.director) throw new TrustError('no-director', 'root', 'it names no keys for the director')
  for (const [name, role] of [
    ...unattended.map((role) => [role, root.roles[role]] as const),
    ['director', root.director] as const,
  ]) {
    if (role.threshold !== 1) throw new TrustError('bad-field', `root: ${name}`, 'its threshold must be 1')
    if (!role.keyids.some((id) => online.has(id)))
      throw new TrustError('bad-field', `root: ${name}`, 'none of its keys is one of a signer of this hub')
  }
  if (root.keys.size > limits.keysPerRole)
    throw new TrustError('too-many', 'root: keys', `${root.keys.size}, at most ${limits.keysPerRole}`)
  return root
}
