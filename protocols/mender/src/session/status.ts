import { accepted, cancelled, failed, installed, progress } from '../mapping/outcomes.ts'
import { endedAs, type Memory, type OpenDeployment } from './memory.ts'
import type { Input, QueuedOutput } from '@sutler/device-model'
import type { StatusReport } from '../wire/status.ts'
import type { Known, Plan } from './plan.ts'

export interface StatusPlan extends Plan {
  /** `aborted` makes the client go back. */
  readonly answer: 'taken' | 'aborted' | 'unknown'
}

/**
 * Decides about one status. A deployment that the hub has taken back is answered so; what the device says of its end is taken as
 * it is, also then. Repeats change nothing. Pure.
 * @param queue the device's outputs that are still to be done
 */
export function planStatus(
  { memory }: Known,
  queue: readonly QueuedOutput[],
  id: number,
  { status, substate }: StatusReport,
): StatusPlan {
  const unchanged = { memory, inputs: [], taken: [] }
  const { open } = memory
  if (open?.id !== id) {
    const ended = memory.ended.find((one) => one.id === id)
    if (!ended) return { ...unchanged, answer: 'unknown' }
    return { ...unchanged, answer: ended.as === 'aborted' ? 'aborted' : 'taken' }
  }
  const cancel = queue.find(({ output }) => output.kind === 'cancel' && output.delivery === open.delivery)
  const first = open.begun ? [] : [accepted(open)]
  if (status === 'success' || status === 'failure' || status === 'already-installed') {
    const taken = cancel ? [id, cancel.id] : [id]
    const end = endOf(open, { status, substate }, cancel !== undefined)
    return { memory: endedAs(memory, status), inputs: [...first, end], taken, answer: 'taken' }
  }
  // What is in the queue no more was superseded, or given up.
  const wanted = !cancel && queue.some((queued) => queued.id === id)
  if (!wanted) return { ...unchanged, memory: begun(memory, open), answer: 'aborted' }
  return { memory: begun(memory, open), inputs: [...first, progress(open, status)], taken: [], answer: 'taken' }
}

function begun(memory: Memory, open: OpenDeployment): Memory {
  return open.begun ? memory : { ...memory, open: { ...open, begun: true } }
}

function endOf(open: OpenDeployment, { status, substate }: StatusReport, wasCancelled: boolean): Input {
  if (status !== 'failure') return installed(open, `status ${status} of deployment ${open.id}`)
  return wasCancelled ? cancelled(open.id, open.delivery) : failed(open, substate)
}
