import type { BackoffPolicy } from './backoff.ts'

/** Times in milliseconds. */
export interface AgentSettings {
  /** A connection attempt that takes longer fails. */
  readonly connectTimeout: number
  readonly keepAliveSeconds: number
  readonly reconnect: BackoffPolicy
  /** A download without a byte for this long is given up and tried again later. */
  readonly idle: number
  /** A download slower than this many bytes per second, over `rateWindow`, is given up and tried again later. */
  readonly leastRate: number
  readonly rateWindow: number
  /** Between attempts at the same download. */
  readonly retry: BackoffPolicy
  /** Files fetched side by side. */
  readonly parallel: number
  /** Bytes of memory that undoing one patch may take, where the device has eight times as much; larger files are fetched whole. */
  readonly patchMemory: number
  /** Between attempts to write down what must not be lost, while the disk takes nothing. */
  readonly journalRetry: number
  /** Without work for this long, the platform may tidy up. */
  readonly restAfter: number
  /** Between two looks at all files in place; 0 = only at the start and with each report. */
  readonly verifyEvery: number
  /** Bytes per second that such a look reads. */
  readonly verifyRate: number
  /** Bytes left free on the volume after an installation. */
  readonly reserve: number
}

export const defaultSettings: AgentSettings = {
  connectTimeout: 15_000,
  keepAliveSeconds: 60,
  reconnect: { first: 1000, most: 60_000 },
  idle: 30_000,
  leastRate: 512,
  rateWindow: 30_000,
  retry: { first: 2000, most: 300_000 },
  parallel: 4,
  patchMemory: 134_217_728,
  journalRetry: 2000,
  restAfter: 1000,
  verifyEvery: 6 * 3_600_000,
  verifyRate: 4_194_304,
  reserve: 1_048_576,
}
