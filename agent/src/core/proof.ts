import { connectPassword, connectStatement, renewStatement } from '@sutler/wire'
import { toBase64Url } from './base64.ts'
import { keyText } from './certificate.ts'
import type { EnrolledIdentity } from './identity.ts'
import type { Crypto } from './platform.ts'

/** Signatures with which a device says who it is where it cannot show its certificate. Times by the hub's clock. */

/** The MQTT password. */
export async function signedPassword(
  crypto: Crypto,
  { privateKey, enrolled }: EnrolledIdentity,
  time: number,
): Promise<string> {
  const at = Math.floor(time)
  const nonce = toBase64Url(crypto.randomBytes(16))
  const statement = connectStatement(enrolled.hub, enrolled.device, at, nonce)
  return connectPassword(at, nonce, toBase64Url(await crypto.sign(privateKey, new TextEncoder().encode(statement))))
}

export async function renewalProof(crypto: Crypto, identity: EnrolledIdentity, time: number) {
  const { hub, device } = identity.enrolled
  const at = Math.floor(time)
  const statement = new TextEncoder().encode(renewStatement(hub, device, at, keyText(identity)))
  return { device, time: at, signature: toBase64Url(await crypto.sign(identity.privateKey, statement)) }
}
