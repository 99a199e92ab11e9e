import { answer, createClient } from '@sutler/client'
import { addSignature, unsignedFile } from '@sutler/trust'
import { changedRoot, newestMetadata, newOnlineKey, sendMetadata } from '@sutler/cli'
import { createClaim, createHousehold, publishTestService } from '../../journeys/household.ts'
import { secondPerson } from '../../support/campaign-fleet.ts'
import { WireDevice } from '../../support/wire-device.ts'
import { path, reason, type World } from './world.ts'

export async function trustAndServices({ hub, api }: World): Promise<void> {
  const added = await newOnlineKey(api, 'director')
  const root = (await newestMetadata(api, 'root'))!
  const next = changedRoot(root, { role: 'director', add: [added], remove: [], threshold: null })
  await sendMetadata(api, { root: await addSignature(unsignedFile(next), hub.trust.root.signer) })
  const component = { deviceClass: 'phone' as const, files: { a: 'text' } }
  for (const version of ['1.0.0', '1.1.0']) await publishTestService({ ...hub, api }, 'guide', version, [component])
  await publishTestService({ ...hub, api }, 'guide', '2.0.0-rc.1', [component], { channel: 'beta' })
  const blob = path({ digest: 'a'.repeat(64) })
  const piece = { params: { ...blob.params, query: { offset: 0, size: 2 } } }
  const bytes = { body: new Blob(['a']) as never, bodySerializer: (body: unknown) => body as Blob }
  const headers = { 'Content-Type': 'application/octet-stream' }
  await api.PATCH('/api/v1/blobs/{digest}/upload', { ...piece, ...bytes, headers })
  await api.DELETE('/api/v1/blobs/{digest}/upload', blob)
  const early = path({ service: 'guide', version: '2.0.0-rc.1' })
  await api.POST('/api/v1/services/{service}/versions/{version}/promote', { ...early, body: { channel: 'stable' } })
  await api.PATCH('/api/v1/services/{service}', { ...path({ service: 'guide' }), body: { categories: ['video'] } })
  await publishTestService({ ...hub, api }, 'radio', '1.0.0', [component])
  const version = path({ service: 'guide', version: '1.0.0' })
  await api.POST('/api/v1/services/{service}/versions/{version}/state', { ...version, body: { state: 'deprecated' } })
}

/** What a second person published the first one decides. */
export async function releases({ hub, api }: World): Promise<void> {
  await api.PUT('/api/v1/release-rule', { body: { secondPerson: false } })
  const second = createClient({ hub: hub.url, token: await secondPerson(hub, 'publisher', 'operator') })
  const component = { deviceClass: 'phone' as const, files: { a: 'text' } }
  const ask = '/api/v1/services/{service}/versions/{version}/release-requests'
  const asking = (version: string) => ({ ...path({ service: 'news', version }), body: { channel: 'stable' as const } })
  const asked = async (version: string) => {
    await publishTestService({ ...hub, api: second }, 'news', version, [component], { channel: 'beta' })
    return path({ id: answer(await second.POST(ask, asking(version))).id })
  }
  await api.POST('/api/v1/release-requests/{id}/approve', { ...(await asked('1.0.0')), body: { reason } })
  await api.POST('/api/v1/release-requests/{id}/refuse', { ...(await asked('2.0.0')), body: { reason } })
  const own = path({ id: answer(await api.POST(ask, asking('2.0.0'))).id })
  await api.POST('/api/v1/release-requests/{id}/withdraw', { ...own, body: { reason } })
  const back = { ...path({ service: 'news', version: '2.0.0' }), body: { reason, rollBack: true } }
  await api.POST('/api/v1/services/{service}/versions/{version}/withdrawal', back)
}

/** A candidate on a test device, and back. */
export async function trials({ hub, api }: World): Promise<void> {
  const at = { ...hub, api }
  const tester = await WireDevice.start(hub, await createClaim(at, await createHousehold(at)))
  await api.PATCH('/api/v1/devices/{id}', { ...path({ id: tester.id }), body: { tags: ['test-device'] } })
  const component = { deviceClass: 'phone' as const, files: { a: 'early' } }
  await publishTestService(at, 'early', '1.0.0', [component], { released: false })
  const which = { service: 'early', version: '1.0.0' }
  const trying = { ...path(which), body: { devices: [tester.id] } }
  const { items } = answer(await api.POST('/api/v1/services/{service}/versions/{version}/trials', trying))
  const undo = '/api/v1/services/{service}/versions/{version}/trials/{trial}/undo'
  await api.POST(undo, path({ ...which, trial: items[0]!.id }))
  await tester.disconnect()
}
