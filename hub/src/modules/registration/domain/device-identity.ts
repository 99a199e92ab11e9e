import type { DeviceClass } from '@sutler/device-model'
import type { WallTime } from '../../../platform/clock.ts'

/** Protocols that devices speak without our agent. */
export const foreignProtocols = ['ddi', 'mender', 'cwmp', 'usp', 'lwm2m'] as const
export type ForeignProtocol = (typeof foreignProtocols)[number]

/** What a person, or the hub, gives a device to prove itself by. */
export const credentialKinds = ['token', 'password', 'psk', 'certificate', 'public-key', 'connection-request'] as const
export type CredentialKind = (typeof credentialKinds)[number]

/**
 * What each protocol can show. `connection-request` goes the other way: the hub shows it to the device (TR-069, 3.2.2).
 * The first is what a new device gets when nothing else is asked for.
 */
export const kindsOf: Readonly<Record<ForeignProtocol, readonly CredentialKind[]>> = {
  ddi: ['token', 'certificate'],
  mender: ['public-key'],
  cwmp: ['password', 'connection-request'],
  usp: ['password', 'token', 'certificate'],
  lwm2m: ['psk'],
}

/** Credentials of one identity at a time: an old and a new one of each kind, while devices change over. */
export const mostCredentials = 10

/** Who a device is in a protocol. */
export interface DeviceIdentity {
  readonly id: string
  readonly tenant: string
  readonly protocol: ForeignProtocol
  /** The protocol's own name for it: controller id, identity data, OUI and serial number, endpoint id, endpoint name. */
  readonly identity: string
  readonly device: string
  /** Account id. */
  readonly createdBy: string
  readonly createdAt: WallTime
}

/** Where an identity is unique: in its tenant, where the protocol's addresses name it; else in the whole installation. */
export function isForeign(protocol: string): protocol is ForeignProtocol {
  return foreignProtocols.includes(protocol as ForeignProtocol)
}

export function scopeOf(protocol: ForeignProtocol, tenant: string): string {
  return protocol === 'ddi' ? tenant : ''
}

/** A credential as it is kept. */
export interface StoredCredential {
  readonly id: string
  /** `gateway`: the one of a batch, by which the device came in. */
  readonly kind: CredentialKind | 'gateway'
  readonly username: string | null
  /** SHA-256; of a `gateway` that of its token. */
  readonly digest: Buffer | null
  readonly subject: string | null
  readonly sealed: Buffer | null
  /** What it is sealed for: only the same opens it. */
  readonly purpose: string
}

/** All that is needed to judge who says to be that identity. */
export interface IdentityRecord {
  readonly id: string
  readonly identity: string
  readonly device: string
  readonly class: DeviceClass
  readonly tenant: string
  /** It is the protocol that the device is to speak, and the device is neither out of service nor quarantined. */
  readonly inForce: boolean
  readonly credentials: readonly StoredCredential[]
}

export function credentialPurpose(id: string): string {
  return `device credential ${id}`
}

export function gatewayPurpose(id: string): string {
  return `gateway credential ${id}`
}
