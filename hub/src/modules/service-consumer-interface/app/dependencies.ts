import type {
  DeliveryTerms,
  DeviceProtocol,
  DeviceSecret,
  EnrolAnswer,
  FileLink,
  IdentityClaim,
  SecretUse,
} from '@sutler/device-model'
import type { Access } from '../../../platform/access.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Database, Tx } from '../../../platform/database.ts'
import type { Doorbells } from '../../../platform/doorbells.ts'
import type { Log } from '../../../platform/log.ts'
import type { EntityManagement } from '../../entity-management/index.ts'
import type { OrderProcessing } from '../../order-processing/index.ts'
import type { ServiceDefinitions } from '../../service-definitions/index.ts'
import type { DeviceMemoryStorage, OutputStorage } from './storage.ts'

export interface ConsumerDependencies {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly log: Log
  readonly access: Access
  readonly protocols: readonly DeviceProtocol[]
  readonly entities: Pick<EntityManagement, 'recordCapabilities' | 'markReachable' | 'device' | 'devices'>
  readonly orders: Pick<OrderProcessing, 'takeInputs' | 'outputsOf' | 'findDrift' | 'inPlace'>
  readonly definitions: Pick<ServiceDefinitions, 'manifest' | 'fileIn'>
  readonly identities: DeviceIdentities
  /** How policy and its order want a delivery that was offered to be carried out now; null when it is over. */
  readonly termsOf: (delivery: string) => Promise<DeliveryTerms | null>
  /** Whoever goes by what devices say of themselves hears which have said something new. */
  readonly devicesChanged: (tx: Tx, devices: readonly string[]) => Promise<void>
  /** Registration's short-lived link for one device to one manifest and its files. */
  readonly fileLink: (device: string, manifest: string, life?: 'of-one-download' | 'of-a-day') => FileLink
  /** Origin at which devices without our agent reach the hub. */
  readonly deviceUrl: () => string
  /** Tells registration which boot a device is in: two devices with one identity are found by it. */
  readonly deviceBooted: (device: string, boot: string) => Promise<void>
  readonly storage: OutputStorage
  readonly memory: DeviceMemoryStorage
  /** Counts outputs that were taken out of the queue before they were sent. */
  readonly outputsDropped: { inc(by: number): void }
}

/** Registration's view of devices that have no certificate of the hub: it keeps what they are recognised by. */
export interface DeviceIdentities {
  authenticate(claim: IdentityClaim): Promise<EnrolAnswer>
  secret(protocol: string, identity: string, use: SecretUse): Promise<DeviceSecret | null>
  /** Which protocol each of these devices speaks; those that there are. */
  protocolsOf(devices: readonly string[]): Promise<ReadonlyMap<string, string>>
}
