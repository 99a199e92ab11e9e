import { errorCode } from '../../../../platform/errors.ts'

export const trustNotInitialised = errorCode(
  'trust-not-initialised',
  503,
  'The hub has no root of trust yet',
  'An operator runs `sutler trust init` once, with keys that the hub never sees; then try again.',
)

export const metadataRefused = errorCode(
  'metadata-refused',
  422,
  'The signed metadata are not taken',
  'Read the code and the place; start from the newest metadata (GET /api/v1/trust/metadata/{role}), sign with the keys of the role, and send them again.',
)

export const notSigned = errorCode(
  'not-signed',
  409,
  'The version is not signed by a developer that devices trust',
  'Sign it with a delegated developer’s key: sutler service publish DIR --key FILE; sutler trust status shows who is delegated, and until when.',
)
