import { createHash } from 'node:crypto'
import type { DeviceClass, Digest, Manifest } from '@sutler/device-model'
import { canonicalManifest } from '@sutler/wire'
import { CallerError, type ErrorPlace } from '../../../platform/errors.ts'
import {
  compositionFindings,
  manifestOf,
  storedFindings,
  type Composition,
  type CompositionComponent,
} from '@sutler/composition'
import type { ComponentDefinition, Relation, Service, VersionContent } from '../domain/definition.ts'
import { blobsMissing, invalidComposition } from './errors.ts'

/** The content store as publishing needs it. */
export interface ManifestBlobs {
  /** Sizes in bytes of those of `digests` that are stored, and will be long enough to publish them. */
  sizes(digests: readonly Digest[]): Promise<ReadonlyMap<Digest, number>>
  /** Stores a file list under its digest, and writes down which files it needs. Repeated without harm. */
  keepList(digest: Digest, bytes: Buffer, files: ReadonlyMap<Digest, number>): Promise<void>
}

/** A composition that has passed every check and whose file lists are stored; what is left is to write the rows. */
export interface PreparedVersion extends VersionContent {
  readonly tenant: string
  readonly service: string
  readonly version: string
}

/** More places than this are not listed in one answer; its detail has the full number. */
const listedPlaces = 200

/**
 * Checks a composition for `service` against every rule and against the stored blobs, and stores its file lists.
 * @throws CallerError `invalid-composition` with all findings, or `blobs-missing` when only files are missing
 */
export async function prepareVersion(
  blobs: ManifestBlobs,
  { tenant, id: service }: Pick<Service, 'tenant' | 'id'>,
  composition: Composition,
): Promise<PreparedVersion> {
  const name = `${service} ${composition.version}`
  const broken = compositionFindings(service, composition)
  const stored = storedFindings(composition, await blobs.sizes(digestsOf(composition)))
  const wrong = [...broken, ...stored.wrong]
  if (wrong.length > 0) {
    const detail = `${name} has ${counted(wrong, 'mistake')}: ${wrong[0]!.pointer} ${wrong[0]!.detail}.`
    throw new CallerError(invalidComposition, detail, { places: [...wrong, ...stored.missing].slice(0, listedPlaces) })
  }
  if (stored.missing.length > 0) {
    const detail = `${name} needs ${counted(stored.missing, 'file')} more, the first being ${stored.missing[0]!.detail}.`
    throw new CallerError(blobsMissing, detail, { places: stored.missing.slice(0, listedPlaces) })
  }
  const components: ComponentDefinition[] = []
  for (const component of composition.components) {
    components.push(await storeComponent(blobs, component, manifestOf(service, composition.version, component)))
  }
  const { version, notes } = composition
  return { tenant, service, version, notes, relations: composition.relations as readonly Relation[], components }
}

async function storeComponent(
  blobs: ManifestBlobs,
  component: CompositionComponent,
  manifest: Manifest,
): Promise<ComponentDefinition> {
  const bytes = Buffer.from(canonicalManifest(manifest), 'utf8')
  const digest = createHash('sha256').update(bytes).digest('hex')
  await blobs.keepList(digest, bytes, new Map(manifest.files.map((file) => [file.digest, file.size])))
  return {
    name: component.name,
    deviceClass: component.deviceClass as DeviceClass,
    compatibility: component.compatibility,
    restart: manifest.restart,
    role: manifest.role ?? 'files',
    reports: manifest.reports ?? null,
    health: manifest.health,
    after: component.after,
    manifest: { digest, size: bytes.length },
    files: manifest.files.length,
    bytes: manifest.files.reduce((sum, file) => sum + file.size, 0),
  }
}

/** Only well-formed ones: the others are findings already, and must not reach the store. */
function digestsOf(composition: Composition): Digest[] {
  const digests = composition.components.flatMap((component) => component.files.map((file) => file.digest))
  return [...new Set(digests)].filter((digest) => /^[0-9a-f]{64}$/.test(digest))
}

function counted(places: readonly ErrorPlace[], noun: string): string {
  return `${places.length} ${noun}${places.length === 1 ? '' : 's'}`
}
