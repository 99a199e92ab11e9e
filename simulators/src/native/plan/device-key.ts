import { createHash, createPrivateKey, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

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

/** The raw 32-byte public key in base64url. Taken from the JWK (RFC 8037 §2): a tenth of the cost of making a key object. */
export function publicKeyOf(key: KeyObject): string {
  return key.export({ format: 'jwk' }).x!
}

/** Ed25519 over the UTF-8 bytes of a statement, base64url. */
export function signStatement(key: KeyObject, statement: string): string {
  return sign(null, Buffer.from(statement), key).toString('base64url')
}
