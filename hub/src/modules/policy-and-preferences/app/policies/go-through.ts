import type { JsonObject, Variables } from '@sutler/expressions'
import { compileTemplate, ExpressionError, render } from '@sutler/expressions'
import type { Sql } from '../../../../platform/database.ts'
import { OutsideError } from '../../../../platform/errors.ts'
import { triggerOf, type FanOut } from '../../domain/policies/trigger.ts'
import { timeZoneNamed, type Device, type Household } from '../../../entity-management/index.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import { inScope } from './in-scope.ts'
import { recordFirings, type Candidate } from './record-firings.ts'
import { deviceVariable, householdVariable, subscriptionVariable } from './situations.ts'
import type { ActivePolicy, Run } from './storage.ts'

const pageSize = 200
/** Once an hour’s limit is reached a run waits for the next. */
const hour = 3_600_000
const later = 10 * 60_000

/**
 * Goes one page further through what a run is about: judges the policy for each, and remembers the place, in one transaction.
 * Memory stays the same however many there are, and a hub that ends in the middle of it leaves the rest to the next.
 * @returns whether there may be more at once
 */
export async function goThrough(deps: PoliciesDependencies): Promise<boolean> {
  const { database, storage, clock } = deps
  let taken: Run | null = null
  const turn = database.transaction(async (tx) => {
    const now = clock.now()
    const run = await storage.work.takeRun(tx.sql, new Date(now))
    taken = run
    if (run === null) return false
    const policy = await storage.policies.activeVersion(tx.sql, run.policy, run.version)
    if (policy === null) {
      await storage.work.moveRun(tx.sql, run.id, run.position, false, new Date(now), 0)
      return true
    }
    const { candidates, position, more } = await candidatesOf(deps, tx.sql, policy, run)
    const wanted = await inScope(deps, tx, candidates)
    const left = await recordFirings(deps, tx, wanted, 'later')
    if (left === null) await storage.work.moveRun(tx.sql, run.id, position, more, new Date(now), candidates.length)
    else {
      // Where it goes on once the hour is over: after the last that was judged.
      const done = wanted.indexOf(left)
      const reached = wanted[done - 1]?.subject ?? run.position
      await storage.work.moveRun(tx.sql, run.id, reached, true, new Date(now - (now % hour) + hour), done)
    }
    return true
  })
  return await turn.catch(async (error: unknown) => {
    if (taken === null || error instanceof OutsideError) throw error
    await putOff(deps, taken, error)
    return true
  })
}

/** One run that cannot go on must not keep others waiting: it is tried again later, for a day. */
async function putOff(
  { database, storage, clock, log }: PoliciesDependencies,
  run: Run,
  error: unknown,
): Promise<void> {
  const { id, policy, position, createdAt } = run
  const now = clock.now()
  const open = now - createdAt.getTime() < 24 * hour
  log.error(
    { err: error, run: id, policy },
    open ? 'a policy could not go on through what it is about' : 'a policy gave up',
  )
  await storage.work.moveRun(database.sql, id, position, open, new Date(now + later), 0)
}

/** The next page of what a run goes through, as candidates. */
export async function candidatesOf(
  deps: PoliciesDependencies,
  sql: Sql,
  policy: ActivePolicy,
  run: Pick<Run, 'cause' | 'given' | 'zones' | 'depth' | 'position'>,
): Promise<{ candidates: Candidate[]; position: string; more: boolean }> {
  const each = eachOf(policy)
  const found = await pageOf(deps, sql, policy.tenant, each, run)
  const now = new Date(deps.clock.now())
  const candidates = found.rows
    .filter(({ zone }) => run.zones === null || (zone !== null && run.zones.includes(zone)))
    .map(({ id, household, variables }): Candidate => {
      const all = { ...(run.given as Variables), ...variables, now }
      return { policy, cause: run.cause, subject: id, household, variables: all, depth: run.depth }
    })
  return { candidates, position: found.rows.at(-1)?.id ?? run.position, more: found.rows.length === pageSize }
}

function eachOf({ document }: ActivePolicy): FanOut {
  const trigger = triggerOf(document)
  return (trigger.kind === 'delivery' ? null : trigger.each) ?? { of: 'household' }
}

interface Row {
  readonly id: string
  readonly household: string
  /** Where the clock is by which its local time goes; null for what has none. */
  readonly zone: string | null
  readonly variables: JsonObject
}

async function pageOf(
  { entities, orders }: PoliciesDependencies,
  sql: Sql,
  tenant: string,
  each: FanOut,
  { given, position: after }: Pick<Run, 'given' | 'position'>,
): Promise<{ rows: Row[] }> {
  if (each.of === 'household') {
    const households = await entities.pageHouseholds(tenant, after, pageSize, sql)
    return {
      rows: households.map((found) => ({
        ...rowOf(found.id, found),
        variables: { household: householdVariable(found) },
      })),
    }
  }
  if (each.of === 'device') {
    const devices =
      each.filter === undefined
        ? await entities.pageAllDevices(tenant, after, pageSize, sql)
        : await entities.devices(
            await entities.pageSelected(tenant, { filter: each.filter }, after || undefined, pageSize),
            sql,
          )
    const homes = await homesOf(entities, devices, sql)
    return { rows: devices.map((device) => deviceRow(device, homes.get(device.household) ?? null)) }
  }
  const service = each.service === undefined ? null : written(each.service, given as Variables)
  // A service that cannot be named has no subscriptions.
  if (each.service !== undefined && service === null) return { rows: [] }
  const subscriptions = await orders.pageSubscriptions(sql, tenant, service, after, pageSize)
  const homes = await homesOf(entities, subscriptions, sql)
  return {
    rows: subscriptions.map((found) => {
      const home = homes.get(found.household) ?? null
      const variables = { subscription: subscriptionVariable(found), household: home && householdVariable(home) }
      return { id: found.id, household: found.household, zone: home?.timeZone ?? null, variables }
    }),
  }
}

function rowOf(id: string, household: Household): Omit<Row, 'variables'> {
  return { id, household: household.id, zone: household.timeZone }
}

/** What a device says of its clock is never believed; the zone that it is in is, when there is such a zone. */
function zoneOf(device: Device, household: Household | null): string | null {
  return timeZoneNamed(device.capabilities?.timeZone ?? '') ?? household?.timeZone ?? null
}

function deviceRow(device: Device, household: Household | null): Row {
  const variables = { device: deviceVariable(device), household: household && householdVariable(household) }
  return { id: device.id, household: device.household, zone: zoneOf(device, household), variables }
}

async function homesOf(
  entities: PoliciesDependencies['entities'],
  all: readonly { readonly household: string }[],
  sql: Sql,
): Promise<Map<string, Household>> {
  const homes = await entities.households([...new Set(all.map(({ household }) => household))], sql)
  return new Map(homes.map((home) => [home.id, home]))
}

function written(template: string, variables: Variables): string | null {
  try {
    return render(compileTemplate(template), variables)
  } catch (error) {
    if (error instanceof ExpressionError) return null
    throw error
  }
}
