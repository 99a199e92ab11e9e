/** The engine's values. Everything here is plain JSON data: it can be stored, hashed and sent as it is. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** CEL source text. */
export type Expression = string
/** Milliseconds since the Unix epoch. */
export type Instant = number

export interface SignalDeclaration {
  /** Argument name → type, `?` at the end = optional. */
  readonly args?: Readonly<Record<string, string>>
  readonly urgent?: boolean
  readonly deferrable?: boolean
}

export interface TaskUse {
  readonly task: string
  readonly args?: Readonly<Record<string, Expression>>
  readonly as?: string
  /** Signal types sent when the task has ended. */
  readonly done?: string
  readonly failed?: string
  readonly retry?: {
    readonly attempts: number
    readonly first?: string
    readonly factor?: number
    readonly max?: string
  }
  readonly timeout?: string
}

export interface Emit {
  readonly signal: string
  readonly args?: Readonly<Record<string, Expression>>
  /** `self` (default), `parent`, `sender`, `child:<as>`, or an instance URL; `{…}` holds an expression in the latter two. */
  readonly to?: string
  /** Duration: `15m`, `PT15M`, or `{…}`/CEL as the language defines. */
  readonly after?: string
  /** Expression giving an instant. */
  readonly at?: Expression
  /** The delayed signal is cancelled once these states are no longer all current. */
  readonly while?: readonly string[]
  readonly reply?: string
}

export interface Call {
  /** `model:<name>[@<version>]/<id>`, `{…}` holds an expression. */
  readonly url: string
  readonly args?: Readonly<Record<string, Expression>>
  /** Name of the child within this instance; `{…}` holds an expression (docs/decisions): one transition can call many. */
  readonly as: string
  readonly wait?: boolean
  readonly done?: string
  readonly failed?: string
}

export interface Transition {
  readonly name: string
  readonly on: string
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly clear?: readonly string[]
  readonly when?: Expression
  readonly args?: Readonly<Record<string, Expression>>
  readonly set?: Readonly<Record<string, Expression>>
  readonly share?: Readonly<Record<string, Expression>>
  readonly cancel?: readonly string[]
  readonly tasks?: readonly TaskUse[]
  readonly emit?: readonly Emit[]
  readonly call?: readonly Call[]
}

/** The canonical document (engine.md section 7). */
export interface Model {
  readonly model: string
  readonly version: string
  readonly title?: string
  readonly shared?: JsonObject
  readonly data?: JsonObject
  readonly states: readonly string[]
  readonly initial: readonly string[]
  readonly final: readonly string[]
  readonly signals?: Readonly<Record<string, SignalDeclaration>>
  readonly transitions: readonly Transition[]
  readonly returns?: Readonly<Record<string, Expression>>
}

/** A signal on its way to one instance. `from` is who generated it. */
export interface Signal {
  readonly id: string
  readonly type: string
  readonly args: JsonObject
  /** `external`, or the URL `model:<name>@<version>/<id>` of the instance, or `timer`, `task`, `engine`. */
  readonly from: string
  /** When set, the returned signal goes back to `from` as a signal of this type. */
  readonly reply?: string
  /**
   * A returned signal (`reply`) or a task's or a subinstance's end: arguments that the signal's declaration does not name
   * are left out, where any other signal would be rejected for them.
   */
  readonly returned?: true
}

/** A delayed signal. `id` is its signal's id. */
export interface Timer {
  readonly id: string
  readonly signal: Signal
  /** URL of the instance it is for; absent = the instance that keeps the timer. */
  readonly to?: string
  readonly due: Instant
  readonly while: readonly string[]
}

export interface Child {
  readonly as: string
  /** Written out: `model:<name>@<version>/<id>` without the query. */
  readonly url: string
  readonly wait: boolean
  readonly done?: string
  readonly failed?: string
}

/** Everything that is kept of one instance. Instance ids are unique per model name. */
export interface Instance {
  readonly id: string
  readonly model: string
  readonly version: string
  /** Sorted. */
  readonly states: readonly string[]
  readonly data: JsonObject
  /** The arguments it was called with; `{}` for one that was started from outside. */
  readonly call: JsonObject
  /** URL of the calling instance and the name it gave this one. */
  readonly parent: { readonly url: string; readonly as: string } | null
  readonly depth: number
  /** Steps taken: names steps in history and idempotency keys. */
  readonly steps: number
  readonly children: readonly Child[]
  /** Ended children whose `done`/`failed` waits for the last one (section 5), in the order in which they ended. */
  readonly ended: readonly Signal[]
  readonly held: readonly Signal[]
  readonly deferred: readonly Signal[]
  readonly timers: readonly Timer[]
  /** Running tasks that will signal. `key` = `<instance>/<step>/<index>`. */
  readonly tasks: readonly RunningTask[]
  readonly done: boolean
  readonly attention: string | null
}

export interface RunningTask {
  readonly key: string
  readonly task: string
  readonly as?: string
  readonly done?: string
  readonly failed?: string
}

export type Outcome = 'fired' | 'ignored' | 'deferred' | 'held' | 'rejected' | 'failed' | 'duplicate'

/** One step, as history and simulation show it. */
export interface StepRecord {
  readonly step: number
  readonly signal: Signal
  readonly outcome: Outcome
  readonly reason?: string
  readonly detail?: string
  readonly fired: readonly string[]
  readonly states: readonly string[]
  /** The signal's arguments as changed. */
  readonly args: JsonObject
  readonly data: JsonObject
  readonly shared: JsonObject
  /** Every signal the step emitted, also those that no effect carries: to itself, delayed, or to nobody. */
  readonly emitted: readonly Emitted[]
  /** What the host must do for this step. */
  readonly effects: readonly Effect[]
  readonly done: boolean
}

export interface Emitted {
  /** As the model writes it, templates filled in: `self`, `parent`, `sender`, `child:<as>` or an instance URL. */
  readonly to: string
  readonly signal: Signal
  readonly due?: Instant
}

/** What a step wants done. The host turns effects into rows; nothing is executed by the engine. */
export type Effect =
  | {
      readonly kind: 'task'
      readonly key: string
      readonly use: TaskUse
      readonly args: JsonObject
    }
  | { readonly kind: 'signal'; readonly to: string; readonly signal: Signal; readonly due?: Instant }
  | {
      readonly kind: 'call'
      readonly model: string
      /** Version range as written (`1`, `1.2.0`) or null for the highest. */
      readonly version: string | null
      readonly id: string
      readonly url: string
      readonly as: string
      readonly wait: boolean
      readonly args: JsonObject
      readonly done?: string
      readonly failed?: string
    }
  /** Sends `cancel` to a running subinstance, if its model knows that signal. */
  | { readonly kind: 'cancel-child'; readonly url: string }
  /** Tells the parent that this instance is done. */
  | {
      readonly kind: 'ended'
      readonly parent: { readonly url: string; readonly as: string }
      readonly returns: JsonObject
      /** Null when it ended well. */
      readonly failure: string | null
    }
  | { readonly kind: 'timer-set'; readonly timer: Timer }
  | { readonly kind: 'timer-cancelled'; readonly id: string }
  | { readonly kind: 'dropped'; readonly signal: Signal; readonly why: 'done' }

/** The result of taking one external signal with its whole macrostep. */
export interface Taken {
  readonly instance: Instance
  readonly shared: JsonObject
  /** In the order taken; the first is the given signal's. */
  readonly records: readonly StepRecord[]
  /** All effects of all records, in order. Empty when undone. */
  readonly effects: readonly Effect[]
}
