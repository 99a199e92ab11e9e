import type { Composition } from '@sutler/composition'
import type { Digest } from '@sutler/device-model'
import type { Hono } from 'hono'
import type { Access, Action, Principal } from '../../platform/access.ts'
import type { Blob, Blobs } from '../../platform/blobs.ts'
import type { Clock, Milliseconds } from '../../platform/clock.ts'
import type { RawHandler } from '../../platform/http/server.ts'
import type { Log } from '../../platform/log.ts'
import type { Metrics } from '../../platform/metrics.ts'
import type { OnlineSigner } from '../../signer/requests.ts'
import type { Database, Tx } from '../../platform/database.ts'
import type { Doorbells } from '../../platform/doorbells.ts'
import type { ApiEnv } from '../../platform/http/api.ts'
import { blobUseCases } from './app/blobs/index.ts'
import { PatchKeeper } from './app/blobs/patches.ts'
import type { VersionId } from './app/blobs/storage.ts'
import { transferOf, type Transfer } from './app/blobs/transfer.ts'
import { Catalogues } from './app/catalogues.ts'
import {
  addVersion,
  createService,
  describeService,
  noSuchVersion,
  promoteVersion,
  setState,
  type NewService,
  type ServiceDetails,
  type StateChange,
} from './app/changes.ts'
import { FileFinder, type FilePlace } from './app/files.ts'
import { targetFile } from './app/lists.ts'
import { manifestCache, type StoredManifest } from './app/manifests.ts'
import { prepareVersion, type PreparedVersion } from './app/publication.ts'
import { findService, findVersion, requireSignedVersion } from './app/reading.ts'
import type { AssignedComponent } from './app/trust/assignments.ts'
import type { ReleaseRule } from './app/storage.ts'
import { shownCatalogue, type ShownCatalogue } from './app/shown.ts'
import { TrustKeeper } from './app/trust/keeper.ts'
import { trustUseCases } from './app/trust/index.ts'
import { ownService, publishableService, visibilityOf, type Owned } from './app/visibility.ts'
import type { Service, VersionDefinition, VersionSummary } from './domain/definition.ts'
import { fit } from './domain/fit.ts'
import type { Channel } from './domain/channels.ts'
import { byNewest } from './domain/version-choice.ts'
import type { Catalogue } from './domain/resolver/catalogue.ts'
import type { Answer, Problem } from './domain/resolver/problem.ts'
import type { ResolutionDeps } from './app/resolutions.ts'
import { resolveWithin } from './app/resolving.ts'
import { addBlobUsage } from './http/blob-routes.ts'
import { addResolutions } from './http/resolution-routes.ts'
import { serviceRoutes } from './http/routes.ts'
import { addTrust } from './http/trust-routes.ts'
import { createTufHandler, type TufOptions } from './http/tuf.ts'
import { blobRows } from './store/blob-rows.ts'
import { definitionRows } from './store/definition-rows.ts'
import { patchRows } from './store/patch-rows.ts'
import { trustRows } from './store/trust-rows.ts'

export {
  blobsMissing,
  channelNotAllowed,
  invalidComposition,
  resolutionTooComplex,
  secondPersonNeeded,
  serviceExists,
  stateNotAllowed,
  tooManyVersions,
  versionExists,
} from './app/errors.ts'
export type { ReleaseRule } from './app/storage.ts'
export type { ShownCatalogue } from './app/shown.ts'
export type { Transfer } from './app/blobs/transfer.ts'
export type { VersionId } from './app/blobs/storage.ts'
export type { AssignedComponent } from './app/trust/assignments.ts'
export { notSigned, trustNotInitialised } from './app/trust/errors.ts'
export { category, channel, promoteBody, serviceAnswer, versionAnswer } from './contract.ts'
export { channels, offers, type Channel } from './domain/channels.ts'
export { compositionLimits, installRoles, namePattern, stagesOf, type Composition } from '@sutler/composition'
export type { Service, VersionDefinition, VersionSummary } from './domain/definition.ts'
export { orderRefusal } from './domain/lifecycle.ts'
export { untested } from './domain/fit.ts'
export type { Catalogue } from './domain/resolver/catalogue.ts'
export type {
  Answer,
  Assigned,
  CatalogueVersion,
  Installed,
  Problem,
  Reason,
  Removal,
  Resolved,
  ResolverDevice,
  Role,
  Unresolved,
  Wish,
} from './domain/resolver/problem.ts'
export { choosable } from './domain/resolver/problem.ts'
export { newestBefore } from './domain/version-choice.ts'
export { relationFindings, type RelatedVersion } from './domain/relations.ts'
export { serviceView, versionView } from './http/views.ts'

