import { notFound } from '../../../platform/access.ts'
import { CallerError, errorCode } from '../../../platform/errors.ts'

export const loginRefused = errorCode(
  'login-refused',
  401,
  'Name or password is wrong',
  'Check both; an operator can set a new password with PATCH /api/v1/accounts/{id}.',
)

export const tooManyAttempts = errorCode(
  'too-many-attempts',
  429,
  'There were too many attempts',
  'Wait as long as the Retry-After header says, then try again.',
)

export const claimRefused = errorCode(
  'claim-refused',
  403,
  'The device cannot be enrolled with this claim',
  'Ask for a new claim; it must be unexpired, made for this serial number (or for any), and not used up, and the request signed with the key it brings, with an empty subject or the serial number as its name.',
)

export const enrolmentDecided = errorCode(
  'enrolment-decided',
  409,
  'The enrolment does not wait for a decision any more',
  'It was decided, or the device must ask again; GET /api/v1/enrolments shows which wait.',
)

export const approvalUnusable = errorCode(
  'claim-approval-unusable',
  422,
  'The approval of the claim cannot be used',
  'Say none, person, or a CEL expression over serial and class, for example serial.startsWith("GW-").',
)

export const unknownOrder = errorCode(
  'claim-order-unknown',
  422,
  'The claim is to be for an order that is not open in this household',
  'Use the id of an order that has not ended (GET /api/v1/orders), and leave the household out or give the order’s.',
)

export const requestUnusable = errorCode(
  'claim-request-unusable',
  422,
  'The certification request for a claim certificate cannot be taken',
  'Make one with an Ed25519 or P-256 key, an empty subject and no attributes: sutler claim batch does.',
)

export const unknownDevice = errorCode(
  'claim-device-unknown',
  422,
  'The claim is to be for a device that is not in its household',
  'Use the id of a device of this household: GET /api/v1/devices?household=….',
)

export const rootKeyOffline = errorCode(
  'root-key-offline',
  409,
  'The hub does not have the root’s key any more',
  'It is where it was put when it was exported.',
)

export const intermediateRefused = errorCode(
  'intermediate-refused',
  422,
  'The certificate is not that of the authority that was asked for',
  'Begin again: sutler authority replace-intermediate asks for one, signs it with the root’s key and brings it.',
)

export const renewalRefused = errorCode(
  'renewal-refused',
  403,
  'The certificate is not renewed',
  'Show the device’s newest certificate, while it is good, or sign with its key; otherwise enrol again with a new claim (docs/guide/enrolling.md).',
)

export const notQuarantined = errorCode(
  'not-quarantined',
  409,
  'The device is not quarantined',
  'Only a quarantined device is released; for one whose certificate has run out make a claim with `device`.',
)

export const linkExpired = errorCode(
  'link-expired',
  403,
  'The file link has expired',
  'Ask for a fresh link (native protocol: `renew`), then go on where the download stopped.',
)

export const linkRefused = errorCode(
  'link-refused',
  403,
  'The file link is not valid for this file',
  'Use base and query of an offer unchanged; a link is for one device and one manifest.',
)

export const accountNameTaken = errorCode(
  'account-name-taken',
  409,
  'Another account has this name or belongs to this user',
  'Choose another name, or change the account that is there.',
)

export const unknownUser = errorCode(
  'unknown-user',
  422,
  'The request names a user that does not exist',
  'Use the id of an existing user (GET /api/v1/users), or leave `user` out to add a new one.',
)

export const lastOperator = errorCode(
  'last-operator',
  409,
  'This is the last account that can operate the hub',
  'Give another enabled account the role operator first.',
)

export const keyTooPowerful = errorCode(
  'key-too-powerful',
  403,
  'An API key cannot be given more than its owner has',
  'Ask only for roles that you hold (GET /api/v1/me shows them), logged in as a person, not with an API key.',
)

export const tenantExists = errorCode(
  'tenant-exists',
  409,
  'There is a tenant of this id already',
  'Choose another id; GET /api/v1/tenants lists those that there are.',
)

export const mainTenantStays = errorCode(
  'main-tenant-stays',
  409,
  'The installation’s own tenant cannot be disabled',
  'Disable accounts of its people instead (PATCH /api/v1/accounts/{id}).',
)

export const wrongPassword = errorCode(
  'wrong-password',
  403,
  'The current password is wrong',
  'Give the password that you log in with now.',
)

export const weakPassword = errorCode(
  'weak-password',
  422,
  'The password would be guessed early',
  'Choose another one of at least 12 characters: some words that do not belong together, or what a password manager makes.',
)

export const invitationRefused = errorCode(
  'invitation-refused',
  403,
  'The link is not good for making an account any more',
  'Ask an operator for a new one (POST /api/v1/invitations). For the first operator start the hub again: it prints a new link.',
)

export const identityRefused = errorCode(
  'identity-refused',
  401,
  'The identity provider did not prove who you are',
  'Begin again at /login, in one browser and within ten minutes. If it stays, an operator finds the reason in the hub’s log.',
)

export const noAccount = errorCode(
  'no-account',
  403,
  'There is no account for you here',
  'Ask an operator to invite you by the e-mail address that the identity provider knows, and verified.',
)

export const providerFailed = errorCode(
  'identity-provider-failed',
  503,
  'The identity provider does not answer as it should',
  'Try again later. An operator checks the issuer (GET /api/v1/identity-providers), and whether the hub may reach it (SUTLER_IDENTITY_PROVIDERS_PRIVATE).',
)

export const issuerRefused = errorCode(
  'issuer-refused',
  422,
  'The issuer cannot be trusted without TLS',
  'Give the issuer’s https:// address, exactly as the provider writes it; without TLS only with SUTLER_IDENTITY_PROVIDERS_PRIVATE=allow.',
)

export const providerThere = errorCode(
  'identity-provider-exists',
  409,
  'There is an identity provider with this issuer and client id already',
  'Change the one that is there (PATCH /api/v1/identity-providers/{id}), or remove it first.',
)

/** An attempt refused because too many came before it. */
export class TooManyAttempts extends CallerError {
  /** Whole seconds, at least 1. */
  readonly retryAfter: number
  constructor(milliseconds: number) {
    const seconds = Math.max(1, Math.ceil(milliseconds / 1000))
    super(tooManyAttempts, `Try again in ${seconds} s.`)
    this.retryAfter = seconds
  }
}

/** The error for an id in a path that leads to nothing. */
export function missing(noun: string, id: string): CallerError {
  return new CallerError(notFound, `There is no ${noun} ${id}.`)
}
