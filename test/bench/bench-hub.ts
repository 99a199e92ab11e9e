import { answer } from '@sutler/client'
import { releaseVersion } from '@sutler/cli'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { signPublished } from '../support/trust.ts'
import type { BenchOptions } from './measure.ts'
import { smallService, type BenchService } from './small-service.ts'

/** A hub as `npm start` runs it: embedded PostgreSQL with fsync. Stopped with the bench's resources. */
export async function benchHub(
  { resources }: Pick<BenchOptions, 'resources'>,
  env: Readonly<Record<string, string>> = {},
): Promise<HubProcess> {
  // What is measured is the hub, not its patience with one caller.
  const unlimited = { SUTLER_REQUEST_RATE: '100000000', SUTLER_REQUEST_RATE_PER_ADDRESS: '100000000' }
  const starting = startHub({ env: { ...unlimited, ...env } })
  // Also when the bench is interrupted meanwhile. What failed to start has ended.
  resources.defer(() =>
    starting.then(
      (hub) => hub.stop(),
      () => {},
    ),
  )
  return starting
}

/** A new service with its first version. */
export async function publish(hub: HubProcess, service: BenchService = smallService()): Promise<void> {
  const { id, title } = service
  await hub.api.POST('/api/v1/services', { body: { id, title } })
  await publishVersion(hub, service)
}

/** Uploads, publishes, signs and releases one version. */
export async function publishVersion(hub: HubProcess, { id, composition, files }: BenchService): Promise<void> {
  for (const [digest, content] of files)
    await hub.api.PUT('/api/v1/blobs/{digest}', {
      params: { path: { digest } },
      body: content as never,
      bodySerializer: (body: unknown) => body as Buffer,
      headers: { 'Content-Type': 'application/octet-stream' },
    })
  await hub.api.POST('/api/v1/services/{service}/versions', {
    params: { path: { service: id } },
    body: composition as never,
  })
  await signPublished(hub.api, hub.trust!, id, composition.version)
  await releaseVersion(hub.api, id, composition.version)
}

/** Every delivery that the hub has. */
export async function allDeliveries(hub: HubProcess) {
  const found = []
  for (let cursor: string | undefined; ;) {
    const query = { limit: 200, ...(cursor === undefined ? {} : { cursor }) }
    const page = answer(await hub.api.GET('/api/v1/deliveries', { params: { query } }))
    found.push(...page.items)
    if (page.next === null) return found
    cursor = page.next
  }
}
