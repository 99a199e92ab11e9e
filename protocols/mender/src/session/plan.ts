import type { Input } from '@sutler/device-model'
import type { Memory } from './memory.ts'

/** What a request of a device changes. Carried out in this order: inputs, memory, queue. */
export interface Plan {
  readonly memory: Memory
  readonly inputs: readonly Input[]
  /** Outputs that leave the queue. */
  readonly taken: readonly number[]
}

/** What a plan is made from. */
export interface Known {
  readonly memory: Memory
  /** Grows with every change of the memory: makes the id of what is said anew. */
  readonly version: number
}
