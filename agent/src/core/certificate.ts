import { certificationRequest, ed25519KeyInfo, requestInfo, toPem } from '@sutler/wire/der'
import { toBase64Url } from './base64.ts'
import { AgentError } from './errors.ts'
import type { Identity } from './identity.ts'
import type { Crypto } from './platform.ts'

/** What the hub gives a device that has proved its key. */
export interface Certified {
  /** With its chain, PEM. */
  readonly certificate: string
  /** When it is to be renewed, ms since the epoch by the hub's clock. */
  readonly renewAt: number
  readonly expiresAt: number
}

/** A certification request for the device's key, PEM. @param name its common name; '' = none */
export async function keyRequest(crypto: Crypto, { publicKey, privateKey }: Identity, name: string): Promise<string> {
  const info = requestInfo(name, ed25519KeyInfo(publicKey))
  return toPem('CERTIFICATE REQUEST', certificationRequest(info, 'ed25519', await crypto.sign(privateKey, info)))
}

/** The key as statements name it: SubjectPublicKeyInfo in base64url. */
export function keyText({ publicKey }: Pick<Identity, 'publicKey'>): string {
  return toBase64Url(ed25519KeyInfo(publicKey))
}

/**
 * Reads `certificate`, `issuedAt` and `expiresAt` of the hub's answer. It is renewed after two thirds of its life, a twelfth of
 * it sooner or later, so that devices that came together do not all come back together.
 * @param chance 0 to 1
 * @throws AgentError `network`
 */
export function certifiedOf(body: unknown, chance: number): Certified {
  const { certificate, issuedAt, expiresAt } = (body ?? {}) as Readonly<Record<string, unknown>>
  const [begin, end] = [Date.parse(String(issuedAt)), Date.parse(String(expiresAt))]
  if (typeof certificate !== 'string' || Number.isNaN(begin + end))
    throw new AgentError('network', 'the answer carries no certificate')
  return { certificate, expiresAt: end, renewAt: begin + (end - begin) * (2 / 3 + (chance - 0.5) / 6) }
}