export interface ServiceDefinitionsDeps {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly access: Access
  readonly blobs: Blobs
  readonly log: Log
  readonly metrics: Metrics
  readonly signer: OnlineSigner
  /** What a device is to have, or goes on having: order-processing knows. */
  readonly assigned: (device: string) => Promise<readonly AssignedComponent[]>
  /** Those of `versions` that some device has or is to have. */
  readonly versionsInUse: (versions: readonly VersionId[]) => Promise<readonly VersionId[]>
  /** How long stored files are kept that nothing needs, and those of retired versions that no device is to have. */
  readonly keeping: { readonly grace: Milliseconds; readonly retention: Milliseconds }
  /** Bytes that the process which makes a patch may have; null: none are made. */
  readonly patchMemory: number | null
  /** The device that may fetch files of a manifest by this link. @throws CallerError `link-refused`, `link-expired` */
  readonly checkLink: TufOptions['checkLink']
  /** Whose a device is; null for one that there is not. */
  readonly tenantOf: (device: string) => Promise<string | null>
  /** A household as it is: order-processing and entity-management know. Null when there is none of that id. */
  readonly household: ResolutionDeps['household']
  /** What policy-and-preferences knows of a household's channels. */
  readonly channelsOf: ResolutionDeps['channelsOf']
}

