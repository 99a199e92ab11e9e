import type { Output, QueuedOutput } from '@sutler/device-model'
import { emptyMemory, type Memory } from '../session/memory.ts'
import { takeFeedback as feedbackAt } from '../session/take-feedback.ts'
import type { Settings } from '../session/terms.ts'
import { lookAt, planVisit, type Visit } from '../session/visit.ts'
import type { Execution, Feedback, Finished } from '../wire/feedback.ts'

export const hour = 3_600_000
export const settings: Settings = {
  urgency: () => ({ forcedFrom: 0, window: null }),
  confirm: false,
  cancelPatience: 24 * hour,
  proofPatience: hour,
}

export function install(id: number, over: Partial<Extract<Output, { kind: 'install' }>> = {}): QueuedOutput {
  const manifest = { digest: 'ab'.repeat(32), size: 300 }
  const work = {
    delivery: `d${id}`,
    epoch: id,
    service: 'os',
    version: '2.0',
    component: 'image',
    manifest,
    files: 1,
    bytes: 9,
    role: 'firmware',
    reports: { name: 'linux', version: '2.0' },
  }
  return { id, device: 'box', output: { kind: 'install', ...work, ...over } as Output }
}

export function cancel(id: number, delivery: string): QueuedOutput {
  return { id, device: 'box', output: { kind: 'cancel', delivery, reason: 'not wanted' } }
}

export const said = (execution: Execution, finished: Finished = 'none', over: Partial<Feedback> = {}): Feedback => ({
  id: null,
  time: null,
  execution,
  finished,
  progress: null,
  code: null,
  details: [],
  ...over,
})

/** A device that has read action 7. */
export function looked(over: Partial<Settings> = {}, now = 0, memory: Memory = emptyMemory): Memory {
  const given = { ...settings, ...over }
  return lookAt(planVisit(memory, [install(7)], given, now), 7, given, now)!.memory
}

export const visit = (memory: Memory, outputs: QueuedOutput[] = [], over: Partial<Settings> = {}, now = 0): Visit =>
  planVisit(memory, outputs, { ...settings, ...over }, now)

export const takeFeedback = (memory: Memory, id: number, feedback: Feedback, now = 0) =>
  feedbackAt(memory, id, feedback, now)

export const kinds = (answer: { inputs: readonly { kind: string }[] }) => answer.inputs.map((input) => input.kind)
