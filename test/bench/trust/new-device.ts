import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { enrolStatement } from '@sutler/wire'
import { certificationRequest, requestInfo, toPem } from '@sutler/wire/der'

/** A device that has made its key and asks to be enrolled. */
export interface NewDevice {
  /** PEM */
  readonly key: string
  /** Of POST /enrolments. */
  readonly body: {
    readonly claim: string
    readonly serial: string
    readonly class: 'gateway'
    readonly csr: string
    readonly signature: string
  }
}

export function newDevice(claim: string): NewDevice {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const privateKey = createPrivateKey(pem)
  const key = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const text = key.toString('base64url')
  const serial = text.slice(-16)
  const info = requestInfo(serial, key)
  const csr = toPem('CERTIFICATE REQUEST', certificationRequest(info, 'ed25519', sign(null, info, privateKey)))
  const signature = sign(null, Buffer.from(enrolStatement(claim, serial, text)), privateKey).toString('base64url')
  return { key: pem, body: { claim, serial, class: 'gateway', csr, signature } }
}
