import { hash, randomBytes, X509Certificate } from 'node:crypto'
import { CallerError } from '../../../../platform/errors.ts'
import type { Sealing } from '../../../../platform/sealing.ts'
import { kindsOf, type CredentialKind, type ForeignProtocol } from '../../domain/device-identity.ts'
import { foreignPublicKey } from '../../domain/public-key.ts'
import { newToken } from '../../domain/token.ts'
import { credentialUnusable } from './codes.ts'
import type { NewCredential } from './storage.ts'

/** What somebody wants a device to prove itself by. A secret that is left out the hub makes. */
export type WantedCredential =
  | { readonly kind: 'token'; readonly token?: string | undefined }
  | (WantedPassword & { readonly kind: 'password' })
  | (WantedPassword & { readonly kind: 'connection-request' })
  /** @property key hexadecimal */
  | { readonly kind: 'psk'; readonly username?: string | undefined; readonly key?: string | undefined }
  | WantedCertificate
  /** @property publicKey PEM */
  | { readonly kind: 'public-key'; readonly publicKey: string }

interface WantedPassword {
  readonly username?: string | undefined
  readonly password?: string | undefined
}

/** One of them at least. */
interface WantedCertificate {
  readonly kind: 'certificate'
  /** PEM. */
  readonly certificate?: string | undefined
  /** Of the certificate (DER), hexadecimal. */
  readonly sha256?: string | undefined
  readonly subject?: string | undefined
}

type Kept = Pick<NewCredential, 'username' | 'digest' | 'subject' | 'sealed'>

export interface MadeCredential extends Kept {
  readonly kind: CredentialKind
  /** To be shown once: what the hub has made; null when the caller knows it. */
  readonly secret: string | null
}

const none: Kept = { username: null, digest: null, subject: null, sealed: null }

/** What a device of the protocol gets when nothing else is wanted. @throws CallerError `credential-unusable` */
export function usualCredential(protocol: ForeignProtocol): WantedCredential {
  const [kind] = kindsOf[protocol]
  if (kind === 'token' || kind === 'password' || kind === 'psk') return { kind }
  throw new CallerError(credentialUnusable, `A device of ${protocol} has a ${kind} of its own: give it.`)
}

/** @throws CallerError `credential-unusable` where devices of the protocol cannot show it */
export function requireKind(protocol: ForeignProtocol, kind: CredentialKind): void {
  if (!kindsOf[protocol].includes(kind))
    throw new CallerError(credentialUnusable, `A device of ${protocol} cannot show a credential of kind ${kind}.`)
}

/**
 * What is kept of a credential, and what is shown of it.
 * @param purpose what its secret is sealed for
 * @throws CallerError `credential-unusable`
 */
export function madeCredential(sealing: Sealing, purpose: string, wanted: WantedCredential): MadeCredential {
  const { kind } = wanted
  const sealed = (secret: Buffer): Buffer => sealing.seal(purpose, secret)
  if (kind === 'token') {
    const token = wanted.token ?? newToken('device')
    return { ...none, kind, digest: sha256(token), secret: wanted.token === undefined ? token : null }
  }
  if (kind === 'psk') {
    // As many bytes as the ciphers have, and no more: TinyDTLS, in many sensors, takes none longer than 16.
    const key = wanted.key ?? randomBytes(16).toString('hex')
    const username = wanted.username ?? null
    return { ...none, kind, username, sealed: sealed(Buffer.from(key, 'hex')), secret: wanted.key ? null : key }
  }
  if (kind === 'public-key') {
    const key = foreignPublicKey(wanted.publicKey)
    if (key === null) throw new CallerError(credentialUnusable, 'The public key is none that can be used.')
    return { ...none, kind, digest: sha256(key.export({ format: 'der', type: 'spki' })), secret: null }
  }
  if (kind === 'certificate') return { ...none, kind, ...certified(wanted), secret: null }
  const password = wanted.password ?? randomBytes(18).toString('base64url')
  const secret = wanted.password === undefined ? password : null
  return { ...none, kind, username: wanted.username ?? null, sealed: sealed(Buffer.from(password)), secret }
}

function certified({ certificate, sha256: thumbprint, subject: named }: WantedCertificate) {
  const subject = named ?? null
  if (certificate !== undefined) return { digest: sha256(der(certificate)), subject }
  if (thumbprint === undefined && subject === null)
    throw new CallerError(credentialUnusable, 'Say the certificate, its SHA-256, or its subject.')
  return { digest: thumbprint === undefined ? null : Buffer.from(thumbprint, 'hex'), subject }
}

function der(pem: string): Buffer {
  try {
    return new X509Certificate(pem).raw
  } catch {
    throw new CallerError(credentialUnusable, 'The certificate is none in PEM.')
  }
}

function sha256(what: string | Buffer): Buffer {
  return hash('sha256', what, 'buffer')
}
