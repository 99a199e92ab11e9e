import { fromBase64, toBase64 } from './base64.ts'
import type { Certified } from './certificate.ts'
import { AgentError } from './errors.ts'
import { layout } from './layout.ts'
import type { AgentPlatform } from './platform.ts'

/** Who the device is. The private key is made on the device and never leaves its directory. */
export interface Identity {
  readonly serial: string
  readonly publicKey: Uint8Array
  readonly privateKey: Uint8Array
  /** Whom the hub is recognised by, PEM; null = those that the system trusts. */
  readonly authority: string | null
  /** What the hub answered at enrolment; null before. */
  readonly enrolled: Enrolled | null
}

export type EnrolledIdentity = Identity & { readonly enrolled: Enrolled }

export interface Enrolled extends Certified {
  readonly device: string
  /** The hub's id, part of what is signed at each connection. */
  readonly hub: string
  /** `mqtts://host:port` */
  readonly mqtt: string
  readonly household: string
  /** The signed root that the hub gave along, JSON; null = one that the device came with counts. */
  readonly trustRoot: string | null
  /** With which it enrolled: with the same one it does not enrol again. */
  readonly claim: string
}

type Disk = Pick<AgentPlatform, 'files'>

export async function readIdentity(platform: Disk): Promise<Identity | null> {
  const bytes = await platform.files.read(layout.identity)
  if (bytes === null) return null
  try {
    const stored = JSON.parse(new TextDecoder().decode(bytes)) as Omit<Identity, 'publicKey' | 'privateKey'> & {
      publicKey: string
      privateKey: string
    }
    return { ...stored, publicKey: fromBase64(stored.publicKey), privateKey: fromBase64(stored.privateKey) }
  } catch (error) {
    throw new AgentError(
      'not-enrolled',
      `the file ${layout.identity} is damaged: remove it and enrol with a new claim`,
      error,
    )
  }
}

/** Replaces the identity as a whole, durably, readable by its owner only. */
export async function writeIdentity(platform: Disk, identity: Identity): Promise<void> {
  const { files } = platform
  const next = `${layout.identity}.next`
  const stored = { ...identity, publicKey: toBase64(identity.publicKey), privateKey: toBase64(identity.privateKey) }
  await files.remove(next)
  const writer = await files.create(next, 0o600)
  try {
    await writer.write(new TextEncoder().encode(`${JSON.stringify(stored)}\n`))
    await writer.sync()
  } finally {
    await writer.close()
  }
  await files.rename(next, layout.identity)
  await files.syncDirectory('')
}
