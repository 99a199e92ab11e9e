import type { Milliseconds, WallTime } from '../../../../platform/clock.ts'
import { day, gateAfter, type CampaignDocument, type Remedy } from './document.ts'
import { judgeBudget, judgeGate, nextLook, type Outcomes, type Verdict } from './gates.ts'
import { refilled, refillTime } from './rate.ts'

/**
 * What a campaign does next: from where it stands, what is known and what time it is, to what is to be ordered now, the phase
 * that follows, and when to look again. Pure; every phase has a time-out, and every time-out a next step.
 */

/** A campaign that was started and has not ended. `waiting`: all of a wave is ordered, its gate or an approval is not there yet. */
export type Phase = 'running' | 'waiting' | 'paused' | 'aborting' | 'rolling-back'
export type End = 'completed' | 'aborted' | 'rolled-back' | 'failed'

export interface WaveFacts extends Outcomes {
  readonly number: number
  /** Devices that it was begun with, or would be. */
  readonly size: number
  /** When its last order was placed. */
  readonly placedAt: WallTime | null
  /** When its gate opened. */
  readonly passedAt: WallTime | null
}

export interface Facts {
  readonly phase: Phase
  /** Since when. */
  readonly since: WallTime
  readonly startedAt: WallTime
  /** From when the time of the whole campaign is counted: its start, or a person's word to go on although it was over. */
  readonly countedFrom: WallTime
  /** All waves; `current` is the number of the one that is being ordered, 0 before the first. */
  readonly waves: readonly WaveFacts[]
  readonly current: number
  /** Whether targets of the current wave are still to be ordered; whether some of them are where a window is open. */
  readonly left: boolean
  readonly leftInWindow: boolean
  /** When the next window opens; null = none will. */
  readonly opensAt: WallTime | null
  /** Numbers of waves that a second person let begin. */
  readonly approved: ReadonlySet<number>
  /** What a person decided to go on in spite of: `budget`, `gate:<wave>`. */
  readonly waived: ReadonlySet<string>
  /** How long it has been placing orders. */
  readonly ran: Milliseconds
  readonly bucket: { readonly tokens: number; readonly at: WallTime }
  /** When a person last let it go on. */
  readonly resumedAt: WallTime | null
  /** Devices whose orders are open; in a roll back those on their way back. */
  readonly open: number
  /** Devices that are still to be brought back, or whose orders are still to be cancelled. */
  readonly toUndo: number
}

export interface Step {
  readonly next: Phase | End
  /** What that depends on, for people. */
  readonly why: string
  /** What tripped, so that a person can decide to go on all the same. */
  readonly tripped?: string
  /** Begin this wave first. */
  readonly begin?: number
  /** The gate after this wave opened. */
  readonly passed?: number
  /** Devices to order for now, at most; or to bring back, or orders to cancel. */
  readonly place: number
  /** When to look again, also if nothing is heard; the time itself when it has ended. */
  readonly until: WallTime
}

/** How long the last orders may take to end after an abort, and households to come back in a roll back. */
export const abortAtMost: Milliseconds = 7 * day
export const rollBackAtMost: Milliseconds = 60 * day

/** Devices that one look orders for. */
export const sliceOf = 1_000

export function nextStep(document: CampaignDocument, facts: Facts, now: WallTime, pace: Milliseconds): Step {
  const step = stepOf(document, facts, now)
  return { ...step, until: isEnd(step.next) ? now : step.place > 0 ? now : nextLook(now, step.until, pace) }
}

export function isEnd(phase: string): phase is End {
  return phase === 'completed' || phase === 'aborted' || phase === 'rolled-back' || phase === 'failed'
}

function stepOf(document: CampaignDocument, facts: Facts, now: WallTime): Step {
  if (facts.phase === 'paused') return whilePaused(document, facts, now)
  if (facts.phase === 'aborting') return whileAborting(facts, now)
  if (facts.phase === 'rolling-back') return whileRollingBack(document, facts, now)
  return whileRunning(document, facts, now)
}

function whilePaused(document: CampaignDocument, { since }: Facts, now: WallTime): Step {
  const end = since + document.pauseAtMost
  if (now >= end) return enter('aborting', 'it was paused for longer than a campaign may be', now)
  return stay('paused', 'it was paused', end)
}

function whileAborting({ open, toUndo, since }: Facts, now: WallTime): Step {
  if (open === 0) return enter('aborted', 'nothing of it is open any more', now)
  const end = since + abortAtMost
  if (now >= end) return enter('aborted', `${open} devices' orders had not ended a week after they were cancelled`, now)
  return {
    ...stay('aborting', `the orders of ${open} devices are being cancelled`, end),
    place: Math.min(sliceOf, toUndo),
  }
}

function whileRollingBack(document: CampaignDocument, facts: Facts, now: WallTime): Step {
  const { toUndo, open, since } = facts
  if (toUndo === 0 && open === 0) return enter('rolled-back', 'every household was brought back or left as it is', now)
  const end = since + rollBackAtMost
  if (now >= end) return enter('failed', `${toUndo + open} devices could not be brought back in time`, now)
  if (toUndo === 0) return stay('rolling-back', `${open} devices are on their way back`, end)
  return {
    ...paced(document, facts, now, end),
    next: 'rolling-back',
    why: `${toUndo} devices are still to be brought back`,
  }
}

