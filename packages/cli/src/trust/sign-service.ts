import { answer, type SutlerClient } from '@sutler/client'
import { signFile } from '@sutler/trust'
import type { KeyPair } from '@sutler/trust/node'
import { CommandError } from '../command-error.ts'
import type { ServiceSource } from '../service-source.ts'
import { newestMetadata, sendDeveloperMetadata } from './hub-metadata.ts'
import { componentsOf, withComponents } from './service-targets.ts'

/** Whose key it is. @throws CommandError `not-delegated` */
export async function developerOf(api: SutlerClient, { key }: KeyPair): Promise<string> {
  const { developers } = answer(await api.GET('/api/v1/trust'))
  const found = developers.find(({ keys }) => keys.some(({ keyId }) => keyId === key.id))
  if (found) return found.role
  throw new CommandError(
    'not-delegated',
    `no developer at this hub has the key ${key.id}`,
    'Give your public key (sutler key show FILE) to the operator, who delegates services to you: sutler trust delegate.',
  )
}

/** The developer's next targets with this version in them, signed. */
export async function signedTargets(
  api: SutlerClient,
  source: ServiceSource,
  developer: string,
  pairs: readonly KeyPair[],
): Promise<Uint8Array> {
  const signed = await withComponents(await newestMetadata(api, developer), componentsOf(source))
  return signFile(
    signed,
    pairs.map(({ signer }) => signer),
  )
}

/** Signs a version as the developer whose key it is, and gives the signature to the hub. */
export async function signService(api: SutlerClient, source: ServiceSource, pair: KeyPair): Promise<void> {
  const developer = await developerOf(api, pair)
  await sendDeveloperMetadata(api, developer, await signedTargets(api, source, developer, [pair]))
}
