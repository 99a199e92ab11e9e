import semver from 'semver'
import { namePattern } from '@sutler/composition'
import type { Service, VersionDefinition } from '../domain/definition.ts'
import { transitionRefusal } from '../domain/lifecycle.ts'
import { newestReleased } from '../domain/version-choice.ts'
import { noSuchVersion } from './changes.ts'
import type { DefinitionStorage } from './storage.ts'
import type { SignedVersions } from './trust/signed-versions.ts'

/** A service, or null when there is none of that id. */
export async function findService(rows: DefinitionStorage, tenant: string, id: string): Promise<Service | null> {
  return namePattern.test(id) ? rows.service(null, tenant, id) : null
}

/** One version; `null` for the newest released one. Null when there is none. */
export async function findVersion(
  rows: DefinitionStorage,
  tenant: string,
  service: string,
  version: string | null,
): Promise<VersionDefinition | null> {
  if (!namePattern.test(service)) return null
  if (version !== null) return semver.valid(version) === version ? rows.version(null, tenant, service, version) : null
  const newest = newestReleased(await rows.summaries(null, tenant, service))
  return newest === null ? null : rows.version(null, tenant, service, newest.version)
}

/** Throws unless devices would take this version for signed. @throws CallerError `not-signed`, `not-found` */
export async function requireSignedVersion(
  rows: DefinitionStorage,
  signed: SignedVersions,
  tenant: string,
  service: string,
  version: string,
): Promise<void> {
  const found = await findVersion(rows, tenant, service, version)
  if (found === null) throw noSuchVersion(service, version)
  // What may not be released anyhow is refused for that.
  if (transitionRefusal(found.state, 'released') === null) await signed.require(found)
}
