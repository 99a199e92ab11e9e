import { explain, type Variables } from '@sutler/expressions'
import type { WallTime } from '../../../../platform/clock.ts'
import type { PolicyDocument } from '../../contract-policy-document.ts'
import { judge, type ApprovalWanted, type HoldWanted, type Judgement } from './judge.ts'

/** What one policy says of one delivery; one of the rules by which it is decided. */
export interface PolicyVerdict {
  readonly rule: string
  /** Whether the delivery may go as far as this rule is concerned. */
  readonly holds: boolean
  readonly detail: string
  readonly verdict: 'now' | 'later' | 'never'
  /** When to ask again; null = when something changes. */
  readonly until: WallTime | null
}

/** A hold that has not ended. */
export interface StandingHold {
  readonly name: string
  readonly version: number
  readonly tenant: string
  readonly household: string | null
  readonly until: Date
  readonly deliveries: string
  readonly why: string
}

/** An answer, or that none has come. */
export interface StandingApproval {
  readonly id: string
  readonly state: 'waiting' | 'approved' | 'denied' | 'expired'
  readonly agreed: boolean
  readonly until: Date
  readonly reason: string
}

export interface JudgingPolicy {
  readonly name: string
  readonly version: number
  readonly document: PolicyDocument
}

/** What a hold says of a delivery; null when it is not about it. */
export function verdictOfHold(hold: StandingHold, household: string, variables: Variables): PolicyVerdict | null {
  if (hold.household !== null && hold.household !== household) return null
  if (!explain(hold.deliveries, variables).held) return null
  const until = hold.until.getTime()
  const detail = `${hold.why}, until ${hold.until.toISOString()}`
  return { rule: ruleOf(hold), holds: false, detail, verdict: 'later', until }
}

/** What a policy that is asked before deliveries says of one, with what it has to have recorded and asked. */
export interface DeliveryJudgement {
  readonly verdict: PolicyVerdict
  readonly judgement: Judgement
  /** It has to be asked first. */
  readonly ask: ApprovalWanted | null
}

export function judgeDelivery(
  policy: JudgingPolicy,
  variables: Variables,
  approval: StandingApproval | null,
  now: WallTime,
): DeliveryJudgement {
  const judgement = judge(policy.document, variables, now)
  const say = (verdict: PolicyVerdict['verdict'], detail: string, until: WallTime | null = null): DeliveryJudgement => {
    return { judgement, ask: null, verdict: { rule: ruleOf(policy), holds: verdict === 'now', detail, verdict, until } }
  }
  if (!judgement.held) return say('now', unmet(judgement))
  const [action] = judgement.actions
  if (action === undefined) return say('now', 'asks for nothing')
  // What cannot be written out must not let pass what may have been meant to be held; it is looked at again.
  if ('refusal' in action) return say('later', `cannot be carried out: ${action.refusal}`, now + 3_600_000)
  if (action.kind === 'hold') {
    const { why, until } = action.wanted as HoldWanted
    return say('later', why, until)
  }
  return answered(say, action.wanted as ApprovalWanted, approval)
}

function answered(
  say: (verdict: PolicyVerdict['verdict'], detail: string, until?: WallTime | null) => DeliveryJudgement,
  wanted: ApprovalWanted,
  approval: StandingApproval | null,
): DeliveryJudgement {
  if (approval === null)
    return { ...say('later', `waits for ${wanted.by}: ${wanted.question}`, wanted.until), ask: wanted }
  const { id, state, agreed, until, reason } = approval
  if (state === 'waiting') return say('later', `waits for ${wanted.by}: ${wanted.question} (${id})`, until.getTime())
  const why = `${state} (${id})${reason === '' ? '' : `: ${reason}`}`
  return agreed ? say('now', why) : say('never', why)
}

function unmet({ clauses }: Judgement): string {
  const failed = clauses.filter(({ held }) => !held).map(({ source, detail }) => `${source} does not hold: ${detail}`)
  return failed.join('; ')
}

function ruleOf({ name, version }: { readonly name: string; readonly version: number }): string {
  return `policy ${name} version ${version}`
}
