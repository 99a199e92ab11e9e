import { CwmpError } from '../../errors.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
const latin1 = new TextDecoder('iso-8859-1')

/**
 * The characters of a body. TR-069 3.5 wants UTF-8; where the declaration says ISO-8859-1 or US-ASCII and the bytes are not
 * UTF-8, they are read as what they say they are (older devices write their texts so).
 * @throws CwmpError `not-utf8`
 */
export function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    const declaration = latin1.decode(bytes.subarray(0, 100))
    if (/^<\?xml[^>]*\bencoding=["'](?:iso-8859-1|latin1|windows-1252|us-ascii)["']/i.test(declaration))
      return latin1.decode(bytes)
    throw new CwmpError('not-utf8', 'TR-069 3.5', null, 'the body is not UTF-8', { cause })
  }
}
