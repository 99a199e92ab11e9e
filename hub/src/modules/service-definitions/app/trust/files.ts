import { createHash } from 'node:crypto'
import { readCommon, readEnvelope, TrustError } from '@sutler/trust'
import { CallerError } from '../../../../platform/errors.ts'
import { metadataRefused } from './errors.ts'
import type { TrustFile } from './storage.ts'

/** Top-level roles are typed by their name; a developer's metadata are targets. */
function typeOf(role: string): string {
  return ['root', 'snapshot', 'timestamp'].includes(role) ? role : 'targets'
}

/** What is stored of a file of metadata that was verified or that the signer has made. */
export function trustFile(role: string, bytes: Uint8Array): TrustFile {
  const { version, expires } = readCommon(readEnvelope(bytes, role, Infinity), typeOf(role))
  return { role, version, bytes, sha256: createHash('sha256').update(bytes).digest('hex'), expires }
}

/** What `check` gives; what it finds wrong with metadata is the caller's to mend. @throws CallerError `metadata-refused` */
export async function refusing<T>(pointer: string, check: () => Promise<T>): Promise<T> {
  try {
    return await check()
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    throw new CallerError(metadataRefused, error.message, {
      places: [{ pointer, detail: error.message }],
      cause: error,
    })
  }
}
