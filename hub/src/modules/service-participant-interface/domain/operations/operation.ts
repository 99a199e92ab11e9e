import type { WallTime } from '../../../../platform/clock.ts'
import type { DeviceSelection } from '../../../entity-management/index.ts'
import type { DevicePreferencesChange } from '../../../policy-and-preferences/index.ts'

/** What can be done to many devices. An order is none of them: that is a campaign. */
export type OperationWish =
  | { readonly kind: 'decommission' }
  | { readonly kind: 'query-capabilities' }
  | { readonly kind: 'add-to-group'; readonly group: string }
  | { readonly kind: 'remove-from-group'; readonly group: string }
  | ({ readonly kind: 'set-preferences' } & DevicePreferencesChange)

export const operationStates = ['running', 'done', 'cancelled', 'failed'] as const

export interface OperationPreview {
  readonly id: string
  readonly tenant: string
  /** Who asked; nobody else can run it. */
  readonly principal: string
  readonly selection: DeviceSelection
  readonly operation: OperationWish
  /** Devices that were selected. */
  readonly counted: number
  readonly expiresAt: WallTime
}

export interface DeviceOperation {
  readonly id: string
  readonly tenant: string
  readonly selection: DeviceSelection
  readonly operation: OperationWish
  readonly startedBy: string
  readonly decision: string
  readonly state: (typeof operationStates)[number]
  /** Why it ended as it did; '' while nothing is to be said. */
  readonly why: string
  readonly planned: number
  readonly done: number
  readonly skipped: number
  readonly failed: number
  readonly perMinute: number
  /** The last device that it has come to, in order of id; '' before the first. */
  readonly cursor: string
  /** Attempts in a row at the batch behind the cursor that ended in an error. */
  readonly tries: number
  readonly nextAt: WallTime
  /** When it is given up. */
  readonly until: WallTime
  readonly createdAt: WallTime
  readonly updatedAt: WallTime
  readonly endedAt: WallTime | null
}

/** A device that it was not done to. */
export interface OperationException {
  readonly device: string
  /** Skipped: as the device was, it was not to be done. Failed: it was tried. */
  readonly outcome: 'skipped' | 'failed'
  readonly code: string
  readonly detail: string
}

export interface Progress {
  readonly cursor: string
  readonly done: number
  readonly exceptions: readonly OperationException[]
}
