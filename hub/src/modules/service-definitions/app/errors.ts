import { errorCode } from '../../../platform/errors.ts'

export const serviceExists = errorCode(
  'service-exists',
  409,
  'There is already a service of this name',
  'Choose another id: ids are unique on the hub and are never given away again.',
)

export const versionExists = errorCode(
  'version-exists',
  409,
  'This version is already published with other content',
  'Published versions never change: give the changed composition a new version number.',
)

export const tooManyVersions = errorCode(
  'too-many-versions',
  409,
  'The service has as many versions as one service can have',
  'Publish under a new service id that replaces this one.',
)

export const invalidComposition = errorCode(
  'invalid-composition',
  422,
  'The composition breaks rules',
  'Correct every place listed under `errors` and send the whole composition again; nothing of it was taken.',
)

export const blobsMissing = errorCode(
  'blobs-missing',
  409,
  'Files of the composition are not stored yet',
  'Upload each missing digest with PUT /api/v1/blobs/{digest}, then send the composition again; POST /api/v1/blobs/missing tells which are missing.',
)

export const stateNotAllowed = errorCode(
  'state-not-allowed',
  409,
  'The version cannot go from its state to that one',
  'Versions go draft → candidate → released → deprecated → retired; only a deprecation can be taken back.',
)

export const channelNotAllowed = errorCode(
  'channel-not-allowed',
  409,
  'The version cannot go to that channel',
  'Released versions go alpha → beta → stable, each with POST …/promote; deprecate a version to stop new orders of it.',
)

export const secondPersonNeeded = errorCode(
  'second-person-needed',
  409,
  'Another person has to release this version',
  'Ask for it: POST /api/v1/services/{service}/versions/{version}/release-requests; whoever may publish the service, and did not publish this version, approves.',
)

export const resolutionTooComplex = errorCode(
  'resolution-too-complex',
  422,
  'The relations between the services are too entangled to be resolved',
  'Pin versions of the services named here, or have their developers give relations with narrower ranges.',
)

export const contentLost = errorCode(
  'content-lost',
  503,
  'A published file is lost or spoilt',
  'Check the disk of the data directory, and restore the file named here from a backup.',
)

export const filesFreed = errorCode(
  'files-freed',
  410,
  'The files of this version were removed',
  'It was retired and no device was to have it any more; publish its files under a new version number.',
)
