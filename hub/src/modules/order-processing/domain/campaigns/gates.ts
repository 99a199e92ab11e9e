import type { Milliseconds, WallTime } from '../../../../platform/clock.ts'
import type { ErrorBudget, Gate, Remedy } from './document.ts'

/** Judging whether a wave went well enough for the next one to begin. Pure: outcomes in, a verdict with its sentence out. */

/** What is known of the devices of a wave, or of a whole campaign. */
export interface Outcomes {
  /** Ordered, and nothing is known yet. */
  readonly open: number
  readonly done: number
  /** Failed, or refused when they were ordered. */
  readonly failed: number
  /** Cancelled by somebody else: neither a success nor an error. */
  readonly cancelled: number
}

export type Verdict =
  | { readonly verdict: 'pass'; readonly why: string }
  /** Not yet: look again when something is heard, at the latest then. */
  | { readonly verdict: 'hold'; readonly why: string; readonly until: WallTime }
  | { readonly verdict: 'trip'; readonly why: string; readonly remedy: Remedy }

/**
 * A wave's gate. It trips as soon as it can no longer pass: when more have failed than may, even if all that are open succeed;
 * when enough outcomes are known and too many of them are failures; when its time is over.
 * @param placedAt when the last order of the wave was placed
 */
export function judgeGate(gate: Gate, outcomes: Outcomes, placedAt: WallTime, now: WallTime): Verdict {
  const { open, done, failed } = outcomes
  const known = done + failed
  const all = known + open
  const sample = Math.min(gate.sample ?? defaultSample, all)
  const trip = (why: string): Verdict => ({ verdict: 'trip', why, remedy: gate.else })
  const allowed = allowedErrors(gate)
  if (allowed !== null && failed > allowed * all + tiny)
    return trip(`${failed} of ${all} devices failed; at most ${share(allowed)} may`)
  if (gate.errors !== undefined && known > 0 && known >= sample && failed / known > gate.errors + tiny)
    return trip(`${failed} of ${known} outcomes are failures, which is more than ${share(gate.errors)}`)
  const missing = lacks(gate, outcomes, sample)
  const soaked = placedAt + (gate.soak ?? 0)
  if (missing === null && now >= soaked) return { verdict: 'pass', why: passed(gate, outcomes) }
  const end = placedAt + gate.within
  if (now >= end) return trip(`the gate did not open in time: ${missing ?? 'it is still being watched'}`)
  if (missing === null)
    return { verdict: 'hold', why: 'the gate holds; the wave is still being watched', until: Math.min(end, soaked) }
  return { verdict: 'hold', why: missing, until: end }
}

/** Fewer outcomes say little, unless the wave has no more devices. */
const defaultSample = 10

/** Shares are sums of ones; beyond this a difference is real. */
const tiny = 1e-9

/** What is missing for the gate to open, or null. */
function lacks(gate: Gate, { open, done, failed }: Outcomes, sample: number): string | null {
  const known = done + failed
  if (known < sample) return `${known} of ${sample} outcomes are known`
  if (gate.success !== undefined && known > 0 && done / known < gate.success - tiny)
    return `${done} of ${known} outcomes are successes, which is less than ${share(gate.success)}`
  if (
    gate.success === undefined &&
    gate.errors === undefined &&
    gate.sample === undefined &&
    open > 0 &&
    gate.soak === undefined
  )
    return `${open} outcomes are not known yet`
  return null
}

function passed(gate: Gate, { done, failed }: Outcomes): string {
  const known = done + failed
  return known === 0
    ? 'nothing was ordered'
    : `${done} of ${known} devices succeeded${gate.soak === undefined ? '' : ' and stayed so'}`
}

/** The share of a wave's devices that may fail, by either rule; null = any. */
function allowedErrors({ errors, success }: Gate): number | null {
  if (errors === undefined && success === undefined) return null
  return Math.min(errors ?? 1, success === undefined ? 1 : 1 - success)
}

/** Over all waves. Null while it holds. */
export function judgeBudget(
  budget: ErrorBudget | null,
  { done, failed }: Outcomes,
): Extract<Verdict, { verdict: 'trip' }> | null {
  if (budget === null) return null
  const known = done + failed
  if (known < budget.sample || known === 0 || failed / known <= budget.share + tiny) return null
  const why = `the budget of errors is spent: ${failed} of ${known} devices failed; at most ${share(budget.share)} may`
  return { verdict: 'trip', why, remedy: budget.else }
}

/** When a hold is to be looked at again, also if nothing is heard. */
export function nextLook(now: WallTime, latest: WallTime, pace: Milliseconds): WallTime {
  return Math.max(now + 1_000, Math.min(now + pace, latest))
}

function share(value: number): string {
  return `${Math.round(value * 10_000) / 100} %`
}
