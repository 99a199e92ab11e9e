import type { Digest } from '@sutler/device-model'
import type { Access, Principal } from '../../../platform/access.ts'
import { contentTooLarge, type Blob, type Blobs } from '../../../platform/blobs.ts'
import type { PartialUploads } from '../../../platform/partial-uploads.ts'
import { CallerError } from '../../../platform/errors.ts'
import { compositionLimits, type ServiceDefinitions } from '../../service-definitions/index.ts'

export interface UploadDeps {
  readonly access: Access
  readonly blobs: Blobs
  readonly partial: PartialUploads
  readonly definitions: Pick<ServiceDefinitions, 'heldBlobs' | 'putBlob'>
}

/** Which of `digests` are not stored, each once, in their order; the others stay until the version with them can be published. @throws CallerError `forbidden` */
export async function missingBlobs(
  { access, definitions }: UploadDeps,
  principal: Principal,
  digests: readonly Digest[],
): Promise<Digest[]> {
  access.authorise(principal, 'service.publish', { owner: principal.id })
  const asked = [...new Set(digests)]
  const stored = await definitions.heldBlobs(asked)
  return asked.filter((digest) => !stored.has(digest))
}

export interface Upload {
  readonly digest: Digest
  readonly content: AsyncIterable<Uint8Array>
  /** Bytes, where the sender says so beforehand. */
  readonly declared: number | null
}

/**
 * Stores a file under its digest. Without effect when it is there: then `created` is false and nothing is read.
 * @throws CallerError `forbidden`, `content-too-large`, `content-mismatch`, `upload-stalled`
 */
export async function storeUpload(
  { access, blobs, definitions }: UploadDeps,
  principal: Principal,
  { digest, content, declared }: Upload,
): Promise<{ readonly blob: Blob; readonly created: boolean }> {
  access.authorise(principal, 'service.publish', { owner: principal.id })
  const maxBytes = compositionLimits.fileBytes
  if (declared !== null && declared > maxBytes) {
    throw new CallerError(
      contentTooLarge,
      `${digest} is announced with ${declared} bytes; at most ${maxBytes} are taken.`,
    )
  }
  let created = false
  const blob = await definitions.putBlob(digest, async () => {
    const present = await blobs.stat(digest)
    if (present !== null) return present
    created = true
    // The disk takes part in no transaction.
    await access.recorded()
    return blobs.put(digest, content, declared === null ? { maxBytes } : { maxBytes, size: declared })
  })
  return { blob, created }
}

export interface UploadProgress {
  readonly digest: Digest
  /** Bytes that are there. */
  readonly offset: number
  readonly complete: boolean
}

/** How far an upload has come that may have been cut. @throws CallerError `forbidden` */
export async function uploadProgress(
  { access, blobs, partial }: UploadDeps,
  principal: Principal,
  digest: Digest,
): Promise<UploadProgress> {
  access.authorise(principal, 'service.publish', { owner: principal.id })
  const stored = await blobs.stat(digest)
  if (stored !== null) return { digest, offset: stored.size, complete: true }
  return { digest, offset: await partial.received(ownerOf(principal), digest), complete: false }
}

/**
 * Goes on with an upload; the piece with which the file is whole stores it.
 * @throws CallerError `forbidden`, and what `PartialUploads.append` and `Blobs.adopt` throw
 */
export async function continueUpload(
  { access, blobs, partial, definitions }: UploadDeps,
  principal: Principal,
  digest: Digest,
  piece: { readonly offset: number; readonly size: number; readonly content: AsyncIterable<Uint8Array> },
): Promise<UploadProgress> {
  access.authorise(principal, 'service.publish', { owner: principal.id })
  const owner = ownerOf(principal)
  const present = await blobs.stat(digest)
  if (present !== null) return { digest, offset: present.size, complete: true }
  // The disk takes part in no transaction.
  await access.recorded()
  const offset = await partial.append(owner, digest, piece)
  if (offset < piece.size) return { digest, offset, complete: false }
  await definitions.putBlob(digest, () => blobs.adopt(digest, partial.path(owner, digest), piece.size))
  return { digest, offset, complete: true }
}

/** Forgets what came of an upload that nobody goes on with. @throws CallerError `forbidden` */
export async function giveUpUpload(
  { access, partial }: UploadDeps,
  principal: Principal,
  digest: Digest,
): Promise<void> {
  access.authorise(principal, 'service.publish', { owner: principal.id })
  await access.recorded()
  await partial.discard(ownerOf(principal), digest)
}

/** What one person has sent is nobody else's beginning: it could be anything. */
function ownerOf({ tenant, id }: Principal): string {
  return `${tenant}/${id}`
}
