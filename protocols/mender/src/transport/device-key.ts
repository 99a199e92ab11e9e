import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { MenderError } from '../errors.ts'
import { authClause } from '../wire/auth-request.ts'

/** RSA beyond these costs the hub more than it proves; below, it proves nothing. */
const rsaBits = { least: 2_048, most: 8_192 } as const
const largestExponent = 0xffff_ffffn

/**
 * The key of an authentication request whose signature holds, as PEM in the one form that it is compared in: RSA with PKCS #1 v1.5 or ECDSA P-256 over the SHA-256 of the body, or
 * Ed25519 over the body itself.
 * @param signature the X-MEN-Signature header, base64
 * @throws MenderError `unsupported-key`, `bad-signature`
 */
export function provenKey(pem: string, body: Uint8Array, signature: string | undefined): string {
  const key = readKey(pem)
  // ▲ Newer clients break the base64 into lines, as OpenSSL does.
  const bytes = Buffer.from((signature ?? '').replaceAll(/\s/g, ''), 'base64')
  if (bytes.length === 0) throw new MenderError('bad-signature', authClause, 'X-MEN-Signature is missing')
  const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256'
  if (!holds(() => verify(digest, body, key, bytes)))
    throw new MenderError('bad-signature', authClause, 'X-MEN-Signature is not the key’s signature of the body')
  return key.export({ type: 'spki', format: 'pem' }) as string
}

function readKey(pem: string): KeyObject {
  let key: KeyObject
  try {
    if (!pem.trimStart().startsWith('-----BEGIN PUBLIC KEY-----')) throw new Error('no PUBLIC KEY block')
    key = createPublicKey({ key: pem, format: 'pem', type: 'spki' })
  } catch (cause) {
    throw new MenderError('unsupported-key', authClause, 'pubkey is not a public key in PEM', null, cause)
  }
  const { modulusLength = 0, publicExponent = 0n, namedCurve } = key.asymmetricKeyDetails ?? {}
  const fits =
    key.asymmetricKeyType === 'ed25519' ||
    (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') ||
    (key.asymmetricKeyType === 'rsa' &&
      modulusLength >= rsaBits.least &&
      modulusLength <= rsaBits.most &&
      publicExponent <= largestExponent)
  if (!fits) {
    const what = `${key.asymmetricKeyType ?? 'unknown'} ${modulusLength || namedCurve || ''}`.trim()
    throw new MenderError('unsupported-key', authClause, `a key of ${what} is not taken`)
  }
  return key
}

/** OpenSSL throws for some malformed signatures, and answers no for others. */
function holds(check: () => boolean): boolean {
  try {
    return check()
  } catch {
    // OpenSSL cannot make anything of the key or the signature.
    return false
  }
}
