import type { AuthHabit } from '../net/acs-connection.ts'

/** How a device deviates from what its maker's manual says; all of it was seen in the field. */
export interface Habits {
  readonly auth: AuthHabit
  readonly cookies: boolean
  /**
   * When TransferComplete comes: in the session whose Inform says `7 TRANSFER COMPLETE` · one session after that · without
   * that event, under `2 PERIODIC`.
   */
  readonly completes: 'with-event' | 'session-later' | 'under-periodic'
  /** Knows ChangeDUState. */
  readonly deploymentUnits: boolean
  /** Methods that it answers with 9000. */
  readonly without: readonly string[]
  /** Names the ParameterKey that it was given. */
  readonly parameterKey: boolean
  /** A Download is done before its answer: Status 0. */
  readonly immediate: boolean
}

export const goodHabits: Habits = {
  auth: 'digest',
  cookies: true,
  completes: 'with-event',
  deploymentUnits: true,
  without: [],
  parameterKey: true,
  immediate: false,
}

export type Stage = 'downloading' | 'verifying' | 'installing'

/** Where something goes wrong, until it is taken back. */
export interface DeviceFaults {
  /** Answers calls of this method with a fault. */
  refuse: { readonly method: string; readonly code: number } | null
  /** Transfers and operations on deployment units end at this stage, with this code. */
  fail: { readonly stage: Stage; readonly code: number } | null
  /** The next work waits at this stage. */
  hold: Stage | null
  /** What is installed is said to be, but the old version goes on. */
  pretend: boolean
  /** It says everything twice. */
  stutter: boolean
  /** Ends the next session after that many requests. */
  abandonAfter: number | null
}

export const noFaults = (): DeviceFaults => ({
  refuse: null,
  fail: null,
  hold: null,
  pretend: false,
  stutter: false,
  abandonAfter: null,
})
