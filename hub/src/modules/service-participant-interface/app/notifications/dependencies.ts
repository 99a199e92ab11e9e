import type { Mailer } from '../../../../platform/mail.ts'
import type { ParticipantDependencies } from '../dependencies.ts'
import type { NotificationStorage } from './storage.ts'

export interface NotificationDependencies extends ParticipantDependencies {
  readonly notifications: NotificationStorage
  /** Null: the hub has no mail server. */
  readonly mailer: Mailer | null
}
