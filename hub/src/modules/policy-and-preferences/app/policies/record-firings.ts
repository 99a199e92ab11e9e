import type { Variables } from '@sutler/expressions'
import type { Tx } from '../../../../platform/database.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import { deepest, defaultLimits } from '../../domain/policies/breadth.ts'
import { judge, type Judgement, type PlannedAction } from '../../domain/policies/judge.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import { stopPolicy } from './stop-policy.ts'
import type { ActivePolicy, Cause, Firing, FiringAction } from './storage.ts'

/** A policy that something may set off. */
export interface Candidate {
  readonly policy: ActivePolicy
  readonly cause: Cause
  /** What it is about: unique per cause. */
  readonly subject: string
  readonly household: string | null
  readonly variables: Variables
  /** How many firings led to this. */
  readonly depth: number
}

interface Judged extends Candidate {
  readonly judgement: Judgement
}

const hour = 3_600_000
/** Firings that did not hold and are kept, of each policy in each hour. */
const keptPassed = 200

/**
 * Judges candidates and records each firing: with its actions to be carried out where it held and no limit stands against it.
 * @param beyond what happens to those beyond the hour's limit: they are recorded as limited, or, with all after them, left for later
 * @returns the first of those left for later; null when none is
 */
export async function recordFirings(
  deps: PoliciesDependencies,
  tx: Tx,
  candidates: readonly Candidate[],
  beyond: 'limited' | 'later' = 'limited',
): Promise<Candidate | null> {
  const now = deps.clock.now()
  const judged = candidates.map((each) => ({ ...each, judgement: judge(each.policy.document, each.variables, now) }))
  if (judged.length === 0) return null
  // First: it locks a row per policy, so that nobody else counts firings of the same policies at the same time.
  const counted = await countHour(deps, tx, judged, now)
  const held = judged.filter(({ judgement }) => judgement.held)
  const today = await deps.storage.firings.recent(
    tx.sql,
    [...new Set(held.map(({ policy }) => policy.policy))],
    [...new Set(held.flatMap(({ household }) => household ?? []))],
    new Date(now - 24 * hour),
  )
  const limits = new Limits(counted, today)
  const firings: Firing[] = []
  let left: Judged | null = null
  for (const each of judged) {
    const why = each.judgement.held ? limits.against(each) : null
    if (why?.hourly && beyond === 'later') {
      left = each
      break
    }
    if (each.judgement.held || limits.keeps(each)) firings.push(firingOf(each, why?.detail ?? null, now))
  }
  const added = await deps.storage.firings.add(tx.sql, firings)
  const fresh = firings.filter(({ id, state }) => added.has(id) && state !== 'not-held')
  await appendEvents(tx, deps.doorbells, fresh.map(fired))
  await stopWhatHasToEnd(deps, tx, judged, fresh)
  if (fresh.some(({ state }) => state === 'open')) tx.afterCommit(() => deps.doorbells.ring('policies'))
  return left
}

async function countHour(
  deps: PoliciesDependencies,
  tx: Tx,
  judged: readonly Judged[],
  now: number,
): Promise<Map<string, { held: number; passed: number }>> {
  const counts = new Map<string, { policy: string; tenant: string; held: number; passed: number }>()
  for (const { policy, judgement } of judged) {
    const count = counts.get(policy.policy) ?? { policy: policy.policy, tenant: policy.tenant, held: 0, passed: 0 }
    if (judgement.held) count.held++
    else count.passed++
    counts.set(policy.policy, count)
  }
  return await deps.storage.firings.count(tx.sql, new Date(now - (now % hour)), [...counts.values()])
}

/** Counts firings of one batch on top of those before it. */
class Limits {
  readonly #hour: Map<string, { held: number; passed: number }>
  readonly #today: Map<string, number>

