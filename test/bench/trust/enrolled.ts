import { generateKeyPairSync, sign } from 'node:crypto'
import { answer, createClient } from '@sutler/client'
import { enrolStatement } from '@sutler/wire'
import { certificationRequest, requestInfo, toPem } from '@sutler/wire/der'

/** Enrols a gateway of which nothing more is heard. */
export async function enrolled(url: string, claim: string): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ type: 'spki', format: 'der' })
  const text = key.toString('base64url')
  const serial = text.slice(-16)
  const info = requestInfo(serial, key)
  const csr = toPem('CERTIFICATE REQUEST', certificationRequest(info, 'ed25519', sign(null, info, privateKey)))
  const signature = sign(null, Buffer.from(enrolStatement(claim, serial, text)), privateKey).toString('base64url')
  const body = { claim, serial, class: 'gateway' as const, csr, signature }
  answer(await createClient({ hub: url }).POST('/api/v1/enrolments', { body }))
}
