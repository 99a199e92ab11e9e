import { accepted, cancelled, checking, failed, installed, progress } from '../mapping/outcomes.ts'
import { foundFor } from '../mapping/units.ts'
import { endedAs, type Memory, type OpenDeployment } from './memory.ts'
import type { QueuedOutput } from '@sutler/device-model'
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
  report: StatusReport,
): StatusPlan {
  const { open } = memory
  const unchanged = { memory, inputs: [], taken: [] }
  if (open?.id !== id) {
    const ended = memory.ended.find((one) => one.id === id)
    if (!ended) return { ...unchanged, answer: 'unknown' }
    return { ...unchanged, answer: ended.as === 'aborted' ? 'aborted' : 'taken' }
  }
  const cancel = queue.find(({ output }) => output.kind === 'cancel' && output.delivery === open.delivery)
  const { status } = report
  if (status === 'success' || status === 'already-installed' || status === 'failure')
    return { ...endPlan(memory, open, { ...report, status }, cancel?.id ?? null), answer: 'taken' }
  if (open.stage === 'done') return { ...unchanged, answer: 'taken' }
  const begun: Memory = { ...memory, open: { ...open, stage: 'begun' } }
  // What is in the queue no more was superseded, or given up.
  const wanted = !cancel && queue.some((queued) => queued.id === id)
  if (!wanted) return { memory: begun, inputs: [], taken: [], answer: 'aborted' }
  return { memory: begun, inputs: [...first(open), progress(open, status)], taken: [], answer: 'taken' }
}

function first(open: OpenDeployment): Plan['inputs'] {
  return open.stage === 'given' ? [accepted(open)] : []
}

type End = StatusReport & { readonly status: 'success' | 'already-installed' | 'failure' }

function endPlan(memory: Memory, open: OpenDeployment, { status, substate }: End, cancel: number | null): Plan {
  const done: Memory = { ...memory, open: { ...open, stage: 'done' } }
  // Its word is no proof: that is what it says it has, in the inventory that follows.
  if (status === 'success') return { memory: done, inputs: [...first(open), checking(open)], taken: [] }
  const taken = cancel === null ? [open.id] : [open.id, cancel]
  const ended = endedAs(memory, status)
  if (status === 'failure') {
    const why = cancel === null ? failed(open, substate) : cancelled(open.id, open.delivery)
    return { memory: ended, inputs: [...first(open), why], taken }
  }
  // It has said what it has when it asked.
  const found = foundFor(open.artifact, new Map(memory.provides))
  const by = 'status already-installed, artifact_name in deployments/next'
  return { memory: ended, inputs: [...first(open), installed(open, found, by)], taken }
}
