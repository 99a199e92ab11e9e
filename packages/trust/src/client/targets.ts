import { TrustError } from '../errors.ts'
import { checkFresh, checkSigned, readEnvelope } from '../metadata/envelope.ts'
import { checkBytes } from '../metadata/files.ts'
import { checkKeyIds } from '../metadata/keys.ts'
import { readTargets } from '../metadata/targets.ts'
import { metaOfRole, mostBytesOfRole, readRoleFile, topLevel } from './role-files.ts'
import { advance, hold, notFound } from './search.ts'
import { afterEffects, fetch, fetched, known, metadataName, persist, stored } from './turns.ts'
import type { TrustCrypto } from '../crypto.ts'
import type { Answer, Effect, HeldRole, Turn, Update, Visit } from './update.ts'

/** 5.6: first the top-level role, whether a target is wanted or not. */
export function startTargets(update: Update, effects: Effect[]): Turn {
  return afterEffects(update, effects, () => readRoleFile(update, topLevel(update), effects))
}

export async function afterStoredTargets(
  update: Update,
  visit: Visit,
  answer: Answer,
  crypto: TrustCrypto,
): Promise<Turn> {
  const held = await stored(answer, (bytes) => trustTargets(bytes, update, visit, crypto))
  if (held) return advance(taken(update, visit, held), [], crypto)
  const { version } = metaOfRole(update, visit)
  const name = metadataName(visit.role, known(update.root).consistentSnapshot ? version : null)
  // 5.6.1
  return fetch(update, { at: 'targets', visit }, name, mostBytesOfRole(update, visit))
}

export async function afterTargets(update: Update, visit: Visit, answer: Answer, crypto: TrustCrypto): Promise<Turn> {
  try {
    const bytes = fetched(answer, visit.role, mostBytesOfRole(update, visit))
    const held = await trustTargets(bytes, update, visit, crypto)
    // 5.6.6
    return await advance(taken(update, visit, held), [persist(visit.role, bytes)], crypto)
  } catch (error) {
    if (!(error instanceof TrustError) || visit.role === 'targets') throw error
    // 5.6.7: delegated metadata that cannot be had or trusted end the search of this target, not the update.
    return advance(notFound(update, error), [], crypto)
  }
}

async function trustTargets(bytes: Uint8Array, update: Update, visit: Visit, crypto: TrustCrypto): Promise<HeldRole> {
  const { role, authority } = visit
  const meta = metaOfRole(update, visit)
  // 5.6.2: the hashes of the snapshot.
  await checkBytes(bytes, role, meta, crypto)
  const envelope = readEnvelope(bytes, role, update.limits.targetsBytes)
  const targets = readTargets(envelope)
  // 5.6.3: arbitrary software.
  await checkSigned(envelope, authority, crypto)
  // 5.6.4: the version of the snapshot.
  if (targets.version !== meta.version)
    throw new TrustError('version-mismatch', role, `version ${targets.version}, the snapshot names ${meta.version}`)
  // 5.6.5: freeze.
  checkFresh(role, targets, update.startedAt)
  // 4.3, for the keys of delegations.
  if (targets.delegations) await checkKeyIds(targets.delegations.keys, role, crypto)
  return { envelope, targets, bytes: bytes.length, verifiedFor: [authority.role] }
}

function taken(update: Update, visit: Visit, held: HeldRole): Update {
  const holding = hold(update, visit.role, held)
  return visit.role === 'targets' ? { ...holding, targets: held.targets } : holding
}
