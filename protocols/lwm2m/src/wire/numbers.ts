/** Numbers that the standards give to methods, answers, options and formats, under the names that they have there. */

/** Request codes (RFC 7252, 12.1.1; FETCH and iPATCH: RFC 8132). */
export const method = { get: 1, post: 2, put: 3, delete: 4, fetch: 5, patch: 6, ipatch: 7 } as const

/** Signalling codes (RFC 8323, 5). */
export const signal = { csm: 0xe1, ping: 0xe2, pong: 0xe3, release: 0xe4, abort: 0xe5 } as const

/** Response codes as one byte: class in the upper 3 bits (RFC 7252, 12.1.2; RFC 7959, 2.9). */
export const answer = {
  created: 0x41,
  deleted: 0x42,
  valid: 0x43,
  changed: 0x44,
  content: 0x45,
  continue: 0x5f,
  badRequest: 0x80,
  unauthorized: 0x81,
  badOption: 0x82,
  forbidden: 0x83,
  notFound: 0x84,
  methodNotAllowed: 0x85,
  notAcceptable: 0x86,
  requestEntityIncomplete: 0x88,
  preconditionFailed: 0x8c,
  requestEntityTooLarge: 0x8d,
  unsupportedContentFormat: 0x8f,
  internalServerError: 0xa0,
  notImplemented: 0xa1,
  serviceUnavailable: 0xa3,
} as const

/** Option numbers (RFC 7252, 12.2; Observe: RFC 7641; blocks: RFC 7959). */
export const option = {
  ifMatch: 1,
  uriHost: 3,
  etag: 4,
  ifNoneMatch: 5,
  observe: 6,
  uriPort: 7,
  locationPath: 8,
  uriPath: 11,
  contentFormat: 12,
  maxAge: 14,
  uriQuery: 15,
  accept: 17,
  locationQuery: 20,
  block2: 23,
  block1: 27,
  size2: 28,
  proxyUri: 35,
  proxyScheme: 39,
  size1: 60,
} as const

/** Content formats (RFC 7252, 12.3; RFC 8428; OMA-TS-LightweightM2M_Core 7.4). */
export const format = {
  text: 0,
  link: 40,
  opaque: 42,
  cbor: 60,
  senmlJson: 110,
  senmlCbor: 112,
  tlv: 11542,
  json: 11543,
  lwm2mCbor: 11544,
} as const

/** `2.05` as people write it. */
export function codeText(code: number): string {
  return `${code >> 5}.${String(code & 0x1f).padStart(2, '0')}`
}