function whileRunning(document: CampaignDocument, facts: Facts, now: WallTime): Step {
  const end = facts.countedFrom + document.within
  const total = facts.waves.reduce(sum, { open: 0, done: 0, failed: 0, cancelled: 0 })
  const spent = facts.waived.has('budget') ? null : judgeBudget(document.errorBudget, total)
  if (spent !== null) return remedied(spent, 'budget', now)
  const wave = facts.waves[facts.current - 1]
  if (now >= end) {
    const last = facts.current === facts.waves.length && !facts.left
    if (document.joining && last && facts.open === 0) return enter('completed', 'its time is over and all is done', now)
    return remedied(
      { verdict: 'trip', why: 'the time of the campaign is over', remedy: document.onDeadline },
      'deadline',
      now,
    )
  }
  if (wave === undefined) return beginWave(document, facts, 1, facts.startedAt, now, end)
  if (facts.left) return whilePlacing(document, facts, wave, now, end)
  return afterPlacing(document, facts, wave, now, end)
}

/** Some of the wave is still to be ordered; what is known of it already may be enough to stop. */
function whilePlacing(document: CampaignDocument, facts: Facts, wave: WaveFacts, now: WallTime, end: WallTime): Step {
  const verdict = gateOf(document, facts, wave, now, true)
  if (verdict?.verdict === 'trip') return remedied(verdict, `gate:${wave.number}`, now)
  if (facts.leftInWindow) return { ...paced(document, facts, now, end), why: `wave ${wave.number} is being ordered` }
  const opens = facts.opensAt ?? end
  return stay('running', `wave ${wave.number} waits for its windows to open`, Math.min(end, opens))
}

function afterPlacing(document: CampaignDocument, facts: Facts, wave: WaveFacts, now: WallTime, end: WallTime): Step {
  const last = wave.number === facts.waves.length
  const verdict = wave.passedAt === null ? gateOf(document, facts, wave, now, false) : null
  if (verdict?.verdict === 'trip') return remedied(verdict, `gate:${wave.number}`, now)
  if (verdict?.verdict === 'hold')
    return stay('waiting', `wave ${wave.number}: ${verdict.why}`, Math.min(end, verdict.until))
  const passed = wave.passedAt === null ? { passed: wave.number } : {}
  if (!last) return { ...beginWave(document, facts, wave.number + 1, wave.passedAt ?? now, now, end), ...passed }
  if (facts.open > 0)
    return { ...stay('waiting', `${facts.open} devices of the last wave are not done yet`, end), ...passed }
  if (document.joining) return { ...stay('waiting', 'devices may still join', end), ...passed }
  return { ...enter('completed', 'every wave is done', now), ...passed }
}

/** The gate's word on a wave; null = there is none, or not any more. While it is being ordered, what is left counts as open. */
function gateOf(
  document: CampaignDocument,
  { waived }: Facts,
  wave: WaveFacts,
  now: WallTime,
  placing: boolean,
): Verdict | null {
  const gate = gateAfter(document.gates, wave.number)
  if (gate === null || waived.has(`gate:${wave.number}`)) return null
  if (!placing) return judgeGate(gate, wave, wave.placedAt ?? now, now)
  const open = Math.max(wave.open, wave.size - wave.done - wave.failed - wave.cancelled)
  return judgeGate(gate, { ...wave, open }, now, now)
}

/** @param ready since when nothing but an approval is missing */
function beginWave(
  document: CampaignDocument,
  facts: Facts,
  number: number,
  ready: WallTime,
  now: WallTime,
  end: WallTime,
): Step {
  const approval = document.approvals.find(({ before }) => before === number)
  if (approval === undefined || facts.approved.has(number))
    return { next: 'running', why: `wave ${number} begins`, begin: number, place: 0, until: now }
  const until = Math.max(ready, facts.resumedAt ?? ready) + approval.within
  if (now >= until)
    return remedied(
      { verdict: 'trip', why: `nobody approved wave ${number} in time`, remedy: approval.else },
      `approval:${number}`,
      now,
    )
  return stay(
    'waiting',
    `wave ${number} waits for the approval of a second person (${approval.role})`,
    Math.min(end, until),
  )
}

function paced({ rate }: CampaignDocument, { ran, bucket }: Facts, now: WallTime, end: WallTime): Step {
  const tokens = refilled(rate, bucket.tokens, now - bucket.at, ran)
  const place = Math.min(sliceOf, Math.floor(tokens))
  return {
    next: 'running',
    why: '',
    place,
    until: place > 0 ? now : Math.min(end, now + refillTime(rate, tokens, ran)),
  }
}

const phaseAfter: Record<Remedy, Phase> = { pause: 'paused', abort: 'aborting', 'roll-back': 'rolling-back' }

function remedied({ why, remedy }: Extract<Verdict, { verdict: 'trip' }>, tripped: string, now: WallTime): Step {
  return { ...enter(phaseAfter[remedy], why, now), tripped }
}

function enter(next: Phase | End, why: string, now: WallTime): Step {
  return { next, why, place: 0, until: now }
}

function stay(next: Phase, why: string, until: WallTime): Step {
  return { next, why, place: 0, until }
}

function sum(a: Outcomes, b: Outcomes): Outcomes {
  return {
    open: a.open + b.open,
    done: a.done + b.done,
    failed: a.failed + b.failed,
    cancelled: a.cancelled + b.cancelled,
  }
}
