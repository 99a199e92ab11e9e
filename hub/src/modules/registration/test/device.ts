import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { connectPassword, connectStatement, enrolStatement } from '@sutler/wire'

/** A device with a key of its own, as far as registration sees one. */
export function testDevice(serial: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'jwk' }).x as string
  const signature = (statement: string): string => sign(null, Buffer.from(statement), privateKey).toString('base64url')
  return {
    serial,
    publicKey: raw,
    enrolment: (claim: string) => ({
      claim,
      serial,
      class: 'gateway',
      publicKey: raw,
      signature: signature(enrolStatement(claim, serial, raw)),
    }),
    password(hub: string, device: string, time: number): string {
      const nonce = randomBytes(16).toString('base64url')
      return connectPassword(time, nonce, signature(connectStatement(hub, device, time, nonce)))
    },
  }
}
