import { TrustError } from '../errors.ts'
import { checkFresh, checkSigned, readEnvelope } from '../metadata/envelope.ts'
import { checkBytes } from '../metadata/files.ts'
import { authorityOf } from '../metadata/root.ts'
import { readSnapshot } from '../metadata/snapshot.ts'
import { startTargets } from './targets.ts'
import { fetch, fetched, known, metadataName, mostBytesOf, persist, read, stored } from './turns.ts'
import type { TrustCrypto } from '../crypto.ts'
import type { Snapshot } from '../metadata/snapshot.ts'
import type { Answer, Effect, Turn, Update } from './update.ts'

export function startSnapshot(update: Update, effects: Effect[]): Turn {
  return read(update, { at: 'stored-snapshot' }, 'snapshot', update.limits.snapshotBytes, effects)
}

export async function afterStoredSnapshot(update: Update, answer: Answer, crypto: TrustCrypto): Promise<Turn> {
  const trusted = await stored(answer, (bytes) => readSigned(bytes, update, crypto))
  const current =
    trusted &&
    (await stored(answer, async (bytes) => {
      await checkBytes(bytes, 'snapshot', known(update.timestamp).snapshot, crypto)
      checkSnapshot(update, trusted)
      return trusted
    }))
  // It is the one that the timestamp names: nothing to fetch.
  if (current) return startTargets({ ...update, snapshot: current }, [])
  const { version } = known(update.timestamp).snapshot
  const name = metadataName('snapshot', known(update.root).consistentSnapshot ? version : null)
  // 5.5.1. The stored one stays the floor for the new one (5.5.5), which takes its place in `afterSnapshot`.
  return fetch(trusted ? { ...update, snapshot: trusted } : update, { at: 'snapshot' }, name, mostBytes(update))
}

function mostBytes(update: Update): number {
  return mostBytesOf('snapshot', known(update.timestamp).snapshot.length, update.limits.snapshotBytes)
}

export async function afterSnapshot(update: Update, answer: Answer, crypto: TrustCrypto): Promise<Turn> {
  const bytes = fetched(answer, 'snapshot', mostBytes(update))
  // 5.5.2: the hashes of the timestamp.
  await checkBytes(bytes, 'snapshot', known(update.timestamp).snapshot, crypto)
  const snapshot = await readSigned(bytes, update, crypto)
  checkSnapshot(update, snapshot)
  // 5.5.7
  return startTargets({ ...update, snapshot }, [persist('snapshot', bytes)])
}

async function readSigned(bytes: Uint8Array, update: Update, crypto: TrustCrypto): Promise<Snapshot> {
  const envelope = readEnvelope(bytes, 'snapshot', update.limits.snapshotBytes)
  const snapshot = readSnapshot(envelope)
  // 5.5.3: arbitrary software.
  await checkSigned(envelope, authorityOf(known(update.root), 'snapshot'), crypto)
  return snapshot
}

function checkSnapshot(update: Update, snapshot: Snapshot): void {
  const named = known(update.timestamp).snapshot
  // 5.5.4: the version of the timestamp.
  if (snapshot.version !== named.version)
    throw new TrustError(
      'version-mismatch',
      'snapshot',
      `version ${snapshot.version}, the timestamp names ${named.version}`,
    )
  // 5.5.5: rollback.
  for (const [file, { version }] of update.snapshot?.meta ?? []) {
    const now = snapshot.meta.get(file)?.version
    if (now === undefined) throw new TrustError('rollback', 'snapshot', `${file} is not listed any more`)
    if (now < version) throw new TrustError('rollback', 'snapshot', `${file} has version ${now}, ${version} is trusted`)
  }
  // 5.5.6: freeze.
  checkFresh('snapshot', snapshot, update.startedAt)
}
