import type { ManifestFile } from '@sutler/device-model'
import semver from 'semver'
import { notFound } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { invalidCursor } from '../../../platform/http/codes.ts'
import { namePattern } from '@sutler/composition'
import type { Service, VersionDefinition, VersionSummary } from '../domain/definition.ts'
import { isPublic } from '../domain/lifecycle.ts'
import { byNewest } from '../domain/version-choice.ts'
import { noSuchVersion } from './changes.ts'
import { filesFreed } from './errors.ts'
import type { Manifests } from './manifests.ts'
import { findVersion } from './reading.ts'
import type { DefinitionStorage, Visibility } from './storage.ts'
import { seesAll, visibleService } from './visibility.ts'

/** @throws CallerError `not-found` */
export async function visibleVersion(
  rows: DefinitionStorage,
  visible: Visibility,
  id: string,
  version: string,
): Promise<VersionDefinition> {
  const service = await visibleService(rows, visible, id)
  const found = await findVersion(rows, visible.tenant, id, version)
  if (found === null || !(seesAll(visible, service) || isPublic(found.state))) throw noSuchVersion(id, version)
  return found
}

/** Versions newest first, those after version `after`, at most `limit`. @throws CallerError `not-found`, `invalid-cursor` */
export async function visibleVersions(
  rows: DefinitionStorage,
  visible: Visibility,
  id: string,
  after: string | undefined,
  limit: number,
): Promise<VersionSummary[]> {
  const service = await visibleService(rows, visible, id)
  if (after !== undefined && semver.valid(after) === null) {
    throw new CallerError(invalidCursor, `The cursor is not one of the versions of ${id}.`)
  }
  const all = (await rows.summaries(null, visible.tenant, id)).filter(
    (one) => seesAll(visible, service) || isPublic(one.state),
  )
  const sorted = all.toSorted(byNewest)
  return sorted.filter((one) => after === undefined || semver.lt(one.version, after)).slice(0, limit)
}

/** Files of one component, by path. @throws CallerError `not-found`, `files-freed` */
export async function componentFiles(
  manifests: Manifests,
  version: VersionDefinition,
  name: string,
): Promise<readonly ManifestFile[]> {
  const component = version.components.find((one) => one.name === name)
  if (component === undefined) {
    throw new CallerError(notFound, `${version.service} ${version.version} has no component ${name}.`)
  }
  const stored = await manifests.manifest(component.manifest.digest)
  if (stored === null) throw freed(version)
  return stored.manifest.files
}

function freed({ service, version }: VersionDefinition): CallerError {
  return new CallerError(filesFreed, `The files of ${service} ${version} are no longer stored.`)
}

/** Services by id, of a category if one is given, those after `after`, at most `limit`. @throws CallerError `invalid-cursor` */
export async function visibleServices(
  rows: DefinitionStorage,
  visible: Visibility,
  { category, after, limit }: { readonly category?: string | undefined; after: string | undefined; limit: number },
): Promise<Service[]> {
  if (after !== undefined && !namePattern.test(after)) {
    throw new CallerError(invalidCursor, 'The cursor is not one of the list of services.')
  }
  return rows.services(visible, category ?? null, after ?? null, limit)
}

/** The file list of a component, as it is stored. @throws CallerError `not-found`, `files-freed` */
export async function targetFile(
  rows: DefinitionStorage,
  content: { read(digest: string): Promise<Buffer> },
  visible: Visibility,
  name: { readonly service: string; readonly version: string; readonly component: string; readonly digest: string },
): Promise<Buffer> {
  const version = await visibleVersion(rows, visible, name.service, name.version)
  const component = version.components.find((one) => one.name === name.component)
  if (component?.manifest.digest !== name.digest)
    throw new CallerError(notFound, `${name.service} ${name.version} has no such component ${name.component}.`)
  if (!(await rows.isManifest(name.digest))) throw freed(version)
  return content.read(name.digest)
}
