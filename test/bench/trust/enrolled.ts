import { generateKeyPairSync, sign } from 'node:crypto'
import { answer, createClient } from '@sutler/client'
import { enrolStatement } from '@sutler/wire'

/** Enrols a gateway of which nothing more is heard. */
export async function enrolled(url: string, claim: string): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'jwk' }).x as string
  const serial = raw.slice(0, 16)
  const signature = sign(null, Buffer.from(enrolStatement(claim, serial, raw)), privateKey).toString('base64url')
  const body = { claim, serial, class: 'gateway' as const, publicKey: raw, signature }
  answer(await createClient({ hub: url }).POST('/api/v1/enrolments', { body }))
}
