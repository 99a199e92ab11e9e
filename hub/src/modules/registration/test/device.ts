import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { connectPassword, connectStatement, enrolStatement, renewStatement } from '@sutler/wire'
import { certificationRequest, requestInfo, toPem } from '@sutler/wire/der'

interface RequestOptions {
  /** Common name; '' = none. */
  readonly name?: string
  /** SubjectPublicKeyInfo in place of the device's. */
  readonly key?: Uint8Array
}

/** A device with a key of its own, as far as registration sees one. */
export function testDevice(serial: string, kind: 'ed25519' | 'ecdsa' = 'ed25519') {
  const { publicKey, privateKey } =
    kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = publicKey.export({ type: 'spki', format: 'der' })
  const text = key.toString('base64url')
  const signature = (statement: string): string => signStatement(privateKey, statement)
  const csr = ({ name = serial, key: other = key }: RequestOptions = {}): string => {
    const info = requestInfo(name, other)
    const signed = sign(kind === 'ed25519' ? null : 'sha256', info, privateKey)
    return toPem('CERTIFICATE REQUEST', certificationRequest(info, kind, signed))
  }
  return {
    serial,
    privateKey,
    publicKey: text,
    csr,
    signature,
    enrolment: (claim: string, options: RequestOptions = {}) => ({
      claim,
      serial,
      class: 'gateway',
      csr: csr(options),
      signature: signature(enrolStatement(claim, serial, text)),
    }),
    renewal: (hub: string, device: string, time: number, next = text) => ({
      device,
      time,
      signature: signature(renewStatement(hub, device, time, next)),
    }),
    password(hub: string, device: string, time: number): string {
      const nonce = randomBytes(16).toString('base64url')
      return connectPassword(time, nonce, signature(connectStatement(hub, device, time, nonce)))
    },
  }
}

function signStatement(key: KeyObject, statement: string): string {
  const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256'
  return sign(digest, Buffer.from(statement), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
}
