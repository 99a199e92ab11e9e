import { ApiError, answer, type Schemas, type SutlerClient } from '@sutler/client'
import { sendFiles, usualPatience, type PublishProgress } from './service/send-files.ts'
import type { ServiceSource } from './service-source.ts'

export type { PublishProgress }

/** Digests asked about in one request. */
const digestsPerRequest = 5_000

/**
 * Publishes what was read from a directory: makes the service if it is new, sends only the files the hub lacks, then the
 * composition. The same content again changes nothing.
 * @param patience how long a hub that goes away meanwhile is waited for, milliseconds
 * @throws ApiError with a place per mistake when the composition is refused; files sent stay for the next try
 */
export async function publishService(
  api: SutlerClient,
  source: ServiceSource,
  tell: (progress: PublishProgress) => void = () => {},
  patience = usualPatience,
): Promise<Schemas['Version']> {
  await createOrDescribe(api, source)
  const missing = await missingBlobs(api, [...source.files.keys()])
  await sendFiles(api, new Map(missing.map((digest) => [digest, source.files.get(digest)!])), tell, patience)
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
