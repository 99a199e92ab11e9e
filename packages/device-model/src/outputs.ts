import type { Digest, InstallRole } from './manifest.ts'
import type { Unit } from './report.ts'
import type { Settings } from './settings.ts'

/** What the hub asks of one device. `epoch` grows with every new intention for (device, service): older ones are stale. */
export type Output =
  | InstallOutput
  | RemoveOutput
  /** Stop the delivery if that is still possible: what became of it is said by an outcome either way. */
  | { readonly kind: 'cancel'; readonly delivery: string; readonly reason: string }
  | { readonly kind: 'query-capabilities' }
  /** Settings by the names that the device's data model has for them. */
  | { readonly kind: 'configure'; readonly settings: Settings }
  | { readonly kind: 'restart'; readonly reason: string }
  /** Answered by a `log` input of at most `bytes`, the newest lines. */
  | {
      readonly kind: 'collect-log'
      readonly request: string
      readonly bytes: number
      /** Milliseconds since the Unix epoch: older lines are not wanted, where the protocol has a way to say so. */
      readonly since?: number
    }
  /** A text for the person at the device. */
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'ping' }

export interface InstallOutput {
  readonly kind: 'install'
  readonly delivery: string
  readonly epoch: number
  readonly service: string
  readonly version: string
  readonly component: string
  readonly manifest: { readonly digest: Digest; readonly size: number }
  /** Totals over the component's files. */
  readonly files: number
  readonly bytes: number
  readonly role: InstallRole
  /** What a device without our agent says once it runs it. */
  readonly reports: Unit
  /** What such a device runs of the service now, as far as it has proved it: then this is an update of it. */
  readonly from?: Unit
}

export interface RemoveOutput {
  readonly kind: 'remove'
  readonly delivery: string
  readonly epoch: number
  readonly service: string
  /** The service is taken out of use, its files stay: the same version can be installed again without a download. */
  readonly keep?: true
  /** What is in place as, where it was installed. */
  readonly role: InstallRole
  /** What a device without our agent calls it; null where nothing of the service has ever been proved. */
  readonly unit: Unit | null
}

/**
 * An output as it is queued: what only devices without our agent need of it is added when it is sent, so that it says what is
 * so then.
 */
export type Wanted =
  | Omit<InstallOutput, 'role' | 'reports' | 'from'>
  | Omit<RemoveOutput, 'role' | 'unit'>
  | Exclude<Output, { kind: 'install' | 'remove' }>

/** What can be asked of a device, without the particulars of one delivery: planning asks for limits before there is one. */
export type Asked =
  | Pick<InstallOutput, 'kind' | 'role' | 'files' | 'bytes' | 'reports'>
  | Pick<RemoveOutput, 'kind' | 'role' | 'keep'>
  | Exclude<Output, { kind: 'install' | 'remove' }>

/** Short-lived, per-device way to fetch a manifest and its files: `<base>/<digest>?<query>`. */
export interface FileLink {
  readonly base: string
  readonly query: string
  /** Seconds since the Unix epoch. */
  readonly expires: number
}

/** One output of the queue, on its way to one device. */
export interface QueuedOutput {
  /** Grows per device; unique in the hub. */
  readonly id: number
  readonly device: string
  readonly output: Output
  /** Present for `install`. Made when sent, not when queued, so that a device that was away gets a fresh one. */
  readonly link?: FileLink
}
