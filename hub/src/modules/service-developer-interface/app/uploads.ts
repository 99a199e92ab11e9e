import type { Digest } from '@sutler/device-model'
import type { Access, Principal } from '../../../platform/access.ts'
import { contentTooLarge, type Blob, type Blobs } from '../../../platform/blobs.ts'
import { CallerError } from '../../../platform/errors.ts'
import { compositionLimits, type ServiceDefinitions } from '../../service-definitions/index.ts'

export interface UploadDeps {
  readonly access: Access
  readonly blobs: Blobs
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
