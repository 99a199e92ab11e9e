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

export const notTestDevice = errorCode(
  'not-test-device',
  422,
  'A version is tried on test devices only',
  'Name devices of GET /api/v1/test-devices; an operator makes a device one with the tag test-device.',
)

export const trialOver = errorCode(
  'trial-over',
  409,
  'This trial has nothing left to undo',
  'Look at GET …/trials for what came of it; order what the devices are to have instead.',
)

export const noFailingDevice = errorCode(
  'no-failing-device',
  409,
  'No device is there whose log would say why the version failed',
  'Look at GET …/failures and …/adoption: only devices on which this version failed last are asked.',
)
