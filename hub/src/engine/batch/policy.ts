import { readDuration, type TaskUse } from '@sutler/engine'
import type { TaskPolicy } from '../store/writes.ts'

const second = 1_000

/** What holds where the model says nothing: five attempts over some 15 s, each at most a minute. */
const defaults: TaskPolicy = {
  attempts: 5,
  first: second,
  factor: 2,
  max: 60 * second,
  timeout: 60 * second,
}

/** How an external task is tried, from its use in the model. */
export function policyOf({ retry, timeout }: TaskUse): TaskPolicy {
  return {
    attempts: retry?.attempts ?? defaults.attempts,
    first: milliseconds(retry?.first) ?? defaults.first,
    factor: retry?.factor ?? defaults.factor,
    max: milliseconds(retry?.max) ?? defaults.max,
    timeout: milliseconds(timeout) ?? defaults.timeout,
  }
}

/** How long to wait after the `attempt`th attempt (from 1) has failed, milliseconds. */
export function backoff({ first, factor, max }: TaskPolicy, attempt: number): number {
  return Math.min(max, first * factor ** (attempt - 1))
}

function milliseconds(text: string | undefined): number | null {
  return text === undefined ? null : readDuration(text)
}
