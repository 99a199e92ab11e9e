import { writeFile } from 'node:fs/promises'
import type { SutlerClient } from '@sutler/client'
import {
  addSignature,
  authorityOf,
  readEnvelope,
  readRoot,
  readTargets,
  signatureState,
  TrustError,
  unsignedFile,
  type Authority,
  type JsonObject,
} from '@sutler/trust'
import { nodeTrustCrypto, type KeyPair } from '@sutler/trust/node'
import { CommandError } from '../command-error.ts'
import { newestMetadata, sendDeveloperMetadata, sendMetadata } from './hub-metadata.ts'

/** A signed file that is on its way: signed by some holders, and perhaps not by all who must. */
export interface Part {
  /** `root`, `targets`, or a developer's name. */
  readonly role: string
  readonly bytes: Uint8Array
}

/** The part with the signatures of those of these keys that the role names. */
export async function signPart(role: string, signed: JsonObject, pairs: readonly KeyPair[]): Promise<Part> {
  return { role, bytes: await withSignatures(unsignedFile(signed), pairs) }
}

export async function withSignatures(bytes: Uint8Array, pairs: readonly KeyPair[]): Promise<Uint8Array> {
  let file = bytes
  for (const { signer } of pairs) file = await addSignature(file, signer)
  return file
}

/** The role of a file: developers' targets and top-level ones look the same, so a developer is named. */
export function readPart(file: string, bytes: Uint8Array, developer: string | undefined): Part {
  try {
    const type = readEnvelope(bytes, file, Infinity).signed.get('_type')
    if (type === 'root' && developer === undefined) return { role: 'root', bytes }
    if (type === 'targets') return { role: developer ?? 'targets', bytes }
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    throw new CommandError('metadata-unreadable', `${file}: ${error.message}`, 'Name a file of signed metadata.', error)
  }
  throw new CommandError(
    'metadata-unreadable',
    `${file} holds neither root nor targets metadata`,
    'Name one that does.',
  )
}

/** How many signatures a part still lacks, by the keys that must sign it. */
export async function missingSignatures(api: SutlerClient, { role, bytes }: Part, root?: Uint8Array): Promise<number> {
  let missing = 0
  for (const authority of await authoritiesOf(api, role, bytes, root)) {
    const { signed, needed } = await signatureState(bytes, authority, nodeTrustCrypto)
    missing = Math.max(missing, needed - signed.length)
  }
  return missing
}

/** A root is signed by the keys of the root before it and by its own. */
async function authoritiesOf(
  api: SutlerClient,
  role: string,
  bytes: Uint8Array,
  nextRoot: Uint8Array | undefined,
): Promise<Authority[]> {
  const rootBytes = nextRoot ?? (await newestMetadata(api, 'root'))
  const root = rootBytes && readRoot(readEnvelope(rootBytes, 'root', Infinity))
  if (role === 'root') {
    const own = authorityOf(readRoot(readEnvelope(bytes, 'root', Infinity)), 'root')
    const before = await newestMetadata(api, 'root')
    return before ? [own, authorityOf(readRoot(readEnvelope(before, 'root', Infinity)), 'root')] : [own]
  }
  if (role === 'targets') return root ? [authorityOf(root, 'targets')] : []
  const targets = await newestMetadata(api, 'targets')
  const delegations = targets && readTargets(readEnvelope(targets, 'targets', Infinity)).delegations
  const delegated = delegations?.roles.find(({ name }) => name === role)
  return delegations && delegated ? [{ keys: delegations.keys, role: delegated }] : []
}

/** Sends parts to the hub: a root and targets together. */
export async function submitParts(api: SutlerClient, parts: readonly Part[]): Promise<void> {
  const root = parts.find(({ role }) => role === 'root')?.bytes
  const targets = parts.find(({ role }) => role === 'targets')?.bytes
  if (root || targets) await sendMetadata(api, { ...(root && { root }), ...(targets && { targets }) })
  for (const { role, bytes } of parts)
    if (role !== 'root' && role !== 'targets') await sendDeveloperMetadata(api, role, bytes)
}

export interface Outcome {
  readonly submitted: boolean
  readonly parts: readonly { readonly role: string; readonly file?: string; readonly missing: number }[]
}

/**
 * Sends parts, or where holders are missing or `out` is given, writes them as files for the next holder.
 * @throws CommandError `below-threshold` when signatures are missing and there is no `out`
 */
export async function submitOrWrite(
  api: SutlerClient,
  parts: readonly Part[],
  out: string | undefined,
): Promise<Outcome> {
  const root = parts.find(({ role }) => role === 'root')?.bytes
  const counted = await Promise.all(
    parts.map(async (part) => ({ part, missing: await missingSignatures(api, part, root) })),
  )
  if (out === undefined) {
    const short = counted.find(({ missing }) => missing > 0)
    if (short) throw belowThreshold(short.part.role, short.missing)
    await submitParts(api, parts)
    return { submitted: true, parts: counted.map(({ part, missing }) => ({ role: part.role, missing })) }
  }
  const written = counted.map(async ({ part, missing }) => {
    const file = parts.length === 1 ? out : `${out}.${part.role}.json`
    await writePart(file, part.bytes)
    return { role: part.role, file, missing }
  })
  return { submitted: false, parts: await Promise.all(written) }
}

export async function writePart(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes)
  } catch (error) {
    throw new CommandError('file-unwritable', `${file} cannot be written`, 'Check the folder.', error)
  }
}

function belowThreshold(role: string, missing: number): CommandError {
  return new CommandError(
    'below-threshold',
    `${role}: ${missing} more of its holders must sign`,
    'Write it with --out FILE, have each sign it (sutler trust sign FILE --key KEY), then sutler trust submit FILE.',
  )
}
