import { mainTenant } from '../../../../platform/access.ts'
import { authorityOf, checkSigned, readEnvelope, TrustError, type Root } from '@sutler/trust'
import { nodeTrustCrypto } from '@sutler/trust/node/verify'
import type { Tx } from '../../../../platform/database.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { checkRoot } from '../../domain/trust/root-check.ts'
import { checkTargets } from '../../domain/trust/targets-check.ts'
import { nowOf } from './dependencies.ts'
import { refusing, trustFile } from './files.ts'
import { metadataMissing, requireRoot, rootInForce } from './in-force.ts'
import { keep, publish, type PublicationDeps } from './publication.ts'
import type { TrustFile } from './storage.ts'

/** Metadata that were signed offline: a next root, next targets, or both. */
export interface OfflineMetadata {
  readonly root: Uint8Array | null
  readonly targets: Uint8Array | null
}

/**
 * Verifies metadata signed by holders of offline keys, keeps them and publishes what follows from them.
 * @throws CallerError `metadata-refused`; OutsideError `signer-unavailable`
 */
export async function takeMetadata(
  deps: PublicationDeps,
  tx: Tx,
  given: OfflineMetadata,
): Promise<readonly TrustFile[]> {
  const { trust } = deps
  await trust.lock(tx, true)
  const before = await rootInForce(trust, tx)
  const root = given.root === null ? await requireRoot(trust, tx) : await nextRoot(deps, tx, given.root, before)
  const taken = given.root === null ? [] : [trustFile('root', given.root)]
  const targets = await nextTargets(deps, tx, given.targets, root)
  if (targets) taken.push(targets)
  for (const file of taken) await keep(deps, tx, file)
  const keysChanged = before !== null && lostOnlineKey(before, root)
  if (keysChanged || targets) await publish(deps, tx, root, targets ? [targets] : [])
  await appendEvents(tx, deps.doorbells, taken.map(changed))
  return taken
}

/** @throws CallerError `metadata-refused` */
async function nextRoot(deps: PublicationDeps, tx: Tx, bytes: Uint8Array, before: Root | null): Promise<Root> {
  const online = new Set((await deps.trust.onlineKeys(tx)).map(({ keyId }) => keyId))
  return refusing('/root', () => checkRoot(bytes, before, online, nowOf(deps)))
}

/** The targets to be kept; null where those in force go on. */
async function nextTargets(
  { trust, clock }: PublicationDeps,
  tx: Tx,
  bytes: Uint8Array | null,
  root: Root,
): Promise<TrustFile | null> {
  const before = await trust.newest(tx, 'targets')
  if (bytes !== null) {
    await refusing('/targets', () => checkTargets(bytes, root, before?.version ?? 0, nowOf({ clock })))
    return trustFile('targets', bytes)
  }
  if (before === null) throw metadataMissing('/targets', 'the first root comes with the first targets')
  try {
    await checkSigned(readEnvelope(before.bytes, 'targets', Infinity), authorityOf(root, 'targets'), nodeTrustCrypto)
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    throw metadataMissing('/targets', 'the new root has other keys for targets: send targets signed by them along')
  }
  return null
}

function lostOnlineKey(before: Root, after: Root): boolean {
  return (['timestamp', 'snapshot'] as const).some((role) =>
    before.roles[role].keyids.some((id) => !after.roles[role].keyids.includes(id)),
  )
}

export function changed({ role, version }: TrustFile) {
  return { type: 'trust.changed', subject: role, tenant: mainTenant, household: null, data: { role, version } }
}
