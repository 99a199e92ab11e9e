import type { Model } from '@sutler/engine'
import type { Authored, Inspection } from '../authored.ts'

/** What the workshop's thread is asked. */
export type Job =
  /** `learn`: published models that it does not know yet. */
  | {
      readonly kind: 'inspect'
      readonly authored: Authored
      readonly tasks: readonly string[]
      readonly learn: readonly Model[]
    }
  | { readonly kind: 'draw'; readonly model: Model; readonly states: readonly string[] }
  | { readonly kind: 'print'; readonly model: Model }

/** What it answers; `exhausted`: the job was too much for it. */
export type JobEnd =
  | { readonly inspection: Inspection }
  /** Null: no text can say it. */
  | { readonly text: string | null }
  | { readonly exhausted: string }
  | { readonly broken: unknown }