/** Services, versions, compositions and their files. */
export interface ServiceDefinitions {
  /** Null when there is none of that id. */
  service(tenant: string, id: string): Promise<Service | null>
  /** `version` null = the newest released one. Null when there is none; whether it may be ordered says `orderRefusal`. */
  version(tenant: string, service: string, version: string | null): Promise<VersionDefinition | null>
  /** The component that a device gets, or why none fits it. Pure and quick: expressions are kept compiled. */
  readonly fit: typeof fit
  /** The file list with this digest, if a published component has it. Kept in memory: asked for at every outcome. */
  manifest(digest: Digest): Promise<StoredManifest | null>
  /**
   * Where a file is on disk, if the manifest lists it or is it; null otherwise. Asked for at every file request.
   * @throws OutsideError `content-lost` when it is listed but not there
   */
  fileIn(manifest: Digest, digest: Digest): Promise<FilePlace | null>
  /** The patch to a file that the manifest lists from another one, content coded `dcz`; null where there is none. */
  patchIn(manifest: Digest, digest: Digest, from: Digest): Promise<(FilePlace & { readonly digest: Digest }) | null>
  /**
   * What a device with the file list `have` (null: nothing of this component) has to fetch for the file list `want`, in bytes. Null when `want` is
   * not published.
   */
  transfer(have: Digest | null, want: Digest): Promise<Transfer | null>
  /**
   * A service that this principal may change.
   * @throws CallerError `not-found` where it may not know of it, `forbidden` where it may only look
   */
  publishableService(principal: Principal, id: string): Promise<Service>
  /** A service that is the principal's for this action, as its developer or otherwise. @throws CallerError `not-found`, `forbidden` */
  ownService(principal: Principal, id: string, action: Action): Promise<Owned<Service>>
  /** A version of such a service. @throws CallerError `not-found`, `forbidden` */
  ownVersion(principal: Principal, id: string, version: string, action: Action): Promise<Owned<VersionDefinition>>
  /** All versions of a service, newest first; their number is bounded. */
  versionsOfService(tenant: string, service: string): Promise<VersionSummary[]>
  /** @throws CallerError `service-exists` */
  createService(tx: Tx, service: NewService): Promise<Service>
  /** Changes title, categories, parental rating. @throws CallerError `not-found` */
  describeService(tx: Tx, tenant: string, id: string, details: Partial<ServiceDetails>): Promise<Service>
  /**
   * Checks a composition against every rule and the stored blobs, and stores its file lists. To be done before the
   * transaction that adds it. @throws CallerError `invalid-composition`, `blobs-missing`
   */
  prepareVersion(service: Pick<Service, 'tenant' | 'id'>, composition: Composition): Promise<PreparedVersion>
  /** @throws CallerError `not-found`, `version-exists`, `too-many-versions` */
  addVersion(
    tx: Tx,
    prepared: PreparedVersion,
    state: 'draft' | 'candidate',
    by: string,
  ): Promise<{ readonly version: VersionDefinition; readonly created: boolean }>
  /** Throws unless devices would take the version for signed; to be asked before it is released. @throws CallerError `not-signed`, `not-found` */
  checkSigned(tenant: string, service: string, version: string): Promise<void>
  /** Releases, deprecates, retires a version. @throws CallerError `not-found`, `state-not-allowed`, `channel-not-allowed`, `second-person-needed` */
  setState(tx: Tx, tenant: string, service: string, version: string, change: StateChange): Promise<VersionDefinition>
  /** Offers a released version to a steadier channel. @throws CallerError `not-found`, `state-not-allowed`, `channel-not-allowed`, `second-person-needed` */
  promote(
    tx: Tx,
    tenant: string,
    service: string,
    version: string,
    channel: Channel,
    by: string,
  ): Promise<VersionDefinition>
  /** Whether a version is released by another person than who published it; false where nobody has said. */
  releaseRule(tenant: string): Promise<ReleaseRule>
  setReleaseRule(tx: Tx, tenant: string, secondPerson: boolean, by: string): Promise<void>
  /** Services with all their versions and what those may bring along, as they are now: see app/catalogues.ts. */
  readonly catalogue: Catalogues['catalogue']
  /** Services and versions as far as a principal may see them. */
  readonly shown: ShownCatalogue
  /**
   * What a household is to have; or the reasons why that cannot be. Pure, synchronous.
   * @param catalogue with every service that is wished or installed
   * @throws CallerError `resolution-too-complex`
   */
  resolve(catalogue: Catalogue, problem: Problem): Answer
  /** Throws unless devices would take the version for signed, by a look that may be some seconds old. @throws CallerError `not-signed` */
  requireSigned(version: VersionDefinition): Promise<void>
  /** The root of trust that new devices get. @throws OutsideError `trust-not-initialised` */
  trustRoot(): Promise<string>
  /** Which of these files are stored; each of them stays long enough to publish a version with it. */
  heldBlobs(digests: readonly Digest[]): Promise<ReadonlySet<Digest>>
  /** Runs `store`, which puts a file under its digest; the file stays long enough to publish a version with it. */
  putBlob(digest: Digest, store: () => Promise<Blob>): Promise<Blob>
  /** Removes stored files that nothing needs: one bounded round, to be repeated. @returns what was removed */
  collectBlobs(): Promise<{ readonly blobs: number; readonly bytes: number }>
  /** Makes patches between files that devices are likely to ask for: one bounded round, to be repeated. @returns how many were made */
  makePatches(stop: AbortSignal): Promise<number>
  /** Keeps online metadata fresh from now on; returns the way to stop. */
  keepFresh(): () => void
  /** /tuf/… */
  tuf(): RawHandler
  routes(): Hono<ApiEnv>
}

