import type { Manifest } from '@sutler/wire'
import type { AgentPlatform } from '../platform.ts'
import type { AgentSettings } from '../settings.ts'
import type { InstallJob } from '../state.ts'

/** What the acts of one install work with. */
export interface Work {
  readonly platform: AgentPlatform
  readonly settings: AgentSettings
  readonly job: InstallJob
  /** Aborts when the job is cancelled or replaced, or the agent stops; its reason is an AgentError. */
  readonly stop: AbortSignal
  /** Where a file of this job's link is to be fetched; always the newest link. */
  urlOf(digest: string): string
  /**
   * Throws unless the job's manifest is signed for this device; asked before anything is fetched.
   * @throws AgentError `trust-…`; `network` and others, for what may be tried again
   */
  permitted(): Promise<void>
  /** Tells the hub how far it is, sparingly. */
  progress(stage: ProgressStage, done: number, total: number): void
}

export type ProgressStage = 'downloading' | 'verifying' | 'installing' | 'restarting' | 'checking'

/** Bytes of all files. */
export function totalBytes(manifest: Manifest): number {
  return manifest.files.reduce((sum, file) => sum + file.size, 0)
}
