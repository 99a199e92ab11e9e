import { createHash } from 'node:crypto'
import { readEnvelope, readSnapshot, sha256Of, type Root } from '@sutler/trust'
import type { Tx } from '../../../../platform/database.ts'
import { lives } from '../../domain/trust/lives.ts'
import { nowOf, type TrustDependencies } from './dependencies.ts'
import { trustFile } from './files.ts'
import type { OnlineRoles } from './online.ts'
import type { TrustFile } from './storage.ts'

export interface PublicationDeps extends TrustDependencies {
  readonly online: OnlineRoles
}

type Listed = { readonly role: string; readonly version: number; readonly length: number; readonly sha256: string }

/** Snapshots and developers' targets that are kept for clients that are under way. */
const keptVersions = 100

/** Keeps a file of metadata that was verified. */
export async function keep({ trust, clock }: TrustDependencies, tx: Tx, file: TrustFile): Promise<void> {
  await trust.add(tx, file, new Date(clock.now()))
  if (file.role !== 'root') await trust.prune(tx, file.role, file.role === 'timestamp' ? 1 : keptVersions)
}

/** Publishes what has changed: a snapshot that lists it, and a timestamp. Versions go on also where another key signs them. */
export async function publish(deps: PublicationDeps, tx: Tx, root: Root, changed: readonly TrustFile[]): Promise<void> {
  const before = await deps.trust.newest(tx, 'snapshot')
  const listed = new Map((before ? listedIn(before) : []).map((entry) => [entry.role, entry]))
  for (const { role, version, bytes, sha256 } of changed)
    listed.set(role, { role, version, length: bytes.length, sha256 })
  const expires = nowOf(deps) + lives.snapshot
  const fields = { version: (before?.version ?? 0) + 1, expires, meta: [...listed.values()] }
  const snapshot = trustFile('snapshot', await deps.online.sign(root, 'snapshot', fields))
  await keep(deps, tx, snapshot)
  await publishTimestamp(deps, tx, root, snapshot)
}

/** Signs a new timestamp for the snapshot. */
export async function publishTimestamp(
  deps: PublicationDeps,
  tx: Tx,
  root: Root,
  { version, bytes }: TrustFile,
): Promise<void> {
  const before = await deps.trust.newest(tx, 'timestamp')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const fields = {
    version: (before?.version ?? 0) + 1,
    expires: nowOf(deps) + lives.timestamp,
    snapshot: { version, length: bytes.length, sha256 },
  }
  await keep(deps, tx, trustFile('timestamp', await deps.online.sign(root, 'timestamp', fields)))
}

function listedIn({ bytes }: TrustFile): Listed[] {
  const { meta } = readSnapshot(readEnvelope(bytes, 'snapshot', Infinity))
  return [...meta].map(([name, { version, length = 0, hashes = new Map() }]) => ({
    role: name.slice(0, -'.json'.length),
    version,
    length,
    sha256: sha256Of(hashes, name),
  }))
}
