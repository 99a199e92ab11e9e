import type { SutlerClient } from '@sutler/client'
import { firstRoot, firstTargets, signFile, type Key } from '@sutler/trust'
import type { KeyPair } from '@sutler/trust/node'
import { onlineKeys, sendMetadata } from './hub-metadata.ts'
import { daysFromNow, lives } from './lives.ts'

/** Who is to hold the offline keys of a new repository. */
export interface Holders {
  readonly rootKeys: readonly Key[]
  readonly threshold: number
  readonly targetsKeys: readonly Key[]
  /** Whose private keys are at hand. */
  readonly signers: readonly KeyPair[]
}

/** The first root and the first targets, signed by those whose keys are at hand. */
export async function initialMetadata(
  api: SutlerClient,
  { rootKeys, threshold, targetsKeys, signers }: Holders,
): Promise<{ readonly root: Uint8Array; readonly targets: Uint8Array }> {
  const online = await onlineKeys(api)
  const root = firstRoot(daysFromNow(lives.root), {
    root: { keys: rootKeys, threshold },
    targets: { keys: targetsKeys, threshold: 1 },
    timestamp: { keys: online.timestamp, threshold: 1 },
    snapshot: { keys: online.snapshot, threshold: 1 },
    director: { keys: online.director, threshold: 1 },
  })
  return {
    root: await signFile(root, signersAmong(signers, rootKeys)),
    targets: await signFile(firstTargets(daysFromNow(lives.targets)), signersAmong(signers, targetsKeys)),
  }
}

/** Begins trust at a hub with keys that are all at hand. */
export async function initialiseTrust(api: SutlerClient, holders: Holders): Promise<void> {
  await sendMetadata(api, await initialMetadata(api, holders))
}

export function signersAmong(pairs: readonly KeyPair[], keys: readonly Key[]) {
  const ids = new Set(keys.map(({ id }) => id))
  return pairs.filter(({ key }) => ids.has(key.id)).map(({ signer }) => signer)
}
