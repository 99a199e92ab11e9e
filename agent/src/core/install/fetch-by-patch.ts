import { digestBytes, limits, predecessorOf } from '@sutler/wire'
import type { ManifestFile } from '@sutler/wire'
import { toBase64 } from '../base64.ts'
import { AgentError, reasonOf } from '../errors.ts'
import type { AgentErrorCode } from '../errors.ts'
import { layout } from '../layout.ts'
import type { HttpAnswer } from '../platform.ts'
import { codingOf } from './content-coding.ts'
import type { OnDevice } from './content-on-device.ts'
import { fetchFile } from './fetch.ts'
import type { Source, Wanted } from './fetch.ts'
import { unpackPatch, windowOf } from './patch-content.ts'
import type { PatchBase } from './patch-content.ts'
import type { Work } from './work.ts'

/** The file on the device that a patch to `file` would start from; null when the whole file is to be fetched. */
export function patchBaseOf(work: Work, file: ManifestFile, older: OnDevice['older']): PatchBase | null {
  const { platform, settings } = work
  if (platform.patches === null || file.size < limits.patchFromBytes) return null
  const memory = Math.min(settings.patchMemory, platform.patches.memory)
  for (const { files, root } of older) {
    const found = predecessorOf(file, files)
    if (found === null || found.size < limits.patchFromBytes) continue
    // The older file twice, once as it is read and once in the decoder's hands, and the decoder's window.
    if (2 * found.size + windowOf(found.size) > memory) continue
    return { digest: found.digest, path: `${root}/${found.path}`, size: found.size }
  }
  return null
}

export interface PatchedFetch {
  readonly file: ManifestFile
  readonly base: PatchBase
  /** Where the whole content is to be in the end. */
  readonly path: string
  /** As of `fetchFile`. */
  readonly arrived: (bytes: number) => void
  /** Runs what takes memory, one after the other. */
  inTurn<T>(apply: () => Promise<T>): Promise<T>
}

/** What can go wrong with a patch without anything being wrong with the file: then the file itself is fetched. */
const withoutPatch: ReadonlySet<AgentErrorCode> = new Set([
  'bad-patch',
  'digest-mismatch',
  'too-large',
  'truncated',
  'not-available',
  'no-space',
])

/**
 * Fetches a file as a patch to an older one where the hub has one, else as it is, with one request either way. Resolves and throws as
 * `fetchFile`; what came of a patch is kept for later, too.
 */
export async function fetchByPatch(work: Work, wish: PatchedFetch): Promise<void> {
  const { file, path, arrived } = wish
  // The file itself has begun to come: what is left of it is less than what was asked for then.
  const begun = ((await work.platform.files.stat(path))?.size ?? 0) > 0
  const whole = begun ? 'none' : await byPatch(work, wish)
  if (whole === null) return
  await fetchFile(work, file, path, arrived, whole === 'none' ? undefined : whole)
}

/** @returns null when the file is there; where the file itself comes from, if the hub has answered with it; else `none` */
async function byPatch(work: Work, wish: PatchedFetch): Promise<Source | 'none' | null> {
  const { file, base, arrived } = wish
  let packed = await begunPatch(work, file)
  try {
    const source: Source = { url: work.urlOf(file.digest), headers: offerOf(base), coding: 'dcz' }
    if (packed === null) {
      const first = await ask(work, source)
      packed = patchOf(file, first)
      if (packed === null && codingOf(first) === null) return { url: source.url, headers: {}, coding: null, first }
      if (packed === null) {
        first.close()
        return 'none'
      }
      await fetchFile(work, packed, partOf(work, file, packed), arrived, { ...source, first })
    } else await fetchFile(work, packed, partOf(work, file, packed), arrived, source)
  } catch (error) {
    return withoutIt(work, file, error)
  }
  const { size } = packed
  const part = partOf(work, file, packed)
  try {
    await wish.inTurn(() => apply(work, wish, part))
    arrived(file.size - size)
    return null
  } catch (error) {
    arrived(-size)
    return withoutIt(work, file, error)
  }
}

async function apply(work: Work, { file, base, path }: PatchedFetch, packed: string): Promise<void> {
  const { files } = work.platform
  const fresh = `${path}.new`
  await files.remove(fresh)
  await unpackPatch(work.platform, file, base, { packed, path: fresh, stop: work.stop })
  await files.rename(fresh, path)
  await files.remove(packed)
}

/** Clears away what there is of a patch that did not help. @throws `error` when it says nothing about the patch */
async function withoutIt(work: Work, file: ManifestFile, error: unknown): Promise<'none'> {
  work.stop.throwIfAborted()
  if (!(error instanceof AgentError) || !withoutPatch.has(error.code)) throw error
  const { files, log } = work.platform
  log.warn('a patch did not help; the whole file is fetched', { path: file.path, reason: reasonOf(error) })
  const staging = layout.stagingOf(work.job.service)
  for (const name of await files.list(staging))
    if (name.startsWith(`${file.digest}.`)) await files.remove(`${staging}/${name}`)
  return 'none'
}

async function ask({ platform, settings, stop }: Work, { url, headers }: Source): Promise<HttpAnswer> {
  return platform.http.request({ method: 'GET', url, headers, idle: settings.idle, stop })
}

/** RFC 9842, 2.2 and 6. */
function offerOf(base: PatchBase): Source['headers'] {
  return { 'accept-encoding': 'dcz', 'available-dictionary': `:${toBase64(digestBytes(base.digest))}:` }
}

/** A patch is named by its own digest, which is its entity tag. */
function patchOf(file: ManifestFile, answer: HttpAnswer): Wanted | null {
  if (answer.status !== 200 || codingOf(answer) !== 'dcz') return null
  const digest = /^"([0-9a-f]{64})"$/.exec(answer.headers['etag'] ?? '')?.[1]
  const size = Number(answer.headers['content-length'] ?? Number.NaN)
  return digest !== undefined && size > 0 && size <= file.size ? { digest, size, mode: 0o600 } : null
}

function partOf(work: Work, file: ManifestFile, { digest, size }: Wanted): string {
  return layout.patchPart(work.job.service, file.digest, digest, size)
}

/** A patch that an earlier attempt has begun to fetch. */
async function begunPatch(work: Work, file: ManifestFile): Promise<Wanted | null> {
  for (const name of await work.platform.files.list(layout.stagingOf(work.job.service))) {
    const [, whole, digest, size] = /^([0-9a-f]{64})\.([0-9a-f]{64})\.(\d{1,15})\.dcz$/.exec(name) ?? []
    if (whole === file.digest && digest !== undefined) return { digest, size: Number(size), mode: 0o600 }
  }
  return null
}
