import { TrustError } from '../errors.ts'
import { checkFresh, checkSigned, readEnvelope } from '../metadata/envelope.ts'
import { authorityOf } from '../metadata/root.ts'
import { readTimestamp } from '../metadata/snapshot.ts'
import { startSnapshot } from './snapshot.ts'
import { fetch, fetched, known, metadataName, persist, read, stored, storedFile } from './turns.ts'
import type { TrustCrypto } from '../crypto.ts'
import type { Timestamp } from '../metadata/snapshot.ts'
import type { Answer, Effect, Turn, Update } from './update.ts'

export function startTimestamp(update: Update, effects: Effect[]): Turn {
  if (!update.keysRotated)
    return read(update, { at: 'stored-timestamp' }, 'timestamp', update.limits.timestampBytes, effects)
  // 5.3.11: the versions that were trusted until now may be those of an attacker who had the keys (fast-forward).
  const remove = (role: string): Effect => ({ kind: 'remove', file: storedFile(role) })
  return fetchTimestamp(update, [...effects, remove('snapshot'), remove('timestamp')])
}

/**
 * The trusted timestamp counts for as long as the keys that signed it do: also when the device was switched off between taking a root
 * and 5.3.11. It may have expired, and is the floor for the next all the same.
 */
export async function afterStoredTimestamp(update: Update, answer: Answer, crypto: TrustCrypto): Promise<Turn> {
  const timestamp = await stored(answer, (bytes) => trustTimestamp(bytes, update, crypto))
  return fetchTimestamp(timestamp ? { ...update, timestamp } : update, [])
}

/** 5.4.1 */
function fetchTimestamp(update: Update, effects: Effect[]): Turn {
  return fetch(update, { at: 'timestamp' }, metadataName('timestamp', null), update.limits.timestampBytes, effects)
}

async function trustTimestamp(bytes: Uint8Array, update: Update, crypto: TrustCrypto): Promise<Timestamp> {
  const envelope = readEnvelope(bytes, 'timestamp', update.limits.timestampBytes)
  const timestamp = readTimestamp(envelope)
  // 5.4.2: arbitrary software.
  await checkSigned(envelope, authorityOf(known(update.root), 'timestamp'), crypto)
  return timestamp
}

export async function afterTimestamp(update: Update, answer: Answer, crypto: TrustCrypto): Promise<Turn> {
  const bytes = fetched(answer, 'timestamp', update.limits.timestampBytes)
  const timestamp = await trustTimestamp(bytes, update, crypto)
  const trusted = update.timestamp
  // 5.4.3.1: rollback.
  if (trusted && timestamp.version < trusted.version)
    throw new TrustError('rollback', 'timestamp', `version ${timestamp.version}, ${trusted.version} is trusted`)
  if (trusted && timestamp.version === trusted.version) {
    // 5.4.3.1: the same version: the new one is dropped, whatever it says, and nothing is wrong. The specification ends here, for there
    // is nothing new. We go on with the trusted one, since an earlier update may have ended half-way.
    checkFresh('timestamp', trusted, update.startedAt)
    return startSnapshot(update, [])
  }
  // 5.4.3.2: rollback of the snapshot.
  if (trusted && timestamp.snapshot.version < trusted.snapshot.version)
    throw new TrustError(
      'rollback',
      'timestamp',
      `it names snapshot ${timestamp.snapshot.version}, ${trusted.snapshot.version} was named before`,
    )
  // 5.4.4: freeze.
  checkFresh('timestamp', timestamp, update.startedAt)
  // 5.4.5
  return startSnapshot({ ...update, timestamp }, [persist('timestamp', bytes)])
}
