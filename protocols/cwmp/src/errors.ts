/** Why bytes of a device are not taken, by code; the sentence says what to look at on the device's side. */
export const cwmpErrors = {
  'not-utf8': 'the bytes are not in the encoding that they name; CWMP messages are UTF-8',
  'xml-malformed': 'the document is not well-formed XML 1.0 with namespaces',
  'xml-forbidden': 'document types and processing instructions have no place in a SOAP message',
  'xml-too-large': 'the document is larger, or has more elements or attributes, than this server reads',
  'xml-too-deep': 'elements nest deeper than in any message of CWMP',
  'not-soap': 'the document is no SOAP 1.1 envelope',
  'unknown-version': 'no message in a namespace of CWMP 1.0 to 1.4',
  'must-understand': 'a header that must be understood is none of CWMP',
  'unknown-method': 'the method is none that a CPE sends',
  'missing-field': 'a field that the method needs is not there',
  'bad-field': 'a field holds what its type does not allow',
  'too-many': 'a list is longer than this server reads',
  'bad-authorization': 'an Authorization or WWW-Authenticate header does not follow RFC 7616 or RFC 7617',
} as const

export type CwmpErrorCode = keyof typeof cwmpErrors

/** Bytes of a device that cannot be taken: which rule they break, and where. */
export class CwmpError extends Error {
  readonly code: CwmpErrorCode
  /** The rule: a clause of TR-069 Amendment 6, of SOAP 1.1, XML 1.0 or of an RFC. */
  readonly clause: string
  /** Characters from the start of the document or header; null where the whole is meant. */
  readonly offset: number | null

  constructor(code: CwmpErrorCode, clause: string, offset: number | null, detail: string, options?: ErrorOptions) {
    super(`${detail} (${clause}${offset === null ? '' : `, at ${offset}`}): ${cwmpErrors[code]}`, options)
    this.name = 'CwmpError'
    this.code = code
    this.clause = clause
    this.offset = offset
  }
}

/** The hub's side breaks the contract of this package. */
export class CwmpUseError extends Error {
  readonly code: 'not-started' | 'bad-setting'

  constructor(code: CwmpUseError['code'], detail: string) {
    super(`${code}: ${detail}`)
    this.name = 'CwmpUseError'
    this.code = code
  }
}
