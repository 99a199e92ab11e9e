import { ApiError, answer, type Schemas, type SutlerClient } from '@sutler/client'
import { publicKey, type Key } from '@sutler/trust'
import { nodeTrustCrypto } from '@sutler/trust/node'

/** The newest signed metadata of a role at the hub; null when there are none. */
export async function newestMetadata(api: SutlerClient, role: string): Promise<Uint8Array | null> {
  try {
    const found = answer(await api.GET('/api/v1/trust/metadata/{role}', { params: { path: { role } } }))
    return new TextEncoder().encode(found.content)
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

/** Sends a root, targets, or both; the hub verifies them. */
export async function sendMetadata(
  api: SutlerClient,
  given: { readonly root?: Uint8Array; readonly targets?: Uint8Array },
): Promise<void> {
  const text = (bytes: Uint8Array | undefined) => (bytes === undefined ? null : new TextDecoder().decode(bytes))
  await api.POST('/api/v1/trust/metadata', { body: { root: text(given.root), targets: text(given.targets) } })
}

/** Sends a developer's own targets; the hub verifies them. */
export async function sendDeveloperMetadata(api: SutlerClient, developer: string, targets: Uint8Array): Promise<void> {
  const params = { path: { developer } }
  await api.POST('/api/v1/trust/developers/{developer}/metadata', {
    params,
    body: { targets: new TextDecoder().decode(targets) },
  })
}

export type OnlineKeys = Readonly<Record<Schemas['OnlineKey']['role'], readonly Key[]>>

/** The online keys of all hubs. One that has just started may still have to make its own known. */
export async function onlineKeys(api: SutlerClient): Promise<OnlineKeys> {
  const end = Date.now() + 30_000
  for (;;) {
    const { onlineKeys: known } = answer(await api.GET('/api/v1/trust'))
    const all = { timestamp: [], snapshot: [], director: [] } as Record<Schemas['OnlineKey']['role'], Key[]>
    for (const key of known) all[key.role].push(await publicKey('ed25519', key.public, nodeTrustCrypto))
    if (Object.values(all).every((keys) => keys.length > 0) || Date.now() > end) return all
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
