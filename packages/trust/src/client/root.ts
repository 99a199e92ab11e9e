import { TrustError } from '../errors.ts'
import { checkFresh, checkSigned, readEnvelope } from '../metadata/envelope.ts'
import { checkKeyIds } from '../metadata/keys.ts'
import { authorityOf, readRoot } from '../metadata/root.ts'
import { startTimestamp } from './timestamp.ts'
import { afterEffects, fetch, fetched, known, metadataName, persist } from './turns.ts'
import type { TrustCrypto } from '../crypto.ts'
import type { Root } from '../metadata/root.ts'
import type { Answer, Effect, Turn, Update } from './update.ts'

/** 5.2: the trusted root. It may have expired: 5.3 brings newer ones. */
export async function afterStoredRoot(update: Update, answer: Answer, crypto: TrustCrypto): Promise<Turn> {
  if (answer.kind === 'absent')
    throw new TrustError(
      'no-trusted-root',
      'root',
      'the store has no root.json: put the one there that the device came with',
    )
  const root = await trustRoot(fetched(answer, 'root', update.limits.rootBytes), update, crypto)
  return nextRoot({ ...update, root }, [])
}

/** 5.3.2–5.3.3: asks for version N+1, unless Y versions were taken already. */
function nextRoot(update: Update, effects: Effect[]): Turn {
  if (update.rotations >= update.limits.rotations) return lastRoot(update, effects)
  const name = metadataName('root', known(update.root).version + 1)
  return fetch(update, { at: 'root' }, name, update.limits.rootBytes, effects)
}

/** 5.3.3–5.3.9: what the repository has as version N+1. */
export async function afterRoot(update: Update, answer: Answer, crypto: TrustCrypto): Promise<Turn> {
  // 5.3.3: no such file: N is the newest.
  if (answer.kind === 'absent') return lastRoot(update, [])
  const trusted = known(update.root)
  const bytes = fetched(answer, 'root', update.limits.rootBytes)
  const root = await trustRoot(bytes, update, crypto, trusted)
  // 5.3.5: the same version again: dropped, and the update goes on with the one that is trusted.
  if (root.version === trusted.version) return lastRoot(update, [])
  const keysRotated = update.keysRotated || tookAwayKeys(trusted, root)
  // 5.3.6: that it may have expired does not matter yet. 5.3.7, 5.3.8: trusted and persisted. 5.3.9: the next.
  return nextRoot({ ...update, root, rotations: update.rotations + 1, keysRotated }, [persist('root', bytes)])
}

async function trustRoot(bytes: Uint8Array, update: Update, crypto: TrustCrypto, trusted?: Root): Promise<Root> {
  const envelope = readEnvelope(bytes, 'root', update.limits.rootBytes)
  const root = readRoot(envelope)
  // 5.3.4: a threshold of the old keys…
  if (trusted) await checkSigned(envelope, authorityOf(trusted, 'root'), crypto)
  // 4.3: the ids of the new keys are those of their keys…
  await checkKeyIds(root.keys, 'root', crypto)
  // 5.3.4: …and a threshold of the new ones.
  await checkSigned(envelope, authorityOf(root, 'root'), crypto)
  // 5.3.5: rollback. Higher than N+1 is no version N+1 either.
  if (trusted && root.version < trusted.version)
    throw new TrustError('rollback', 'root', `version ${root.version}, ${trusted.version} is trusted`)
  if (trusted && root.version > trusted.version + 1)
    throw new TrustError('version-mismatch', 'root', `version ${root.version}, expected ${trusted.version + 1}`)
  return root
}

function tookAwayKeys(before: Root, after: Root): boolean {
  return (['timestamp', 'snapshot'] as const).some((role) =>
    before.roles[role].keyids.some((id) => !after.roles[role].keyids.includes(id)),
  )
}

function lastRoot(update: Update, effects: Effect[]): Turn {
  return afterEffects(update, effects, () => {
    // 5.3.10: freeze.
    checkFresh('root', known(update.root), update.startedAt)
    return startTimestamp(update, effects)
  })
}
