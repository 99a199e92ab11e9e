import type { Digest } from './manifest.ts'
import type { CapabilityReport, Unit } from './report.ts'

/** What a device says, already authenticated. `id` is unique per device and makes a repeat recognisable. */
export type Input = { readonly id: string } &
  /** `boot` changes with every start of the device; '' where the protocol does not tell starts apart. */
  (
    | { readonly kind: 'hello'; readonly agent: string; readonly boot: string }
    | { readonly kind: 'capabilities'; readonly report: CapabilityReport }
    | { readonly kind: 'accepted'; readonly delivery: string }
    | { readonly kind: 'declined'; readonly delivery: string; readonly reason: DeclineReason; readonly detail: string }
    | {
        readonly kind: 'progress'
        readonly delivery: string
        readonly stage: ProgressStage
        readonly done: number
        readonly total: number
      }
    | Outcome
    /** The link of an offer expired before the device was done: it wants a fresh one. */
    | { readonly kind: 'renew'; readonly delivery: string }
    /** All that a device without our agent runs, without the rest of a report. */
    | { readonly kind: 'inventory'; readonly units: readonly Unit[] }
    /** Something went wrong that belongs to no delivery. `code` as the protocol has it, for example `9002`. */
    | { readonly kind: 'fault'; readonly code: string; readonly detail: string }
    /** `request` is that of the `collect-log`; '' for what a device sends by itself. */
    | { readonly kind: 'log'; readonly request: string; readonly text: string }
    | { readonly kind: 'pong' }
    /** It leaves, and says so. */
    | { readonly kind: 'bye' }
  )

export interface Outcome {
  readonly kind: 'outcome'
  readonly delivery: string
  readonly result: OutcomeResult
  /**
   * Digests of the files in place after the work, in the manifest's order; null = file missing. Empty after a removal;
   * after one that keeps the files, those that were kept.
   */
  readonly digests: readonly (Digest | null)[]
  /** In place of digests, from a device that knows none: what it says it runs after the work. */
  readonly reported?: Reported
  readonly health: { readonly ok: boolean; readonly detail: string }
  /** Stable error code when the result is not `installed` or `removed`, else ''. */
  readonly error: string
}

/** The proof of a device without our agent. */
export interface Reported extends Unit {
  /** Where the device says so, in the protocol's terms, for example `DU state Installed in DUStateChangeComplete`. */
  readonly by: string
}

export type DeclineReason = 'superseded' | 'no-space' | 'unsupported' | 'busy' | 'invalid-manifest' | 'refused'
export type ProgressStage = 'downloading' | 'verifying' | 'installing' | 'restarting' | 'checking'
/** `rolled-back`: the new version was installed, failed its check, and the old one is in place again. */
export type OutcomeResult = 'installed' | 'removed' | 'failed' | 'rolled-back'
