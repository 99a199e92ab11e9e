import { errorCode } from '../../../../platform/errors.ts'

export const identityTaken = errorCode(
  'identity-taken',
  409,
  'Another device has this identity, or this device has one in that protocol already',
  'See who has it (GET /api/v1/devices/{id}/identities), and remove it there first if it has moved.',
)

export const credentialUnusable = errorCode(
  'credential-unusable',
  422,
  'The credential cannot be used in this protocol',
  'Use a kind that the protocol can show: docs/guide/devices/index.md lists them; a public key is PEM, RSA of 2048 bits or more, P-256, P-384 or Ed25519.',
)

export const credentialTaken = errorCode(
  'credential-taken',
  409,
  'The name or secret of this credential is in use already',
  'Choose another user name, key identity or token; leave the secret out and the hub makes one.',
)

export const deviceNotRecognised = errorCode(
  'device-not-recognised',
  401,
  'The device is not let in by what it showed',
  'Check its identity and credential (GET /api/v1/devices/{id}/identities), that the device is active, and that this is the protocol it is to speak.',
)

export const tooManyWaiting = errorCode(
  'too-many-waiting',
  429,
  'Too many unknown devices wait for a person already',
  'Accept or refuse those that wait (GET /api/v1/enrolments?state=waiting): 50 of one address, 500 of one batch, 1,000 in all.',
)

export const enrolmentNeedsPlace = errorCode(
  'enrolment-needs-place',
  422,
  'Nobody has said whose device that will be, and of which class',
  'Accept it with `household` and `class`: POST /api/v1/enrolments/{id}/accept.',
)

export const noSuchIdentity = errorCode(
  'no-such-identity',
  409,
  'The device has no identity in that protocol',
  'Add one first (POST /api/v1/devices/{id}/identities); for native make a claim with `device`: the enrolment changes it over.',
)
