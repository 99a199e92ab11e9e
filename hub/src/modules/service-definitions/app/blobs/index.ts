import { Counter, Gauge } from 'prom-client'
import type { Log } from '../../../../platform/log.ts'
import type { Metrics } from '../../../../platform/metrics.ts'
import type { Milliseconds } from '../../../../platform/clock.ts'
import { contentStore, type ContentStore } from '../content.ts'
import { readList } from '../manifests.ts'
import { claimsOn, type Claims } from './claims.ts'
import { collect, type CollectorDeps } from './collector.ts'
import { Scan } from './scan.ts'
import type { Amount, BlobStorage, BlobUsage } from './storage.ts'

export interface BlobDeps extends Omit<CollectorDeps, 'scan' | 'filesOf' | 'grace' | 'retention' | 'inUse'> {
  readonly log: Log
  readonly metrics: Metrics
  readonly versionsInUse: CollectorDeps['inUse']
  readonly keeping: { readonly grace: Milliseconds; readonly retention: Milliseconds }
}

/** Everything about stored files that is not of one service. */
export interface StoredBlobs {
  readonly storage: BlobStorage
  readonly claims: Claims
  readonly content: ContentStore
  usage(): Promise<BlobUsage>
  /** One round of the collector. */
  collect(): Promise<Amount>
}

export function blobUseCases(deps: BlobDeps): StoredBlobs {
  const { storage, blobs, clock, metrics, keeping, versionsInUse: inUse } = deps
  const claims = claimsOn(storage, blobs, clock)
  const content = contentStore(blobs, claims)
  const filesOf = async (manifest: string) => (await readList(content, manifest)).files
  const collecting = { ...deps, ...keeping, inUse, filesOf, scan: new Scan(deps) }
  const measured = measure(metrics, storage)
  const round = async (): Promise<Amount> => {
    const amount = await collect(collecting)
    await measured(amount)
    return amount
  }
  return {
    storage,
    claims,
    content,
    usage: () => storage.usage(),
    collect: round,
  }
}

/** @returns what to call at the end of a round: sums over all files are made then, not whenever somebody looks */
function measure(metrics: Metrics, storage: BlobStorage): (removed: Amount) => Promise<void> {
  const registers = [metrics]
  const files = new Counter({ name: 'sutler_blobs_collected_total', help: 'Stored files removed', registers })
  const bytes = new Counter({ name: 'sutler_blobs_collected_bytes_total', help: 'Their bytes', registers })
  const stored = new Gauge({
    name: 'sutler_blobs_bytes',
    help: 'Stored files, by whether a version needs them, wait to be removed, or are lost; as of the last round of the collector',
    labelNames: ['state'],
    registers,
  })
  return async (removed) => {
    files.inc(removed.blobs)
    bytes.inc(removed.bytes)
    const usage = await storage.usage()
    for (const state of ['needed', 'waiting', 'lost'] as const) stored.set({ state }, usage[state].bytes)
  }
}
