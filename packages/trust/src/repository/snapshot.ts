import { jsonObject, withFields } from '../json/value.ts'
import { readCommon, readEnvelope } from '../metadata/envelope.ts'
import { dateTime } from '../metadata/fields.ts'
import { readSnapshot, readTimestamp } from '../metadata/snapshot.ts'
import { specVersion } from './root.ts'
import { refuse } from './signing.ts'
import { describeFile } from './targets.ts'
import type { TrustCrypto } from '../crypto.ts'
import type { JsonObject } from '../json/value.ts'

/** What a snapshot or timestamp says of a file of metadata. */
async function describeMetadata(version: number, bytes: Uint8Array, crypto: TrustCrypto): Promise<JsonObject> {
  const { length, sha256 } = await describeFile(bytes, crypto)
  return jsonObject({ version, length, hashes: jsonObject({ sha256 }) })
}

/**
 * The signed part of a snapshot.
 * @param before the snapshot before it; null for the first one
 * @param changed targets metadata that are new or changed, by role; the others stay as they were
 */
export async function nextSnapshot(
  before: Uint8Array | null,
  changed: ReadonlyMap<string, Uint8Array>,
  expires: number,
  crypto: TrustCrypto,
): Promise<JsonObject> {
  const envelope = before && readEnvelope(before, 'snapshot', Infinity)
  const old = envelope && readSnapshot(envelope)
  const meta = new Map(envelope ? (envelope.signed.get('meta') as JsonObject) : [])
  for (const [role, bytes] of changed) {
    const { version } = readCommon(readEnvelope(bytes, role, Infinity), 'targets')
    const listed = old?.meta.get(`${role}.json`)?.version ?? 0
    if (version < listed) refuse('snapshot', `${role} has version ${version}, ${listed} is listed`)
    meta.set(`${role}.json`, await describeMetadata(version, bytes, crypto))
  }
  if (!meta.has('targets.json')) refuse('snapshot', 'targets.json must be listed')
  const version = (old?.version ?? 0) + 1
  return withFields(envelope?.signed ?? jsonObject({ _type: 'snapshot', spec_version: specVersion }), {
    version,
    expires: dateTime(expires),
    meta,
  })
}

/**
 * The signed part of a timestamp for this snapshot.
 * @param before the timestamp before it; null for the first one
 */
export async function nextTimestamp(
  before: Uint8Array | null,
  snapshot: Uint8Array,
  expires: number,
  crypto: TrustCrypto,
): Promise<JsonObject> {
  const envelope = before && readEnvelope(before, 'timestamp', Infinity)
  const old = envelope && readTimestamp(envelope)
  const { version } = readSnapshot(readEnvelope(snapshot, 'snapshot', Infinity))
  if (old && version < old.snapshot.version)
    refuse('timestamp', `the snapshot has version ${version}, ${old.snapshot.version} was named before`)
  return withFields(envelope?.signed ?? jsonObject({ _type: 'timestamp', spec_version: specVersion }), {
    version: (old?.version ?? 0) + 1,
    expires: dateTime(expires),
    meta: new Map([['snapshot.json', await describeMetadata(version, snapshot, crypto)]]),
  })
}
