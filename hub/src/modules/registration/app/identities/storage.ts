import type { DeviceClass } from '@sutler/device-model'
import type { Sql } from '../../../../platform/database.ts'
import type { ProtocolName } from '../../../entity-management/index.ts'
import type {
  CredentialKind,
  DeviceIdentity,
  ForeignProtocol,
  IdentityRecord,
  StoredCredential,
} from '../../domain/device-identity.ts'

/** As a device says who it is. */
export interface IdentityName {
  readonly protocol: ForeignProtocol
  readonly scope: string
  readonly identity: string
}

export interface NewIdentity extends DeviceIdentity {
  readonly class: DeviceClass
  readonly scope: string
}

export interface NewCredential extends Omit<StoredCredential, 'purpose'> {
  readonly tenant: string
  /** Of the identity. */
  readonly identity: string
  readonly gateway: string | null
  readonly createdBy: string
  readonly createdAt: number
}

/** A credential as people see it: never what proves it. */
export interface ShownCredential {
  readonly id: string
  readonly identity: string
  readonly kind: CredentialKind | 'gateway'
  readonly username: string | null
  readonly subject: string | null
  /** SHA-256 of a certificate or a public key, hexadecimal. */
  readonly thumbprint: string | null
  readonly gateway: string | null
  readonly createdBy: string
  readonly createdAt: number
}

export interface ForeignDevice {
  readonly device: string
  readonly tenant: string
  readonly household: string
  readonly protocol: ForeignProtocol
}

export interface DeviceIdentityStore {
  /** By position in `names`; null = nobody. */
  records(sql: Sql, names: readonly IdentityName[]): Promise<(IdentityRecord | null)[]>
  addDevice(sql: Sql, device: ForeignDevice, at: Date): Promise<void>
  /** False when the identity, or the device's in that protocol, is there already. */
  addIdentity(sql: Sql, identity: NewIdentity): Promise<boolean>
  /** False when the name of its pre-shared key is taken. */
  addCredential(sql: Sql, credential: NewCredential): Promise<boolean>
  removeIdentity(sql: Sql, identity: string): Promise<void>
  /** @returns its kind; null when the identity has no such credential */
  removeCredential(sql: Sql, identity: string, credential: string): Promise<NewCredential['kind'] | null>
  /** `impossible` where the device is out of service, or has no identity in it, or for native no key that is good. */
  setProtocol(sql: Sql, device: string, protocol: ProtocolName, at: Date): Promise<'changed' | 'same' | 'impossible'>
  removeCredentials(sql: Sql, identity: string, kinds: readonly NewCredential['kind'][]): Promise<void>
  /** By the name of a pre-shared key: of a device that is let in, or of a batch. */
  preShared(
    sql: Sql,
    name: string,
  ): Promise<{ readonly device: string | null; readonly sealed: Buffer; readonly purpose: string } | null>
  /** The oldest of that identity. */
  connectionRequest(
    sql: Sql,
    identity: string,
  ): Promise<{ readonly id: string; readonly username: string | null; readonly sealed: Buffer } | null>
  /** Of those that there are. */
  protocols(sql: Sql, devices: readonly string[]): Promise<Map<string, string>>
  ofDevice(sql: Sql, device: string): Promise<DeviceIdentity[]>
  credentialsOf(sql: Sql, identities: readonly string[]): Promise<ShownCredential[]>
}
