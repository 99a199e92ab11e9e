import type { Clock } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/database.ts'
import type { Doorbells } from '../../../platform/doorbells.ts'
import type { Keeper } from '../../../platform/keepers.ts'
import type { Log } from '../../../platform/log.ts'
import type { Mailer } from '../../../platform/mail.ts'
import type { Sealing } from '../../../platform/sealing.ts'
import type { EntityManagement } from '../../entity-management/index.ts'
import type { RegistrationStorage } from './storage.ts'

/** An order, as far as claims go by it. */
export interface ClaimOrder {
  readonly tenant: string
  readonly household: string
  /** Nothing more happens to it. */
  readonly ended: boolean
}

/** What the use cases of this module work with. */
export interface RegistrationDependencies {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly log: Log
  readonly sealing: Sealing
  /** How long rows of the audit are kept, milliseconds. */
  readonly auditRetention: number
  readonly entities: EntityManagement
  readonly storage: RegistrationStorage
  /** Signed root metadata for new devices. @throws OutsideError `trust-not-initialised` */
  readonly trustRoot: () => Promise<string>
  /** Whether identity providers may be inside the hub's own network. */
  readonly identityProvidersInside: boolean
  /** `http://host:port` under which devices and people reach this hub. */
  readonly publicUrl: () => string
  /** Whether the hub shows certificates of its own authority; false = of another, which who connects must know already. */
  readonly ownCertificate: boolean
  /** What modules other than this one and entity-management keep about people and households. */
  readonly keepers: () => readonly Keeper[]
  /** Of an order, for claims that end with it; null when there is none. */
  readonly order: (id: string) => Promise<ClaimOrder | null>
  /** How long a device's certificate is good, milliseconds. */
  readonly deviceCertificateLifetime: number
  /** Null: the hub has no mail server. */
  readonly mailer: Mailer | null
  /** `mqtt://host:port` under which devices reach the broker. */
  readonly mqttUrl: () => string
}
