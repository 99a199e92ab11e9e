import type { Input } from '@sutler/device-model'
import type { Memory } from './memory.ts'

/** What a device's word comes to. */
export interface Answer {
  /** 404: no such action for the device, or not in this state · 410: it is over. */
  readonly status: 200 | 404 | 410
  readonly memory: Memory
  readonly inputs: readonly Input[]
}

/** Nothing changes. */
export function nothing(memory: Memory, status: Answer['status'] = 200): Answer {
  return { status, memory, inputs: [] }
}

/** Of an action that is not open. */
export function notOpen(memory: Memory, id: number): Answer {
  return nothing(memory, memory.closed.includes(id) ? 410 : 404)
}