  constructor(hourly: ReadonlyMap<string, { held: number; passed: number }>, today: ReadonlyMap<string, number>) {
    this.#hour = new Map([...hourly].map(([policy, counts]) => [policy, { ...counts }]))
    this.#today = new Map(today)
  }

  /** Which limit is in the way of a firing; null, and it is counted, when none is. */
  against({ policy, household, depth }: Candidate): { readonly detail: string; readonly hourly: boolean } | null {
    const against = (detail: string, hourly = false) => ({ detail, hourly })
    const { perHour = defaultLimits.perHour, perHouseholdPerDay = defaultLimits.perHouseholdPerDay } =
      policy.document.limits
    if (depth > deepest) return against(`it follows from ${depth} firings of policies, one out of the other: a loop`)
    const counts = this.#hour.get(policy.policy)!
    if (counts.held >= perHour) return against(`${perHour} firings in this hour are the limit`, true)
    if (household !== null) {
      const key = `${policy.policy} ${household}`
      const today = this.#today.get(key) ?? 0
      if (today >= perHouseholdPerDay)
        return against(`${perHouseholdPerDay} firings for a household in a day are the limit`)
      this.#today.set(key, today + 1)
    }
    counts.held++
    return null
  }

  /** Whether one that did not hold is kept: the first of each hour. */
  keeps({ policy }: Candidate): boolean {
    const counts = this.#hour.get(policy.policy)!
    return counts.passed++ < keptPassed
  }
}

function firingOf(
  { policy, cause, subject, household, depth, judgement }: Judged,
  limit: string | null,
  now: number,
): Firing {
  const actions = limit === null ? actionsOf(judgement.actions) : []
  const open = actions.some(({ state }) => state === 'open')
  return {
    id: newId('fir', now),
    tenant: policy.tenant,
    policy: policy.policy,
    version: policy.version,
    name: policy.name,
    cause,
    subject,
    household,
    at: new Date(now),
    state: !judgement.held ? 'not-held' : limit !== null ? 'limited' : open ? 'open' : 'refused',
    detail: limit ?? '',
    clauses: judgement.clauses,
    actions,
    depth,
    authority: `switched on by ${policy.activatedBy} (decision ${policy.decision})`,
  }
}

/** When one cannot be written out, nothing of the firing is done: half of what a policy says may be worse than none. */
function actionsOf(planned: readonly PlannedAction[]): FiringAction[] {
  const whole = planned.every((action) => !('refusal' in action))
  return planned.map((action): FiringAction => {
    if ('refusal' in action) return { kind: action.kind, state: 'refused', detail: action.refusal, wanted: {} }
    const wanted = action.wanted as unknown as Readonly<Record<string, unknown>>
    if (whole) return { kind: action.kind, state: 'open', detail: '', wanted }
    return { kind: action.kind, state: 'dropped', detail: 'another action of the policy cannot be done', wanted }
  })
}

function fired({ id, tenant, policy, version, name, cause, household, state, detail }: Firing) {
  const data = { firing: id, name, version, cause: cause.what, state, detail }
  return { type: 'policy.fired', subject: policy, tenant, household, data }
}

/** A loop ends, and a policy that has used up its total. */
async function stopWhatHasToEnd(
  deps: PoliciesDependencies,
  tx: Tx,
  judged: readonly Judged[],
  fresh: readonly Firing[],
): Promise<void> {
  for (const policy of new Map(judged.map((each) => [each.policy.policy, each.policy])).values()) {
    const own = fresh.filter((firing) => firing.policy === policy.policy)
    if (own.length === 0) continue
    const loop = own.find(({ depth }) => depth > deepest)
    const total = await deps.storage.firings.countTotal(tx.sql, policy.policy, policy.version, own.length)
    const most = policy.document.limits.total
    if (loop !== undefined) await stopPolicy(deps, tx, policy, 'loop', loop.detail)
    else if (most !== undefined && total >= most)
      await stopPolicy(deps, tx, policy, 'total', `it has fired ${total} times, as often as it may`)
  }
}
