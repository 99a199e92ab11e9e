import { errorCode } from '../../platform/errors.ts'

export const requestSettled = errorCode(
  'release-request-settled',
  409,
  'Nobody waits for this release any more',
  'It was approved, refused or withdrawn; ask again with POST …/release-requests where it is still wanted.',
)

export const requestWaiting = errorCode(
  'release-request-waiting',
  409,
  'Somebody asked for the release of this version already',
  'Have it approved or refused, or withdraw it (POST /api/v1/release-requests/{id}/withdraw), then ask anew.',
)

export const secondDecider = errorCode(
  'not-a-second-person',
  403,
  'Another person has to decide this',
  'Ask somebody who may publish the service, and neither published this version nor asked for its release.',
)

export const nothingToReturnTo = errorCode(
  'nothing-to-return-to',
  409,
  'There is no older released version',
  'Withdraw the version without rolling it back, or release a version with a higher number that mends it.',
)

export const noFailingDevice = errorCode(
  'no-failing-device',
  409,
  'No device is there whose log would say why the version failed',
  'Look at GET …/failures and …/adoption: only devices on which this version failed last are asked.',
)
