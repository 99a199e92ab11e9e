/** Every error code of this package, and what it means. SPEC.md lists the same; a test compares the two. */
export const errorCodes = {
  malformed: 'The bytes are not JSON in UTF-8, or something follows the JSON.',
  'too-large': 'The bytes are more than the limit for this kind of metadata.',
  'too-deep': 'Objects and lists are nested deeper than the limit.',
  'too-many': 'A list, an object or the whole has more entries than the limit.',
  duplicate: 'A key of an object, a key id of a role, a signature or a delegated role is there twice.',
  'bad-field': 'A field is missing, has the wrong type, or is outside its range.',
  'wrong-type': 'The metadata is of another role than the one that was asked for.',
  'unsupported-version': 'The metadata is written to another major version of the TUF specification.',
  'key-id-mismatch': 'A key id is not the SHA-256 of its key.',
  'below-threshold': 'Fewer distinct keys of the role have signed than its threshold asks.',
  rollback: 'A version is lower than one that was trusted before, or a role has left the snapshot.',
  'version-mismatch': 'The version is not the one that the signed reference to this file names.',
  expired: 'The metadata has expired: perhaps somebody holds back newer ones. What runs goes on.',
  absent: 'The repository does not have a file that signed metadata name.',
  'no-trusted-root': 'The device has no root metadata to start from.',
  'endless-data': 'The answer was longer than the limit; it was cut there.',
  'length-mismatch': 'The length is not the signed one.',
  'hash-mismatch': 'The SHA-256 digest is not the signed one.',
  'no-known-hash': 'The signed hashes hold no SHA-256.',
  'not-in-snapshot': 'The snapshot does not list the metadata of this role.',
  'target-not-found': 'No role that may speak for this target path names it.',
  'too-many-roles': 'The search for a target went through as many roles as it may.',
  'no-director': 'The root metadata name no director.',
  'wrong-device': 'The assignment is for another device.',
  'below-floor': 'The assignment, or the metadata beside it, is older than what was in force before.',
  'not-assigned': 'The director did not assign this to the device.',
  'not-signed-by-developer': 'The director assigns a file that no developer signed.',
  'length-differs': 'Developer and director signed different lengths.',
  'digest-differs': 'Developer and director signed different digests.',
  'component-differs': 'The developer signed the file as another service, version or component.',
  'wrong-model': 'The developer signed the file for other models of device.',
  'bad-change': 'The change cannot be made to this metadata.',
} as const

export type TrustErrorCode = keyof typeof errorCodes

/** Metadata are not to be trusted. `what` is the role or file, with the field behind a colon where it is known. */
export class TrustError extends Error {
  readonly code: TrustErrorCode
  readonly what: string

  constructor(code: TrustErrorCode, what: string, detail: string) {
    super(`${code}: ${what}: ${detail}`)
    this.name = 'TrustError'
    this.code = code
    this.what = what
  }
}
