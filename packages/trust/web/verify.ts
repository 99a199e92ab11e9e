import type { Scheme, TrustCrypto } from '../src/client.ts'

/** The package's cryptography where Web Crypto is: in a page, in a worker. It must have Ed25519 (Secure Curves in Web Crypto). */
export const webTrustCrypto: TrustCrypto = {
  async verifySignature(scheme, publicKey, bytes, signature) {
    const { subtle } = globalThis.crypto
    const { format, algorithm, using } = parameters[scheme]
    const given = scheme === 'ecdsa-sha2-nistp256' ? fixedLength(signature) : signature.slice()
    if (given === null) return false
    try {
      const key = await subtle.importKey(format, publicKey.slice(), algorithm, false, ['verify'])
      return await subtle.verify(using, key, given, bytes.slice())
    } catch (error) {
      if (isNoKey(error)) return false
      throw error
    }
  },
  sha256: async (bytes) => new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes.slice())),
}

const parameters = {
  ed25519: { format: 'raw', algorithm: { name: 'Ed25519' }, using: { name: 'Ed25519' } },
  'ecdsa-sha2-nistp256': {
    format: 'spki',
    algorithm: { name: 'ECDSA', namedCurve: 'P-256' },
    using: { name: 'ECDSA', hash: 'SHA-256' },
  },
  'rsassa-pss-sha256': {
    format: 'spki',
    algorithm: { name: 'RSA-PSS', hash: 'SHA-256' },
    using: { name: 'RSA-PSS', saltLength: 32 },
  },
} as const satisfies Record<Scheme, object>

/** What importing bytes that are no key fails with; anything else is the host's failure. */
function isNoKey(error: unknown): boolean {
  return error instanceof DOMException && ['DataError', 'SyntaxError', 'OperationError'].includes(error.name)
}

/**
 * An ECDSA signature as Web Crypto takes it, r and s in 32 bytes each, of the DER that TUF has; null when it is none. DER has one
 * form for each (X.690, 10.1 and 8.3.2).
 */
function fixedLength(der: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (der.length < 8 || der.length > 72 || der[0] !== 0x30 || der[1] !== der.length - 2) return null
  const r = integer(der, 2)
  const s = r === null ? null : integer(der, r.end)
  if (r === null || s === null || s.end !== der.length) return null
  const fixed = new Uint8Array(64)
  fixed.set(r.bytes, 32 - r.bytes.length)
  fixed.set(s.bytes, 64 - s.bytes.length)
  return fixed
}

function integer(der: Uint8Array, at: number): { bytes: Uint8Array; end: number } | null {
  const length = der[at + 1] ?? 0
  const end = at + 2 + length
  const bytes = der.subarray(at + 2, end)
  const [first = 0x80, second = 0] = bytes
  const padded = first === 0 && bytes.length > 1
  if (der[at] !== 2 || end > der.length || first >= 0x80 || (padded && second < 0x80)) return null
  const value = padded ? bytes.subarray(1) : bytes
  return value.length > 32 ? null : { bytes: value, end }
}
