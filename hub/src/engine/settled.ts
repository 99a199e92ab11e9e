import type { Clock, Milliseconds } from '../platform/clock.ts'
import type { Returned } from './batch/item.ts'
import type { Live } from './live/live.ts'
import type { Step } from './store/steps.ts'

/** Whoever caused a signal waits so long to see what became of it. */
const patience: Milliseconds = 5_000

/** The step in which an instance took a signal, behind an entry of its history; null when that takes too long. */
export async function settled(
  { live, clock }: { live: Live; clock: Clock },
  { key, entry, signal }: { key: number; entry: number; signal: string },
): Promise<Step | null> {
  const abort = new AbortController()
  const cancel = clock.after(patience, () => abort.abort())
  try {
    for await (const { step } of live.instance(key, entry, abort.signal)) if (step.signal === signal) return step
    return null
  } finally {
    cancel()
  }
}

/** The returned signal, as history has it. */
export function returnedBy({ outcome, reason, detail, fired, states, args }: Step): Returned | null {
  if (outcome === 'operated') return null
  return { outcome, fired, states, args, ...(reason !== null && { reason }), ...(detail !== null && { detail }) }
}
