import type { JsonObject } from '@sutler/expressions'
import type { Principal } from '../../../../platform/access.ts'
import { actAsHub } from '../../../../platform/acting.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import { triggerOf } from '../../domain/policies/trigger.ts'
import { TrialCount } from '../../domain/policies/trial.ts'
import { judge } from '../../domain/policies/judge.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import { causeOf, eventVariable, variablesOfEvent } from './follow-events.ts'
import { candidatesOf } from './go-through.ts'
import { inScope } from './in-scope.ts'
import type { Candidate } from './record-firings.ts'
import { nextOf } from './run-due.ts'
import { aboutEvent, readThings } from './situations.ts'
import type { ActivePolicy, LogEvent, Place, Trial } from './storage.ts'
import { versionOf } from './write-policy.ts'

/** What a dry run looks at, at most: it is somebody's request. */
const bounds = { events: 100_000, page: 1_000, things: 5_000, causes: 100, time: 15_000 }
const day = 86_400_000

/**
 * A dry run: what the version would have done with the events of the last days, by devices, households and subscriptions as they
 * are now. Nothing is ordered and nothing fires. The result is kept, and whoever activates the version names it.
 * @throws CallerError `not-found`, `unknown-group`
 */
export async function tryPolicy(
  deps: PoliciesDependencies,
  principal: Principal,
  idOrName: string,
  wanted: number,
  { days, group = null }: { readonly days: number; readonly group?: string | null | undefined },
): Promise<Trial> {
  const { policy, version } = await versionOf(deps, principal, idOrName, wanted)
  deps.access.authorise(principal, 'policy.write', { tenant: policy.tenant })
  if (group !== null) await deps.entities.countSelected(policy.tenant, { group }, '/group')
  const now = deps.clock.now()
  const since = new Date(now - days * day)
  const count = new TrialCount(await deps.entities.countHouseholds(policy.tenant))
  const draft = { ...version, name: policy.name, group, since: 0 }
  await lookAt(deps, draft, since, count)
  const result = count.result({ by: principal.id, since: since.toISOString(), group })
  const trial: Trial = {
    id: newId('tri', now),
    tenant: policy.tenant,
    policy: policy.id,
    version: wanted,
    at: new Date(now),
    result,
  }
  await deps.database.transaction(async (tx) => {
    await deps.storage.policies.addTrial(tx.sql, trial)
    if (version.state === 'draft') await deps.storage.policies.setState(tx.sql, policy.id, wanted, 'tested', '')
    const { seen, held, orders, households } = result
    const data = { name: policy.name, version: wanted, trial: trial.id, seen, held, orders, households }
    await appendEvents(tx, deps.doorbells, [
      { type: 'policy.tried', subject: policy.id, tenant: policy.tenant, household: null, data },
    ])
  })
  return trial
}

async function lookAt(deps: PoliciesDependencies, draft: ActivePolicy, since: Date, count: TrialCount): Promise<void> {
  const trigger = triggerOf(draft.document)
  if (trigger.kind === 'schedule' || trigger.kind === 'localTime') {
    await lookAhead(deps, draft, count)
    return
  }
  const types = trigger.kind === 'event' ? trigger.types : ['delivery.pending', 'delivery.held']
  const spread = trigger.kind === 'event' && trigger.each !== null
  const deadline = deps.clock.monotonic() + bounds.time
  let causes = 0
  // The log is the hub's own to read from its end: requests see their tenant's rows of it, in no order that is indexed.
  let place: Place | null = await actAsHub(() => deps.storage.log.end(deps.database.sql))
  for (let looked = 0; place !== null; looked += bounds.page) {
    if (looked >= bounds.events || deps.clock.monotonic() > deadline) return count.cut()
    const page = await actAsHub(() =>
      deps.storage.log.before(deps.database.sql, draft.tenant, types, place!, since, bounds.page),
    )
    place = page.reached
    if (!spread) {
      await judgePage(deps, draft, page.events, count)
      continue
    }
    for (const event of page.events) {
      if (causes++ >= bounds.causes || count.seen >= bounds.things) return count.cut()
      const run = { cause: causeOf(event), given: { event: eventVariable(event) }, zones: null, depth: 0 }
      await goThroughAll(deps, draft, run, event.at, count)
    }
  }
}

async function judgePage(
  deps: PoliciesDependencies,
  draft: ActivePolicy,
  events: readonly LogEvent[],
  count: TrialCount,
): Promise<void> {
  const things = await readThings(deps, deps.database.sql, events.map(aboutEvent))
  const candidates = events.map((event): Candidate => {
    const variables = {
      ...variablesOfEvent(event, things, event.at.getTime()),
      ...(draft.document.when.before === undefined ? {} : { delivery: deliveryOfEvent(event) }),
    }
    const { subject, household } = event
    return { policy: draft, cause: causeOf(event), subject, household, variables, depth: 0 }
  })
  await countAll(deps, draft, candidates, (each) => each.variables['now'] as Date, count)
}

/** Those for which the policy will be in force are judged and counted. */
async function countAll(
  deps: PoliciesDependencies,
  { document, group }: ActivePolicy,
  candidates: readonly Candidate[],
  at: (candidate: Candidate) => Date,
  count: TrialCount,
): Promise<void> {
  const within = group === null ? candidates : await deps.database.transaction((tx) => inScope(deps, tx, candidates))
  for (const each of within) {
    const moment = at(each)
    const judgement = judge(document, { ...each.variables, now: moment }, moment.getTime())
    count.add(`${each.cause.what} for ${each.subject}`, each.household, moment, judgement)
  }
}

/** What an event tells of its delivery. */
function deliveryOfEvent(event: {
  subject: string
  household: string | null
  data: Readonly<Record<string, unknown>>
}): JsonObject {
  const own = { id: event.subject, household: event.household, kind: 'install', priority: 4 }
  return { ...(event.data as JsonObject), ...own, origin: { kind: 'person', id: '' } }
}

/** A schedule has no past to look at: the next times that it is due, by what there is now. */
async function lookAhead(deps: PoliciesDependencies, draft: ActivePolicy, count: TrialCount): Promise<void> {
  const trigger = triggerOf(draft.document)
  const zones = trigger.kind === 'localTime' ? await deps.entities.timeZonesInUse(draft.tenant) : null
  const due = nextOf(draft, zones, deps.clock.now())
  for (const { dueAt, zones: together } of due) {
    const given = { schedule: { due: dueAt.toISOString() } }
    const cause = { kind: 'schedule' as const, id: dueAt.toISOString(), what: dueAt.toISOString() }
    if (draft.document.when.each === undefined && trigger.kind === 'schedule') {
      const own = { policy: draft, cause, subject: draft.name, household: null, variables: given, depth: 0 }
      await countAll(deps, draft, [own], () => dueAt, count)
    } else await goThroughAll(deps, draft, { cause, given, zones: together, depth: 0 }, dueAt, count)
  }
}

async function goThroughAll(
  deps: PoliciesDependencies,
  draft: ActivePolicy,
  run: Omit<Parameters<typeof candidatesOf>[3], 'position'>,
  at: Date,
  count: TrialCount,
): Promise<void> {
  let position = ''
  for (;;) {
    const page = await candidatesOf(deps, deps.database.sql, draft, { ...run, position })
    await countAll(deps, draft, page.candidates, () => at, count)
    if (!page.more) return
    if (count.seen >= bounds.things) return count.cut()
    position = page.position
  }
}
