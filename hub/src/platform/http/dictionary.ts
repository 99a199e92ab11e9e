/**
 * The file that a client says it has and can take a patch from (RFC 9842, 2.2 and 6): its SHA-256 as 64 lower-case hexadecimal digits;
 * null when it names none, or does not take the content coding `dcz`.
 */
export function offeredDictionary(headers: { readonly [name: string]: string | string[] | undefined }): string | null {
  const [available, accepted] = [headers['available-dictionary'], headers['accept-encoding']]
  if (typeof available !== 'string' || typeof accepted !== 'string' || !takesDcz(accepted)) return null
  // A byte sequence of structured fields (RFC 9651, 3.3.5): base64 between colons; 32 bytes here.
  const [, base64] = /^\s*:([A-Za-z0-9+/]{43}=):\s*$/.exec(available) ?? []
  return base64 === undefined ? null : Buffer.from(base64, 'base64').toString('hex')
}

/** RFC 9110, 12.5.3; a weight of 0 refuses. `*` is no offer of a coding that needs a dictionary. */
function takesDcz(accepted: string): boolean {
  return accepted.split(',').some((each) => /^\s*dcz\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)[\d.]+\s*)?$/i.test(each))
}
