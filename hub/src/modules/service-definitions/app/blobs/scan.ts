import type { Digest } from '@sutler/device-model'
import { mainTenant } from '../../../../platform/access.ts'
import type { Blobs } from '../../../../platform/blobs.ts'
import type { Clock } from '../../../../platform/clock.ts'
import type { Database } from '../../../../platform/database.ts'
import type { Doorbells } from '../../../../platform/doorbells.ts'
import { appendEvents } from '../../../../platform/events.ts'
import type { Log } from '../../../../platform/log.ts'
import type { BlobRow, BlobStorage } from './storage.ts'

export interface ScanDeps {
  readonly database: Database
  readonly storage: BlobStorage
  readonly blobs: Blobs
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly log: Log
}

/** Of the 256 parts of the store, those looked at in one round. */
const partsPerRound = 16
/** Versions that an event names. */
const named = 10
/** Lost files of one part that are told of in one round: a disk that is not mounted has lost them all. */
const toldAtOnce = 20

/**
 * Compares the disk with what is known, part by part, round by round. Files that nobody knows (a crash in the middle of an upload,
 * a backup that was put back) are taken in, and go when their grace is over; files that are needed and are not there are told of.
 */
export class Scan {
  readonly #deps: ScanDeps
  #part = 0

  constructor(deps: ScanDeps) {
    this.#deps = deps
  }

  /** Goes on with the next parts. */
  async next(): Promise<void> {
    for (let looked = 0; looked < partsPerRound; looked++) {
      await this.#look(this.#part.toString(16).padStart(2, '0'))
      this.#part = (this.#part + 1) % 256
    }
  }

  async #look(prefix: string): Promise<void> {
    const { storage, blobs, clock } = this.#deps
    // The rows first: what is stored meanwhile is then only on the disk, and taken in a moment early.
    const rows = new Map((await storage.beginningWith(prefix)).map((row) => [row.digest, row]))
    const files = await blobs.list(prefix)
    const found = new Map([...files].filter(([digest]) => (rows.get(digest)?.size ?? null) === null))
    if (found.size > 0) await storage.adopt(found, clock.now())
    await this.#tell([...rows.values()].filter((row) => row.needed && row.lostAt === null && !isThere(row, files)))
    await this.#restored([...rows.values()].filter((row) => row.lostAt !== null && isThere(row, files)))
  }

  async #tell(missing: readonly BlobRow[]): Promise<void> {
    const { database, storage, doorbells, clock, log } = this.#deps
    for (const { digest, size } of missing.slice(0, toldAtOnce)) {
      const versions = await storage.neededBy(digest, named)
      const data = { digest, size, versions: versions.map(({ service, version }) => `${service}@${version}`) }
      log.error(data, 'a stored file is lost or spoilt: restore it from a backup')
      await database.transaction(async (tx) => {
        if ((await storage.setLost(tx, [digest], clock.now())).length === 0) return
        await appendEvents(tx, doorbells, [
          { type: 'blob.lost', subject: digest, tenant: mainTenant, household: null, data },
        ])
      })
    }
  }

  async #restored(back: readonly BlobRow[]): Promise<void> {
    const { database, storage, doorbells } = this.#deps
    if (back.length === 0) return
    await database.transaction(async (tx) => {
      const known = await storage.setLost(
        tx,
        back.map(({ digest }) => digest),
        null,
      )
      const event = (digest: Digest) => {
        return { type: 'blob.restored', subject: digest, tenant: mainTenant, household: null, data: { digest } }
      }
      await appendEvents(tx, doorbells, known.map(event))
    })
  }
}

function isThere({ digest, size }: BlobRow, files: ReadonlyMap<Digest, number>): boolean {
  return files.has(digest) && (size === null || files.get(digest) === size)
}
