import { readEnvelope, readRoot, readTargets, type Root, type Targets } from '@sutler/trust'
import type { Tx } from '../../../../platform/database.ts'
import { CallerError, InvariantError, OutsideError } from '../../../../platform/errors.ts'
import { metadataRefused, trustNotInitialised } from './errors.ts'
import type { TrustStorage } from './storage.ts'

/** What was verified when it was taken is read without its signatures. */

/** Null before there is one. */
export async function rootInForce(trust: TrustStorage, tx: Tx | null): Promise<Root | null> {
  const file = await trust.newest(tx, 'root')
  return file && readRoot(readEnvelope(file.bytes, 'root', Infinity))
}

export async function targetsInForce(trust: TrustStorage, tx: Tx | null): Promise<Targets | null> {
  const file = await trust.newest(tx, 'targets')
  return file && readTargets(readEnvelope(file.bytes, 'targets', Infinity))
}

/** @throws OutsideError `trust-not-initialised` */
export async function requireRoot(trust: TrustStorage, tx: Tx | null): Promise<Root> {
  const root = await rootInForce(trust, tx)
  if (root === null) throw new OutsideError(trustNotInitialised, 'Nobody has given it a root yet.')
  return root
}

/** @throws InvariantError: targets come with the first root */
export async function requireTargets(trust: TrustStorage, tx: Tx): Promise<Targets> {
  const targets = await targetsInForce(trust, tx)
  if (targets === null) throw new InvariantError('there is a root and no targets')
  return targets
}

/** @throws CallerError `metadata-refused` */
export function metadataMissing(pointer: string, detail: string): CallerError {
  return new CallerError(metadataRefused, `${detail}.`, { places: [{ pointer, detail }] })
}
