import { TrustError } from '../errors.ts'
import { readCommon } from './envelope.ts'
import { readEntries } from './fields.ts'
import { readMetaFile } from './files.ts'
import type { Common, Envelope } from './envelope.ts'
import type { MetaFile } from './files.ts'

/** Snapshot metadata (section 4.4): which versions of all targets metadata belong together. */
export interface Snapshot extends Common {
  /** By file name: `targets.json`, `<role>.json`. */
  readonly meta: ReadonlyMap<string, MetaFile>
}

/** Timestamp metadata (section 4.6): which snapshot is the newest. */
export interface Timestamp extends Common {
  readonly snapshot: MetaFile
}

/** Throws TrustError. */
export function readSnapshot(envelope: Envelope): Snapshot {
  return {
    ...readCommon(envelope, 'snapshot'),
    meta: readEntries(envelope.signed.get('meta'), `${envelope.what}: meta`, readMetaFile),
  }
}

/** Throws TrustError. */
export function readTimestamp(envelope: Envelope): Timestamp {
  const common = readCommon(envelope, 'timestamp')
  const meta = readEntries(envelope.signed.get('meta'), `${envelope.what}: meta`, readMetaFile)
  const snapshot = meta.get('snapshot.json')
  // 4.6: it must only describe snapshot.json.
  if (!snapshot || meta.size !== 1)
    throw new TrustError('bad-field', `${envelope.what}: meta`, 'expected snapshot.json and nothing else')
  return { ...common, snapshot }
}