/** The module's face. */
export function createServiceDefinitions(deps: ServiceDefinitionsDeps): ServiceDefinitions {
  const rows = definitionRows(deps.database)
  const patches = patchRows(deps.database)
  const stored = blobUseCases({ ...deps, storage: blobRows(deps.database), patches })
  const { content, claims } = stored
  const changing = { rows, blobs: stored.storage, doorbells: deps.doorbells, clock: deps.clock }
  const catalogues = new Catalogues(rows)
  const finder = new FileFinder(content)
  const trust = trustUseCases({ ...deps, trust: trustRows(deps.database) })
  const keeper = new TrustKeeper(trust, deps)
  const manifests = manifestCache({ isManifest: (digest) => rows.isManifest(digest), read: content.read })
  const patchKeeper = new PatchKeeper({ ...deps, rows, patches, manifests, claims })
  return {
    service: (tenant, id) => findService(rows, tenant, id),
    version: async (tenant, service, version) =>
      (version === null ? null : await catalogues.version(tenant, service, version)) ??
      findVersion(rows, tenant, service, version),
    fit,
    manifest: (digest) => manifests.manifest(digest),
    async fileIn(manifest, digest) {
      const stored = await manifests.manifest(manifest)
      return stored && finder.fileIn(stored, manifest, digest)
    },
    async patchIn(manifest, digest, from) {
      const listed = (await manifests.manifest(manifest))?.files.has(digest) === true
      return listed ? patchKeeper.find(from, digest) : null
    },
    transfer: (have, want) => transferOf({ manifests, patches }, have, want),
    publishableService: (principal, id) => publishableService(rows, deps.access, principal, id),
    ownService: (principal, id, action) => ownService(rows, deps.access, principal, id, action),
    async ownVersion(principal, id, version, action) {
      const { it: service, decision } = await ownService(rows, deps.access, principal, id, action)
      const found = await findVersion(rows, service.tenant, id, version)
      if (found === null) throw noSuchVersion(id, version)
      return { it: found, decision }
    },
    versionsOfService: async (tenant, service) => (await rows.summaries(null, tenant, service)).toSorted(byNewest),
    createService: (tx, service) => createService(changing, tx, service),
    describeService: (tx, ...what) => describeService(changing, tx, ...what),
    prepareVersion: (service, composition) => prepareVersion(content, service, composition),
    addVersion: (tx, prepared, state, by) => addVersion(changing, tx, prepared, state, by),
    releaseRule: (tenant) => rows.releaseRule(null, tenant),
    setReleaseRule: (tx, tenant, secondPerson, by) =>
      rows.setReleaseRule(tx, tenant, secondPerson, by, deps.clock.now()),
    setState: (tx, ...which) => setState(changing, tx, ...which),
    promote: (tx, ...which) => promoteVersion(changing, tx, ...which),
    catalogue: (tx, ...which) => catalogues.catalogue(tx, ...which),
    shown: shownCatalogue(rows, deps.access),
    resolve: resolveWithin,
    checkSigned: (...which) => requireSignedVersion(rows, trust.signed, ...which),
    requireSigned: (version) => trust.signed.requireLately(version),
    heldBlobs: async (digests) => new Set((await claims.held(digests)).keys()),
    putBlob: (digest, store) => claims.put(digest, store),
    collectBlobs: () => stored.collect(),
    makePatches: (stop) => patchKeeper.round(stop),
    trustRoot: () => keeper.root(),
    keepFresh: () => keeper.start(),
    tuf: () =>
      createTufHandler({
        ...deps,
        trust,
        target: (principal, name) => targetFile(rows, content, visibilityOf(deps.access, principal), name),
      }),
    routes() {
      const app = serviceRoutes({ ...deps, ...changing, manifests, signed: trust.signed })
      addBlobUsage(app, { ...deps, usage: () => stored.usage() })
      addTrust(app, { ...deps, trust })
      addResolutions(app, { ...deps, catalogues })
      return app
    },
  }
}
