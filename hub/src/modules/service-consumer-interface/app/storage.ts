import type { FileFacts, Wanted } from '@sutler/device-model'
import type { Sql, Tx } from '../../../platform/database.ts'

export interface NewOutput {
  /** Absent = its device's; only the audit asks. */
  readonly tenant?: string
  readonly device: string
  readonly output: Wanted
}

/** An output of the queue that no device has taken yet. */
export interface OpenOutput extends NewOutput {
  readonly id: number
}

export interface OutputRow extends OpenOutput {
  readonly queuedAt: Date
  readonly sentAt: Date | null
  readonly doneAt: Date | null
  /** `taken`, `dropped`, or `refused: <code>`; null while it is open. */
  readonly result: string | null
}

export interface DeliveryOnDevice {
  readonly device: string
  readonly delivery: string
}

/** When an output was queued and sent. */
export type QueuedOutput = Pick<OutputRow, 'queuedAt' | 'sentAt'>

/** What became of deliveries that were taken out of the queue. */
export interface Dropped {
  /** Of which some output has been sent: the device may know of them. */
  readonly sent: ReadonlySet<string>
  /** Of which an output waited that was never sent. */
  readonly unsent: ReadonlySet<string>
}

export interface OutputStorage {
  add(tx: Tx, outputs: readonly NewOutput[], now: Date): Promise<void>
  /** Takes the open outputs of these deliveries out of the queue. */
  dropDeliveries(tx: Tx, dropped: readonly { device: string; delivery: string }[], now: Date): Promise<Dropped>
  /** Of each device the oldest `limit` open outputs, in order. */
  open(sql: Sql, devices: readonly string[], limit: number): Promise<OpenOutput[]>
  /** Those of these devices that have open outputs. */
  waiting(sql: Sql, devices: readonly string[]): Promise<string[]>
  markSent(sql: Sql, ids: readonly number[], now: Date): Promise<void>
  markDone(sql: Sql, done: readonly { id: number; result: string }[], now: Date): Promise<void>
  /** Forgets outputs done before `before`, at most `limit`. Returns how many. */
  prune(sql: Sql, before: Date, limit: number): Promise<number>
  /** Of each of these deliveries the output that was queued last. */
  newestOf(sql: Sql, deliveries: readonly DeliveryOnDevice[]): Promise<(QueuedOutput & { readonly delivery: string })[]>
  page(sql: Sql, device: string, limit: number, after: number): Promise<OutputRow[]>
  /** The output that was queued last. */
  newest(sql: Sql, device: string): Promise<OutputRow | null>
}

/** What a device logged, as it is kept. */
export interface LogRow {
  readonly id: number
  /** Of the `collect-log` that asked for it; '' when the device sent it by itself. */
  readonly request: string
  readonly receivedAt: Date
  readonly text: string
}

export interface Remembered {
  readonly device: string
  readonly protocol: string
  readonly value: unknown
  /** That is replaced; 0 = nothing was remembered. */
  readonly version: number
}

export interface Recalled {
  readonly version: number
  readonly value: unknown
}

export interface DeviceMemoryStorage {
  /** By device; those of which nothing is remembered are left out. */
  recall(sql: Sql, devices: readonly string[], protocol: string): Promise<ReadonlyMap<string, Recalled>>
  /** Whether it was replaced: not when another version stands there. */
  remember(sql: Sql, remembered: Remembered, now: Date): Promise<boolean>
  fileFacts(sql: Sql, sha256: string): Promise<FileFacts | null>
  keepFileFacts(sql: Sql, facts: FileFacts): Promise<void>
  addLogs(sql: Sql, logs: readonly { device: string; request: string; text: string }[], now: Date): Promise<void>
  /** Forgets all but the `most` newest of each of these devices. */
  keepNewestLogs(sql: Sql, devices: readonly string[], most: number): Promise<void>
  /** Newest first. */
  logs(sql: Sql, device: string, limit: number, before: number | undefined): Promise<LogRow[]>
  /** Those of these requests that came. */
  logsOf(sql: Sql, asked: readonly { readonly device: string; readonly request: string }[]): Promise<LogRow[]>
  /** Forgets logs received before `before`, at most `limit`. Returns how many. */
  pruneLogs(sql: Sql, before: Date, limit: number): Promise<number>
}
