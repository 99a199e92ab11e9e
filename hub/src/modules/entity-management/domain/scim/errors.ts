import { CallerError, errorCode } from '../../../../platform/errors.ts'

/** Errors with a keyword of their own (RFC 7644, 3.12, table 9): the keyword is what follows `scim-`, in camel case. */
export const scimErrors = {
  invalidFilter: errorCode(
    'scim-invalid-filter',
    400,
    'The SCIM filter cannot be understood or used',
    'Correct it at the place named; docs/guide/scim.md lists what may be filtered by.',
  ),
  invalidPath: errorCode(
    'scim-invalid-path',
    400,
    'The path of a SCIM PATCH operation leads nowhere',
    'Use an attribute of the resource’s schema (GET /scim/v2/Schemas), in one of the forms of RFC 7644, 3.5.2.',
  ),
  noTarget: errorCode(
    'scim-no-target',
    400,
    'A SCIM PATCH operation has nothing to work on',
    'Name a path that has a value, or add the value first.',
  ),
  invalidValue: errorCode(
    'scim-invalid-value',
    400,
    'A value does not fit its SCIM attribute',
    'Send what the attribute takes: GET /scim/v2/Schemas has type, bounds and whether it is required.',
  ),
  invalidSyntax: errorCode(
    'scim-invalid-syntax',
    400,
    'The body is not a SCIM message',
    'Send a JSON object with the `schemas` that the operation takes (RFC 7644, 3.3 and 3.5).',
  ),
  mutability: errorCode(
    'scim-mutability',
    400,
    'The SCIM attribute is not changed by clients',
    'Leave it out; the schema says which attributes are readOnly.',
  ),
  uniqueness: errorCode(
    'scim-uniqueness',
    409,
    'There is one of that name already',
    'Look it up by a filter and change it, or choose another name.',
  ),
  tooManyOperations: errorCode(
    'scim-too-many-operations',
    413,
    'A SCIM bulk request has more operations than it may have',
    'Send fewer in one request: /scim/v2/ServiceProviderConfig says how many.',
  ),
  bulkReference: errorCode(
    'scim-bulk-reference',
    409,
    'An operation of a SCIM bulk request refers to something that was not made',
    'Correct the operation that it names, or the `bulkId`; what refers to one another in a circle is to be made first and linked after.',
  ),
  discoveryFilter: errorCode(
    'scim-discovery-filter',
    403,
    'Schemas, resource types and the configuration are not filtered',
    'Ask without `filter` (RFC 7644, 4).',
  ),
} as const

export type ScimError = keyof typeof scimErrors

/** @param place in the request: a JSON pointer, or `#query/filter` */
export function scimError(which: ScimError, detail: string, place?: string): CallerError {
  return new CallerError(scimErrors[which], detail, place === undefined ? {} : { places: [{ pointer: place, detail }] })
}
