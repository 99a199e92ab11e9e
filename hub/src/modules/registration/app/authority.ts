import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
  type KeyObject,
} from 'node:crypto'
import {
  authorityExtensions,
  certificate,
  claimExtensions,
  deviceExtensions,
  serverExtensions,
  toPem,
  type KeyDigests,
} from '@sutler/wire/der'
import type { Milliseconds, WallTime } from '../../../platform/clock.ts'
import { InvariantError } from '../../../platform/errors.ts'
import { repeat } from '../../../platform/repeat.ts'
import { newId } from '../../../platform/ids.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { StoredAuthority } from './storage.ts'

const day: Milliseconds = 86_400_000
export const rootLifetime = 20 * 365 * day
export const intermediateLifetime = 5 * 365 * day
const serverLifetime = 90 * day

/**
 * When the certificates of the hub's side begin: a device whose clock starts there after each loss of power must still be
 * able to recognise its hub. What limits a certificate is its end.
 */
const beginning: WallTime = 0

/** A private key as it is sealed and stored. */
export const keyPurpose = 'registration: authority'

/** A certificate that was just made. */
export interface Issued {
  /** Hexadecimal. */
  readonly serial: string
  /** DER of the certificate itself. */
  readonly der: Buffer
  /** It and its issuer, for whoever presents it. */
  readonly chain: string
  readonly issuedAt: WallTime
  readonly notAfter: WallTime
}

/** What a hub shows to those who connect. */
export interface ServerCertificate {
  readonly key: string
  readonly certificate: string
  readonly notAfter: WallTime
}

interface Issuer {
  readonly id: string
  readonly name: string
  readonly pem: string
  /** SubjectPublicKeyInfo */
  readonly keyInfo: Buffer
  readonly privateKey: KeyObject
  readonly notAfter: WallTime
}

interface Loaded {
  readonly root: { readonly pem: string; readonly fingerprint: string }
  readonly issuer: Issuer
}

/** The certificate authority that all hubs of one database share: a root, and the newest intermediate, which signs. */
export class Authority {
  readonly #deps: RegistrationDependencies
  #loaded: Loaded | null = null
  #stop = (): void => {}

  constructor(deps: RegistrationDependencies) {
    this.#deps = deps
  }

