import type { JsonObject, Model, SimulationLine } from '@sutler/engine'
import type { Diagnostic } from '@sutler/patterns/language'
import type { Picture } from '@sutler/patterns/diagram'

/** What a pattern's text says, what is wrong with it, and how it looks. */
export interface PatternReport {
  readonly diagnostics: readonly Diagnostic[]
  /** Null while the text cannot be read as a model; then there is no picture either. */
  readonly model: Model | null
  readonly picture: Picture | null
}

/** What a simulation came to: a line per step, and what was wrong with the script. */
export interface SimulationReport {
  readonly lines: readonly SimulationLine[]
  readonly fault: string | null
}

/** Work on models that may take long, each kind with its answer. */
export interface Jobs {
  read: { readonly ask: { readonly text: string }; readonly answer: PatternReport }
  draw: { readonly ask: { readonly model: Model }; readonly answer: Picture }
  simulate: {
    readonly ask: { readonly model: Model; readonly script: readonly string[]; readonly call?: JsonObject }
    readonly answer: SimulationReport
  }
}

export type JobKind = keyof Jobs

export interface Asked<Kind extends JobKind = JobKind> {
  readonly kind: Kind
  readonly ask: Jobs[Kind]['ask']
}

export type Answered = { readonly answer: Jobs[JobKind]['answer'] } | { readonly fault: string }
