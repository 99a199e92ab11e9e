import type { CompiledExpression, CompiledTemplate } from '@sutler/expressions'
import type { Limits } from './limits.ts'
import type { Markings } from './marking.ts'
import type { Parameter } from './parameters.ts'
import type { Call, Emit, Model, TaskUse } from './types.ts'

/** A name and the expression that gives its value. */
export interface Assignment {
  readonly name: string
  readonly expression: CompiledExpression
}

export interface CompiledTask {
  readonly use: TaskUse
  readonly args: readonly Assignment[]
}

export type Address =
  | { readonly kind: 'self' | 'parent' | 'sender' }
  | { readonly kind: 'child'; readonly as: CompiledTemplate }
  | { readonly kind: 'url'; readonly url: CompiledTemplate }

/** When an emitted signal is due: at once, so many milliseconds later, or as an expression says. */
export type Delay =
  | { readonly kind: 'none' }
  | { readonly kind: 'fixed'; readonly milliseconds: number }
  | { readonly kind: 'after' | 'at'; readonly expression: CompiledExpression }

export interface CompiledEmit {
  readonly emit: Emit
  readonly args: readonly Assignment[]
  readonly to: Address
  readonly delay: Delay
}

export interface CompiledCall {
  readonly call: Call
  readonly args: readonly Assignment[]
  readonly url: CompiledTemplate
  readonly as: CompiledTemplate
}

export interface CompiledTransition {
  readonly index: number
  readonly name: string
  readonly on: string
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly clear: readonly string[]
  readonly clearsAll: boolean
  readonly when: CompiledExpression | null
  readonly args: readonly Assignment[]
  readonly set: readonly Assignment[]
  readonly share: readonly Assignment[]
  readonly cancel: readonly string[]
  readonly tasks: readonly CompiledTask[]
  readonly emit: readonly CompiledEmit[]
  readonly call: readonly CompiledCall[]
}

/** A model ready to execute. Hosts use `model` and `knows`; the rest is the engine's. */
export interface CompiledModel {
  readonly model: Model
  readonly limits: Limits
  readonly transitions: readonly CompiledTransition[]
  readonly bySignal: ReadonlyMap<string, readonly CompiledTransition[]>
  /** Of every declared signal. */
  readonly parameters: ReadonlyMap<string, readonly Parameter[]>
  readonly urgent: ReadonlySet<string>
  readonly deferrable: ReadonlySet<string>
  readonly markings: Markings
  readonly returns: readonly Assignment[]
  /** Whether a transition is on this signal type or it is declared. */
  knows(signal: string): boolean
}
