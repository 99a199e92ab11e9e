import type { Digest } from '@sutler/device-model'
import { Counter } from 'prom-client'
import type { Blobs } from '../../../../platform/blobs.ts'
import type { Clock } from '../../../../platform/clock.ts'
import { OutsideError } from '../../../../platform/errors.ts'
import type { Log } from '../../../../platform/log.ts'
import type { Metrics } from '../../../../platform/metrics.ts'
import { makePatch, patchFailed } from '../../../../platform/patches/maker.ts'
import { largestPatched } from '../../../../platform/patches/parameters.ts'
import { earlierVersions, patchPairs, type PatchPair } from '../../domain/patch-pairs.ts'
import type { FilePlace } from '../files.ts'
import type { Manifests } from '../manifests.ts'
import type { DefinitionStorage } from '../storage.ts'
import type { Claims } from './claims.ts'
import type { PatchEnd, PatchStorage, WantedPatch } from './patch-storage.ts'
import type { VersionId } from './storage.ts'

export interface PatchDeps {
  readonly patches: PatchStorage
  readonly rows: Pick<DefinitionStorage, 'version' | 'summaries'>
  readonly manifests: Manifests
  readonly blobs: Blobs
  readonly claims: Claims
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Bytes that the process which makes one may have; null: none are made. */
  readonly patchMemory: number | null
}

const most = { versions: 20, patches: 50, attempts: 3 }
/** For one, milliseconds: another hub takes over what this one has not ended by then. */
const deadline = 600_000
const day = 86_400_000

/** Makes patches that devices are likely to ask for, one at a time, and finds those that there are. */
export class PatchKeeper {
  readonly #deps: PatchDeps
  readonly #ended: Counter<'outcome'>

  constructor(deps: PatchDeps) {
    this.#deps = deps
    this.#ended = new Counter({
      name: 'sutler_patches_total',
      help: 'Patches that were to be made, by what became of it',
      labelNames: ['outcome'],
      registers: [deps.metrics],
    })
  }

  /** One bounded round. @returns how many were made */
  async round(stop: AbortSignal): Promise<number> {
    const { patches, clock, patchMemory } = this.#deps
    if (patchMemory === null) return 0
    for (const version of await patches.unplanned(most.versions)) await this.#plan(version)
    let made = 0
    for (let done = 0; done < most.patches && !stop.aborted; done++) {
      const pair = await patches.take(clock.now(), clock.now() + deadline + 60_000)
      if (pair === null) break
      const end = await this.#make(pair, stop)
      await patches.end(pair, end)
      this.#ended.inc({ outcome: end.state })
      if (end.state === 'made') made++
    }
    return made
  }

  /** A patch from one file to another, where there is one. The caller has made sure that `to` may be fetched. */
  async find(from: Digest, to: Digest): Promise<(FilePlace & { readonly digest: Digest }) | null> {
    const { patches, blobs, clock } = this.#deps
    const found = await patches.find(from, to)
    const blob = found && (await blobs.stat(found.digest))
    if (!found || blob?.size !== found.size) return null
    await patches.used(found, clock.now(), clock.now() - day)
    return { ...blob, digest: found.digest }
  }

  async #plan({ tenant, service, version }: VersionId): Promise<void> {
    const { rows, patches, manifests, clock, log } = this.#deps
    const newer = await rows.version(null, tenant, service, version)
    const pairs: PatchPair[] = []
    for (const number of earlierVersions(version, await rows.summaries(null, tenant, service))) {
      const older = await rows.version(null, tenant, service, number)
      for (const { name, manifest } of newer?.components ?? []) {
        const before = older?.components.find((component) => component.name === name)
        if (before === undefined) continue
        try {
          const lists = await Promise.all([
            manifests.manifest(manifest.digest),
            manifests.manifest(before.manifest.digest),
          ])
          const [to, from] = lists.map((list) => list?.manifest)
          if (to && from) pairs.push(...patchPairs(to, from, largestPatched))
        } catch (error) {
          log.warn({ err: error, service, version }, 'a file list cannot be read: no patches between these versions')
        }
      }
    }
    await patches.plan({ tenant, service, version }, pairs, clock.now())
  }

  async #make(pair: WantedPatch, stop: AbortSignal): Promise<PatchEnd> {
    const { blobs, clock, log, patchMemory } = this.#deps
    const [from, to] = [await blobs.stat(pair.from), await blobs.stat(pair.to)]
    if (from === null || to === null) return { state: 'failed', detail: 'one of the files is not there' }
    const [old, fresh] = [
      { ...from, digest: pair.from },
      { ...to, digest: pair.to },
    ]
    try {
      const limits = { memory: patchMemory!, deadline }
      const made = await makePatch(old, fresh, limits, stop, async ({ digest, size, content }) => {
        await this.#store(digest, size, content)
        return { state: 'made', patch: digest, size } as const
      })
      return made ?? { state: 'useless', detail: 'it would not be half as large as the file, or needs more memory' }
    } catch (error) {
      if (stop.aborted) return { state: 'wanted', due: clock.now(), detail: 'the hub stopped' }
      if (!(error instanceof OutsideError) || error.code !== patchFailed.code) throw error
      log.warn({ err: error, from: pair.from, to: pair.to }, 'a patch could not be made')
      if (pair.attempts >= most.attempts) return { state: 'failed', detail: error.message }
      return { state: 'wanted', due: clock.now() + pair.attempts * deadline, detail: error.message }
    }
  }

  async #store(digest: Digest, size: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    const { blobs, claims } = this.#deps
    await claims.put(digest, () => blobs.put(digest, content, { maxBytes: size, size }))
  }
}
