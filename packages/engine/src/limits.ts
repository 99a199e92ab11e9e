/** Bounds of section 11; every one can be set, every one has its own error. */
export interface Limits {
  /** Of a model document as compact JSON. */
  readonly documentBytes: number
  readonly states: number
  readonly transitions: number
  readonly dataBytes: number
  readonly sharedBytes: number
  readonly argsBytes: number
  /** Held and deferred signals of one instance together. */
  readonly waitingSignals: number
  readonly macrostepSteps: number
  readonly callDepth: number
  /** Of one instance, each. */
  readonly timers: number
  readonly runningTasks: number
  readonly children: number
}

export const defaultLimits: Limits = {
  documentBytes: 1024 * 1024,
  states: 256,
  transitions: 1024,
  dataBytes: 64 * 1024,
  sharedBytes: 256 * 1024,
  argsBytes: 64 * 1024,
  waitingSignals: 1000,
  macrostepSteps: 1000,
  callDepth: 32,
  timers: 1000,
  runningTasks: 1000,
  children: 1000,
}