  /** Reads the authority, or makes it at the very first start. @param hub its id, part of the names */
  async start(hub: string): Promise<void> {
    const { database, storage } = this.#deps
    const stored = await database.transaction(async (tx) => {
      await storage.authority.lock(tx.sql)
      const all = await storage.authority.all(tx.sql)
      if (all.length > 0) return all
      const made = firstAuthorities(hub, this.#deps)
      for (const [i, each] of made.entries())
        await storage.authority.insert(tx.sql, each, new Date(this.#deps.clock.now() + i))
      return made
    })
    this.#loaded = load(stored, this.#deps)
  }

  /** Takes over an intermediate that was put in place since, here or at another hub. */
  async refresh(): Promise<void> {
    this.#loaded = load(await this.#deps.storage.authority.all(this.#deps.database.sql), this.#deps)
  }

  /** Looks for an intermediate that another hub has put in place, every minute. */
  follow(): void {
    const { clock, log } = this.#deps
    const work = () => this.refresh()
    this.#stop = repeat({ clock, log, every: 60_000, what: 'read the certificate authority', work })
  }

  stop(): void {
    this.#stop()
  }

  /** The root's certificate, PEM. */
  get root(): string {
    return this.#current.root.pem
  }

  /** SHA-256 of the root's certificate, base64url. */
  get fingerprint(): string {
    return this.#current.root.fingerprint
  }

  /** Root and issuing authority, PEM. */
  get certificates(): string {
    return this.#current.root.pem + this.#current.issuer.pem
  }

  get issuer(): { readonly name: string; readonly notAfter: WallTime } {
    return this.#current.issuer
  }

  /** A new key and its certificate for this hub. @param hosts under which it is reached */
  serverCertificate(hosts: readonly string[]): ServerCertificate {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const key = publicKey.export({ type: 'spki', format: 'der' })
    const extensions = serverExtensions(this.#digests(key), hosts)
    const issued = this.#issue(hosts[0] ?? 'hub', key, extensions, beginning, serverLifetime)
    return {
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      certificate: issued.chain,
      notAfter: issued.notAfter,
    }
  }

  /** @param key SubjectPublicKeyInfo */
  deviceCertificate(device: string, key: Uint8Array, lifetime: Milliseconds): Issued {
    const extensions = deviceExtensions(this.#digests(key))
    return this.#issue(device, key, extensions, this.#deps.clock.now() - 3_600_000, lifetime)
  }

  claimCertificate(claim: string, key: Uint8Array, notAfter: WallTime): Issued {
    const now = this.#deps.clock.now()
    return this.#issue(claim, key, claimExtensions(this.#digests(key)), now - 3_600_000, notAfter - now)
  }

  get #current(): Loaded {
    if (!this.#loaded) throw new InvariantError('the authority is used before it was started')
    return this.#loaded
  }

  #digests(key: Uint8Array): KeyDigests {
    return { own: digest(key), issuer: digest(this.#current.issuer.keyInfo) }
  }

  #issue(
    subject: string,
    key: Uint8Array,
    extensions: readonly Uint8Array[],
    notBefore: WallTime,
    lifetime: Milliseconds,
  ): Issued {
    const { issuer } = this.#current
    const serial = newSerial()
    // Nothing outlives its issuer.
    const issuedAt = this.#deps.clock.now()
    const notAfter = Math.min(wholeSeconds(issuedAt + lifetime), issuer.notAfter)
    const plan = { serial, issuer: issuer.name, subject, key, notBefore, notAfter, extensions }
    const der = Buffer.from(certificate(plan, signing(issuer.privateKey)))
    return { serial: serial.toString('hex'), der, chain: toPem('CERTIFICATE', der) + issuer.pem, issuedAt, notAfter }
  }
}

/** 16 random bytes that a reader will not shorten: the first is neither 0 nor negative. */
export function newSerial(): Buffer {
  const serial = randomBytes(16)
  serial[0] = (serial[0]! & 0x3f) | 0x40
  return serial
}

export function wholeSeconds(time: WallTime): WallTime {
  return Math.floor(time / 1000) * 1000
}

function firstAuthorities(hub: string, { clock, sealing }: RegistrationDependencies): StoredAuthority[] {
  const now = clock.now()
  const [root, intermediate] = [newKeyPair(), newKeyPair()]
  const [rootName, name] = [`Sutler root ${hub}`, `Sutler authority ${newId('ca', now)}`]
  const sealed = (key: KeyObject): Buffer => sealing.seal(keyPurpose, key.export({ type: 'pkcs8', format: 'der' }))
  const make = (subject: string, key: Buffer, below: number, lifetime: Milliseconds): Buffer => {
    const extensions = authorityExtensions({ own: digest(key), issuer: digest(root.info) }, below)
    const notAfter = wholeSeconds(now + lifetime)
    const plan = { serial: newSerial(), issuer: rootName, subject, key, notBefore: beginning, notAfter, extensions }
    return Buffer.from(certificate(plan, signing(root.privateKey)))
  }
  return [
    {
      id: newId('ca', now),
      kind: 'root',
      name: rootName,
      certificate: make(rootName, root.info, 1, rootLifetime),
      privateKey: sealed(root.privateKey),
    },
    {
      id: newId('ca', now),
      kind: 'intermediate',
      name,
      certificate: make(name, intermediate.info, 0, intermediateLifetime),
      privateKey: sealed(intermediate.privateKey),
    },
  ]
}

export function newKeyPair(): { readonly info: Buffer; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { info: publicKey.export({ type: 'spki', format: 'der' }), privateKey }
}

function load(stored: readonly StoredAuthority[], { sealing }: RegistrationDependencies): Loaded {
  const root = stored.find((each) => each.kind === 'root')
  const issuer = stored.findLast((each) => each.kind === 'intermediate' && each.certificate !== null)
  if (!root?.certificate || !issuer?.certificate || !issuer.privateKey)
    throw new InvariantError('the certificate authority is not whole')
  const parsed = new X509Certificate(issuer.certificate)
  const privateKey = createPrivateKey({
    key: sealing.open(keyPurpose, issuer.privateKey),
    format: 'der',
    type: 'pkcs8',
  })
  return {
    root: { pem: toPem('CERTIFICATE', root.certificate), fingerprint: fingerprintOf(root.certificate) },
    issuer: {
      id: issuer.id,
      name: issuer.name,
      pem: toPem('CERTIFICATE', issuer.certificate),
      keyInfo: parsed.publicKey.export({ type: 'spki', format: 'der' }),
      privateKey,
      notAfter: parsed.validToDate.getTime(),
    },
  }
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

const signing = (key: KeyObject) => (bytes: Uint8Array) => sign('sha256', bytes, key)

export function fingerprintOf(certificateDer: Uint8Array): string {
  return createHash('sha256').update(certificateDer).digest('base64url')
}
