import type { Tx } from '../../../platform/database.ts'

/** That a device was asked for its log because a version failed on it. */
export interface LogRequest {
  readonly id: string
  readonly tenant: string
  readonly service: string
  readonly version: string
  readonly device: string
  readonly component: string
  /** Why the version failed there, as it was then. */
  readonly why: string
  /** Of the output that asks the device; null when it could not be asked. */
  readonly request: string | null
  /** Why it could not be asked; '' when it was. */
  readonly refused: string
  readonly askedBy: { readonly id: string; readonly name: string }
  readonly askedAt: Date
}

export interface LogRequests {
  insert(tx: Tx, requests: readonly LogRequest[]): Promise<void>
  /** Newest first. */
  page(
    tenant: string,
    service: string,
    version: string,
    after: string | undefined,
    limit: number,
  ): Promise<LogRequest[]>
  /** Forgets those asked before, at most `limit`. */
  forget(before: Date, limit: number): Promise<void>
}

/** How devices are asked, and what they sent: service-consumer-interface knows. */
export interface DeviceLogs {
  /** @returns the id by which the log is known when it comes @throws CallerError `device-cannot`, `device-out-of-service` */
  ask(device: string, bytes: number): Promise<string>
  /** Those that came, of these devices, by request. */
  received(
    asked: readonly { readonly device: string; readonly request: string }[],
  ): Promise<ReadonlyMap<string, { readonly receivedAt: Date; readonly text: string }>>
}
