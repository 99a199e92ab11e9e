import { openAsBlob } from 'node:fs'
import { ApiError, answer, type Schemas, type SutlerClient } from '@sutler/client'
import type { ServiceSource } from './service-source.ts'

/** How far a publication has come. */
export interface PublishProgress {
  readonly uploaded: number
  readonly missing: number
  /** Bytes sent so far. */
  readonly bytes: number
}

/** Digests asked about in one request. */
const digestsPerRequest = 5_000
/** Uploads at the same time. */
const parallel = 8

/**
 * Publishes what was read from a directory: makes the service if it is new, sends only the files the hub lacks, then the
 * composition. The same content again changes nothing.
 * @throws ApiError with a place per mistake when the composition is refused; files sent stay for the next try
 */
export async function publishService(
  api: SutlerClient,
  source: ServiceSource,
  tell: (progress: PublishProgress) => void = () => {},
): Promise<Schemas['Version']> {
  await createOrDescribe(api, source)
  const missing = await missingBlobs(api, [...source.files.keys()])
  let uploaded = 0
  let bytes = 0
  const queue = missing.values()
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (const digest of queue) {
        // Not `bytes += await …`: that would read `bytes` before the others have added theirs.
        const size = await uploadBlob(api, digest, source.files.get(digest)!)
        bytes += size
        tell({ uploaded: ++uploaded, missing: missing.length, bytes })
      }
    }),
  )
  return answer(
    await api.POST('/api/v1/services/{service}/versions', {
      params: { path: { service: source.id } },
      body: source.composition as never,
    }),
  ) as Schemas['Version']
}

export type Channel = NonNullable<Schemas['Version']['channel']>

/** Puts a published version into the state in which it can be ordered; on `stable`, unless a channel is given. */
export async function releaseVersion(
  api: SutlerClient,
  service: string,
  version: string,
  channel?: Channel,
): Promise<Schemas['Version']> {
  const query = channel === undefined ? {} : { channel }
  const params = { path: { service, version }, query }
  return answer(await api.POST('/api/v1/services/{service}/versions/{version}/release', { params }))
}

/** Makes the service if it is new; otherwise has what service.json says of it, where that is something else. */
async function createOrDescribe(api: SutlerClient, { id, title, details }: ServiceSource): Promise<void> {
  const path = { service: id }
  const said = { ...details, ...(details.categories && { categories: [...details.categories] }) }
  try {
    const { categories, parental } = answer(await api.GET('/api/v1/services/{service}', { params: { path } }))
    const same = JSON.stringify({ categories, parental, ...details }) === JSON.stringify({ categories, parental })
    if (!same) await api.PATCH('/api/v1/services/{service}', { params: { path }, body: said as never })
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error
    await api.POST('/api/v1/services', { body: { id, title, ...said } as never })
  }
}

async function missingBlobs(api: SutlerClient, digests: readonly string[]): Promise<string[]> {
  const missing: string[] = []
  for (let from = 0; from < digests.length; from += digestsPerRequest) {
    const body = { digests: digests.slice(from, from + digestsPerRequest) }
    missing.push(...answer(await api.POST('/api/v1/blobs/missing', { body })).missing)
  }
  return missing
}

/** Streams one file from the disk. @returns its size */
async function uploadBlob(api: SutlerClient, digest: string, path: string): Promise<number> {
  const file = await openAsBlob(path)
  await api.PUT('/api/v1/blobs/{digest}', {
    params: { path: { digest } },
    body: file as never,
    bodySerializer: (body: unknown) => body as Blob,
    headers: { 'Content-Type': 'application/octet-stream' },
  })
  return file.size
}
