import { TrustError } from '../errors.ts'
import { authorityOf } from '../metadata/root.ts'
import { known, mostBytesOf, read } from './turns.ts'
import type { MetaFile } from '../metadata/files.ts'
import type { Effect, Turn, Update, Visit } from './update.ts'

/** Where every search begins. */
export function topLevel(update: Update): Visit {
  return { role: 'targets', authority: authorityOf(known(update.root), 'targets'), roles: ['targets'] }
}

/** Asks the store for a role's metadata. Throws TrustError `not-in-snapshot` or `too-large`. */
export function readRoleFile(update: Update, visit: Visit, effects: Effect[]): Turn {
  return read(update, { at: 'stored-targets', visit }, visit.role, mostBytesOfRole(update, visit), effects)
}

/** What the snapshot says of a role's metadata. */
export function metaOfRole(update: Update, { role }: Visit): MetaFile {
  const meta = known(update.snapshot).meta.get(`${role}.json`)
  if (!meta) throw new TrustError('not-in-snapshot', role, `the snapshot does not list ${role}.json`)
  return meta
}

export function mostBytesOfRole(update: Update, visit: Visit): number {
  return mostBytesOf(visit.role, metaOfRole(update, visit).length, update.limits.targetsBytes)
}
