import type { Digest } from '@sutler/device-model'
import { mainTenant } from '../../../../platform/access.ts'
import type { Blobs } from '../../../../platform/blobs.ts'
import type { Clock, Milliseconds } from '../../../../platform/clock.ts'
import type { Database } from '../../../../platform/database.ts'
import type { Doorbells } from '../../../../platform/doorbells.ts'
import { appendEvents } from '../../../../platform/events.ts'
import type { Log } from '../../../../platform/log.ts'
import { writeDownLists } from './listing.ts'
import type { PatchStorage } from './patch-storage.ts'
import type { Scan } from './scan.ts'
import type { Amount, BlobStorage, VersionId } from './storage.ts'

export interface CollectorDeps {
  readonly database: Database
  readonly storage: BlobStorage
  readonly patches: Pick<PatchStorage, 'drop'>
  readonly blobs: Blobs
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly log: Log
  readonly scan: Scan
  /** What nobody needs stays so long after somebody has relied on it. */
  readonly grace: Milliseconds
  /** The files of a retired version, and patches that nobody asks for, stay so long. */
  readonly retention: Milliseconds
  /** Those of `versions` that some device has or is to have: order-processing knows. */
  readonly inUse: (versions: readonly VersionId[]) => Promise<readonly VersionId[]>
  /** Reads a file list. @throws OutsideError `content-lost` */
  readonly filesOf: (manifest: Digest) => Promise<ReadonlyMap<Digest, number>>
}

/** Bounds of one round. */
const most = { versions: 100, lists: 200, patches: 1_000, files: 1_000, together: 50 }

/**
 * One round: frees versions that nobody is to have any more, lets go of file lists that no kept version has and of patches that nobody uses, and removes files
 * that nothing has needed for the grace. Hubs may do it at the same time. Ends early as long as there are lists whose files are not
 * known: any file could be one of theirs.
 * @returns what was removed
 */
export async function collect(deps: CollectorDeps): Promise<Amount> {
  const { storage, clock, grace } = deps
  const known = await writeDownLists(deps)
  await deps.scan.next()
  await freeRetired(deps)
  if (!known) return { blobs: 0, bytes: 0 }
  const before = clock.now() - grace
  await storage.dropLists(before, clock.now(), most.lists)
  await deps.patches.drop(clock.now() - deps.retention, most.patches)
  const unneeded = await storage.unneeded(before, most.files)
  const removed = { blobs: 0, bytes: 0 }
  for (let at = 0; at < unneeded.length; at += most.together) {
    const { blobs, bytes } = await remove(deps, unneeded.slice(at, at + most.together), before)
    removed.blobs += blobs
    removed.bytes += bytes
  }
  return removed
}

async function freeRetired({ database, storage, clock, doorbells, inUse, retention }: CollectorDeps): Promise<void> {
  const retired = await storage.retired(clock.now() - retention, most.versions)
  if (retired.length === 0) return
  const used = new Set((await inUse(retired)).map(nameOf))
  const unused = retired.filter((version) => !used.has(nameOf(version)))
  await database.transaction(async (tx) => {
    const freed = await storage.free(tx, unused, clock.now())
    const event = ({ tenant, service, version }: VersionId) => {
      return {
        type: 'version.freed',
        subject: `${service}@${version}`,
        tenant,
        household: null,
        data: { service, version },
      }
    }
    await appendEvents(tx, doorbells, freed.map(event))
  })
}

function nameOf({ tenant, service, version }: VersionId): string {
  return `${tenant}/${service}@${version}`
}

/**
 * Removes files while their rows are held: who wants to rely on one waits, and then finds it gone. Ends the process in between, the
 * row is still there, without a file, and goes in the next round; nothing that is needed can be meant.
 */
async function remove(deps: CollectorDeps, digests: readonly Digest[], before: number): Promise<Amount> {
  const { database, storage, blobs, doorbells } = deps
  return database.transaction(async (tx) => {
    const forgotten = await storage.forget(tx, digests, before)
    for (const { digest } of forgotten) await blobs.remove(digest)
    const bytes = forgotten.reduce((sum, { size }) => sum + (size ?? 0), 0)
    const data = { blobs: forgotten.length, bytes, digests: forgotten.map(({ digest }) => digest) }
    if (forgotten.length > 0) {
      await appendEvents(tx, doorbells, [
        { type: 'blobs.collected', subject: 'blobs', tenant: mainTenant, household: null, data },
      ])
    }
    return { blobs: forgotten.length, bytes }
  })
}
