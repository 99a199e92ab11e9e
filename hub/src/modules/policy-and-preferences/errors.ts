import { errorCode } from '../../platform/errors.ts'

/** What can be wrong with preferences and consents. */

export const invalidWindow = errorCode(
  'invalid-window',
  422,
  'A window is not written as iCalendar writes windows',
  'Read each place; docs/guide/preferences.md shows which parts of RRULE, DTSTART and DURATION can be used.',
)
export const windowNeverOpens = errorCode(
  'window-never-opens',
  422,
  'Nothing could ever be delivered within these windows',
  'Change the windows or the quiet hours so that some time is left within an `allow` window and outside of everything else.',
)
export const windowOverlaps = errorCode(
  'window-overlaps-itself',
  422,
  'A window opens again before it has closed',
  'Shorten its duration, or let it repeat more rarely.',
)
export const preferencesTooLarge = errorCode(
  'preferences-too-large',
  422,
  'The preferences are larger than 64 KiB',
  'Leave out names and services that are not needed.',
)
export const preferenceMisplaced = errorCode(
  'preference-misplaced',
  422,
  'This preference is not for this kind of subject',
  'Write `binding` for tenants only and `user` for devices only, where the user is one of the device’s household.',
)
export const nothingToRevoke = errorCode(
  'nothing-to-revoke',
  409,
  'There is no consent to take back',
  'Only what was granted can be revoked; to decline, answer `denied`.',
)
export const unknownConsentTarget = errorCode(
  'unknown-consent-target',
  422,
  'There is no such service to agree to',
  'List the services (GET /api/v1/services) and use one of their ids; an update is written <service>@<version>.',
)
