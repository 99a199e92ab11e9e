import { createHash, createPrivateKey, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { certificationRequest, ed25519KeyInfo, requestInfo, toPem } from '@sutler/wire/der'

/** PKCS #8 DER of an Ed25519 private key (RFC 8410 §7) up to its 32 bytes. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The Ed25519 private key of a simulated device, made from the fleet's seed: no secret, and worth nothing outside tests.
 * Not kept per device (a KeyObject costs memory); made anew for each connection.
 */
export function deviceKey(seed: number, index: number): KeyObject {
  const secret = createHash('sha256').update(`sutler-fleet/1\n${seed}\n${index}`).digest()
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, secret]), format: 'der', type: 'pkcs8' })
}

/** SubjectPublicKeyInfo, DER. The key comes from the JWK (RFC 8037 §2): a tenth of the cost of making a key object. */
export function keyInfoOf(key: KeyObject): Uint8Array {
  return ed25519KeyInfo(Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url'))
}

/** A certification request for the key, without a name, PEM. */
export function keyRequestOf(key: KeyObject): string {
  const info = requestInfo('', keyInfoOf(key))
  return toPem('CERTIFICATE REQUEST', certificationRequest(info, 'ed25519', sign(null, info, key)))
}

/** Ed25519 over the UTF-8 bytes of a statement, base64url. */
export function signStatement(key: KeyObject, statement: string): string {
  return sign(null, Buffer.from(statement), key).toString('base64url')
}
