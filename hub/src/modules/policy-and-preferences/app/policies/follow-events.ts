import type { Variables } from '@sutler/expressions'
import type { Tx } from '../../../../platform/database.ts'
import { newId } from '../../../../platform/ids.ts'
import { triggerOf } from '../../domain/policies/trigger.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import { eventsWithDepth } from './depths.ts'
import { inScope } from './in-scope.ts'
import { recordFirings, type Candidate } from './record-firings.ts'
import { aboutEvent, readThings, variablesOf, type Things } from './situations.ts'
import type { ActivePolicy, Cause, LogEvent, Place, Run } from './storage.ts'

const pageSize = 200
/** Where nothing sets a policy off, the place in the log is moved on only now and then, transactions. */
const idleMoves = 100

/**
 * Judges the next events of the log, by every policy that they set off, and moves on: firings and the place in the log are one
 * transaction, so that no event is passed over and none counts twice. One hub at a time does it.
 * @returns whether there may be more at once, and whether any policy listens at all
 */
export async function followEvents(
  deps: PoliciesDependencies,
  limit = pageSize,
): Promise<{ more: boolean; listened: boolean }> {
  const { database, storage } = deps
  // Most installations have none: then a look costs this, and no transaction.
  if (!(await storage.policies.listening(database.sql))) return { more: false, listened: false }
  return await database.transaction(async (tx) => {
    if (!(await storage.log.takeTurn(tx.sql))) return { more: false, listened: true }
    const next = await nextEvents(deps, tx, limit)
    if (next === null) return { more: false, listened: false }
    const { policies, events, place, end } = next
    await judgeEvents(deps, tx, events, policies)
    const more = events.length === limit
    if (more) await storage.log.moveCursor(tx.sql, events.at(-1)!)
    else if (events.length > 0 || end.xact - place.xact > idleMoves) await storage.log.moveCursor(tx.sql, end)
    return { more, listened: true }
  })
}

/** Leaves out the next event, which cannot be judged: one that is broken must not keep all others waiting for ever. */
export async function passOver(deps: PoliciesDependencies, error: unknown): Promise<void> {
  const { database, storage, log } = deps
  await database.transaction(async (tx) => {
    if (!(await storage.log.takeTurn(tx.sql))) return
    const event = (await nextEvents(deps, tx, 1))?.events[0]
    if (event === undefined) return
    await storage.log.moveCursor(tx.sql, event)
    const { xact, event: id, type, subject } = event
    log.error(
      { err: error, event: { xact, id, type, subject } },
      'an event could not be judged by policies and is left out',
    )
  })
}

interface NextEvents {
  readonly policies: readonly ActivePolicy[]
  readonly events: readonly LogEvent[]
  /** Between these two places they were looked for. */
  readonly place: Place
  readonly end: Place
}

/** The next events of types that policies listen to; null when none listens. */
async function nextEvents({ storage }: PoliciesDependencies, tx: Tx, limit: number): Promise<NextEvents | null> {
  // Before the policies are read: what happens after one comes into force between the two is left to the next look.
  const end = await storage.log.end(tx.sql)
  const policies = await storage.policies.active(tx.sql, 'event', null)
  if (policies.length === 0) return null
  const place = placeFor(policies, await storage.log.cursor(tx.sql))
  const types = [...new Set(policies.flatMap(({ document }) => typesOf(document)))]
  return { policies, place, end, events: await storage.log.after(tx.sql, place, end, types, limit) }
}

/** Where the log was left; what happened before any of the policies was in force is passed over. */
function placeFor(policies: readonly ActivePolicy[], reached: Place | null): Place {
  const since = Math.min(...policies.map((policy) => policy.since))
  return reached !== null && reached.xact > since ? reached : { xact: since + 1, event: 0 }
}

function typesOf(document: ActivePolicy['document']): readonly string[] {
  const trigger = triggerOf(document)
  return trigger.kind === 'event' ? trigger.types : []
}

async function judgeEvents(
  deps: PoliciesDependencies,
  tx: Tx,
  events: readonly LogEvent[],
  policies: readonly ActivePolicy[],
): Promise<void> {
  const pairs = events.flatMap((event) =>
    policies.filter((policy) => isSetOff(policy, event)).map((policy) => ({ policy, event })),
  )
  if (pairs.length === 0) return
  const depths = await eventsWithDepth(deps, tx.sql, [...new Set(pairs.map(({ event }) => event))])
  const [single, spread] = [
    pairs.filter(({ policy }) => policy.document.when.each === undefined),
    pairs.filter(({ policy }) => policy.document.when.each !== undefined),
  ]
  const things = await readThings(
    deps,
    tx.sql,
    single.map(({ event }) => aboutEvent(event)),
  )
  const candidates = single.map(({ policy, event }) => candidateOf(deps, policy, event, things, depths.get(event) ?? 0))
  await recordFirings(deps, tx, await inScope(deps, tx, candidates))
  const runs = spread.map(({ policy, event }) => runOf(deps, policy, event, depths.get(event) ?? 0))
  await deps.storage.work.addRuns(tx.sql, runs)
  if (runs.length > 0) tx.afterCommit(() => deps.doorbells.ring('policies'))
}

function isSetOff(policy: ActivePolicy, event: LogEvent): boolean {
  return policy.tenant === event.tenant && event.xact > policy.since && typesOf(policy.document).includes(event.type)
}

function candidateOf(
  deps: PoliciesDependencies,
  policy: ActivePolicy,
  event: LogEvent,
  things: Things,
  depth: number,
): Candidate {
  return {
    policy,
    cause: causeOf(event),
    subject: event.subject,
    household: event.household,
    variables: variablesOfEvent(event, things, deps.clock.now()),
    depth,
  }
}

/** What a policy sees of an event, with what the event is about as that is now. */
export function variablesOfEvent(event: Omit<LogEvent, 'xact' | 'event'>, things: Things, now: number): Variables {
  return { event: eventVariable(event), ...variablesOf(aboutEvent(event), things, event.tenant, now) }
}

export function eventVariable({ type, subject, household, at, data }: Omit<LogEvent, 'xact' | 'event'>) {
  return { type, subject, household, at: at.toISOString(), data: data as never }
}

export function causeOf(event: LogEvent): Cause {
  return { kind: 'event', id: `${event.xact}.${event.event}`, what: event.type }
}

function runOf(deps: PoliciesDependencies, policy: ActivePolicy, event: LogEvent, depth: number): Run {
  return {
    id: newId('run', deps.clock.now()),
    tenant: policy.tenant,
    policy: policy.policy,
    version: policy.version,
    cause: causeOf(event),
    given: { event: eventVariable(event) },
    zones: null,
    depth,
    position: '',
    createdAt: new Date(deps.clock.now()),
  }
}
