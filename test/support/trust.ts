import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { delegated, initialiseTrust, newestMetadata, sendMetadata } from '@sutler/cli'
import { answer, type SutlerClient } from '@sutler/client'
import { firstTargets, jsonObject, nextTargets, signFile, withTarget } from '@sutler/trust'
import { generateKeyPair, type KeyPair } from '@sutler/trust/node'
import type { Clock } from '../../hub/src/platform/clock.ts'
import { silentLog } from '../../hub/src/platform/log.ts'
import { SignerClient } from '../../hub/src/signer/client.ts'
import { KeyStore } from '../../hub/src/signer/key-store.ts'
import { innerLine } from '../../hub/src/signer/lines.ts'
import { Signer } from '../../hub/src/signer/signer.ts'

/** Throw-away keys of one hub: in a test one person holds them all. */
export interface TrustKeys {
  readonly root: KeyPair
  readonly targets: KeyPair
  /** Of the developer `test`, who may sign every service. */
  readonly developer: KeyPair
}

/** Begins trust at a hub, with a developer `test` who may sign every service. */
export async function initTrust(api: SutlerClient): Promise<TrustKeys> {
  const [root, targets, developer] = [await pair(), await pair(), await pair()]
  const holders = { rootKeys: [root.key], threshold: 1, targetsKeys: [targets.key], signers: [root, targets] }
  await initialiseTrust(api, holders)
  const keys = { root, targets, developer }
  await delegate(api, keys, { name: 'test', keys: [developer.key], threshold: 1, services: ['*'] })
  return keys
}

/** Delegates services to a developer, in place of what was delegated under that name. */
export async function delegate(
  api: SutlerClient,
  { targets }: TrustKeys,
  developer: Parameters<typeof delegated>[1],
): Promise<void> {
  const next = delegated((await newestMetadata(api, 'targets'))!, developer)
  await sendMetadata(api, { targets: await signFile(next, [targets.signer]) })
}

/** Signs a version as it is published, as the developer `test`. */
export async function signPublished(
  api: SutlerClient,
  { developer }: TrustKeys,
  service: string,
  version: string,
  models?: readonly string[],
): Promise<void> {
  const { components } = answer(
    await api.GET('/api/v1/services/{service}/versions/{version}', { params: { path: { service, version } } }),
  )
  const before = await newestMetadata(api, 'test')
  const expires = Math.floor(Date.now() / 1000) + 180 * 86_400
  let signed = before ? nextTargets(before, expires) : firstTargets(expires)
  for (const { name, manifest } of components)
    signed = withTarget(signed, `${service}/${version}/${name}.manifest`, {
      length: manifest.size,
      sha256: manifest.digest,
      custom: jsonObject({ service, version, component: name, models }),
    })
  const targets = new TextDecoder().decode(await signFile(signed, [developer.signer]))
  await api.POST('/api/v1/trust/developers/{developer}/metadata', {
    params: { path: { developer: 'test' } },
    body: { targets },
  })
}

/** A signer in the test's own process, that lives by the test's clock. Its keys stay in a directory of their own. */
export async function innerSigner(clock: Clock, directory?: string): Promise<SignerClient> {
  const place = directory ?? (await mkdtemp(join(tmpdir(), 'sutler-signer-')))
  const signer = new Signer(await KeyStore.open(place, Math.floor(clock.now() / 1000)), clock)
  return new SignerClient({ open: () => innerLine(signer), clock, log: silentLog })
}

function pair(): Promise<KeyPair> {
  return generateKeyPair('ed25519')
}
