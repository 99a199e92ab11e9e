import { repair, type CompiledModel, type Instance, type Json, type JsonObject, type Repair } from '@sutler/engine'
import type { Clock } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/database.ts'
import type { Doorbells } from '../platform/doorbells.ts'
import { CallerError } from '../platform/errors.ts'
import { appendEvents } from '../platform/events.ts'
import type { Address } from './address.ts'
import { cancel } from './cancel.ts'
import { cannotRepair, unknownInstance } from './errors.ts'
import type { Models } from './models.ts'
import { retry, skip } from './retry.ts'
import { assertStorable } from './storable.ts'
import { lockInstance } from './store/claim.ts'
import { instanceOf, marking, nextDue, type InstanceRow, type Result } from './store/rows.ts'
import { dropTasks, failedTasks, restartTasks, type FailedTask } from './store/tasks.ts'
import { write, type HistoryRow, type MailRow } from './store/writes.ts'

/** What a person does about an instance. */
export type Operation =
  /** Takes the flag off; sends the signal that failed once more, starts the tasks that failed again. */
  | { readonly kind: 'retry' }
  /** Takes the flag off and goes on without them. */
  | { readonly kind: 'skip' }
  /** Sets states and data right by hand, takes the flag off. */
  | ({ readonly kind: 'repair' } & Repair)
  /** Sends `cancel` where the model knows it, unless `force`; otherwise ends it. */
  | { readonly kind: 'cancel'; readonly force?: boolean }

export interface Operator {
  /** Of whose instances only. */
  readonly tenant?: string
  /** Principal id. */
  readonly by: string
  /** Why, for history. */
  readonly reason: string
  /** Called with the number of history entries the instance has; throws when the operator has seen another state of it. */
  readonly check?: (entries: number) => void
}

export interface OperationsHost {
  readonly database: Database
  readonly clock: Clock
  readonly doorbells: Doorbells
  readonly models: Models
}

/** What an operation is decided by. */
export interface Situation {
  readonly tx: Tx
  /** Locked. */
  readonly row: InstanceRow
  readonly before: Instance
  readonly compiled: CompiledModel
  /** Tasks that failed and wait for a person. */
  readonly failed: readonly FailedTask[]
  /** Why, as the operator says. */
  readonly reason: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

export interface Decision {
  readonly instance: Instance
  readonly mail?: readonly MailRow[]
  /** Id of the signal that the instance takes next because of it. */
  readonly signal?: string
  /** What is to be seen of it in history. */
  readonly args?: JsonObject
  readonly effects?: Json
  /** What its parent is told at its end. */
  readonly result?: Result
  /** What becomes of the tasks that failed: forgotten unless said otherwise. */
  readonly tasks?: 'restart' | 'keep'
}

/** An operation that was carried out. */
export interface Operated {
  /** Key of the instance. */
  readonly key: number
  /** The entry that tells of it. */
  readonly entry: number
  /** Id of the signal that the instance takes next because of it; null when there is none. */
  readonly signal: string | null
}

/**
 * Does it in one transaction, with an entry in history that says who and why.
 * @throws CallerError `unknown-instance`, `nothing-to-retry`, `cannot-repair`, `cannot-cancel`, `instance-done`
 */
export async function operate(
  host: OperationsHost,
  address: Address,
  operation: Operation,
  operator: Operator,
): Promise<Operated> {
  return await host.database.transaction(async (tx) => {
    const row = await lockInstance(tx.sql, address)
    if (!row || (operator.tenant ?? row.tenant) !== row.tenant)
      throw new CallerError(unknownInstance, `There is no instance ${address.model}/${address.id}.`)
    operator.check?.(row.entries)
    await host.models.learn(tx.sql, [row])
    const { compiled } = host.models.exact(row.model, row.version)
    const failed = await failedTasks(tx.sql, row.key)
    const before = instanceOf(row)
    const now = host.clock.now()
    const situation = { tx, row, before, compiled, failed, reason: operator.reason, now }
    const decision = await decide(situation, operation)
    await store(situation, decision, operation.kind, operator)
    await tell(host, tx, row, operation.kind, operator)
    tx.afterCommit(() => host.doorbells.ring('engine'))
    return { key: row.key, entry: row.entries + 1, signal: decision.signal ?? null }
  })
}

const told = { retry: 'retried', skip: 'skipped', repair: 'repaired', cancel: 'cancelled' } as const

/** In the event log as well: history goes with its instance. */
async function tell(
  { doorbells }: OperationsHost,
  tx: Tx,
  { tenant, model, version, id, entries }: InstanceRow,
  kind: Operation['kind'],
  { by, reason }: Operator,
): Promise<void> {
  const data = { model, version, entry: entries + 1, by, reason }
  await appendEvents(tx, doorbells, [
    { type: `instance.${told[kind]}`, subject: id, ...(tenant !== null && { tenant }), household: null, data },
  ])
}

function decide(situation: Situation, operation: Operation): Decision | Promise<Decision> {
  switch (operation.kind) {
    case 'retry':
      return retry(situation)
    case 'skip':
      return skip(situation)
    case 'repair':
      return repaired(situation, operation)
    case 'cancel':
      return cancel(situation, operation.force === true)
  }
}

function repaired({ row, before, compiled }: Situation, operation: Repair): Decision {
  const name = `${row.model}/${row.id}`
  if (operation.data) assertStorable(operation.data, `The data for ${name}`)
  const repaired = repair(before, compiled, operation)
  if ('reasons' in repaired) throw new CallerError(cannotRepair, `${name}: ${repaired.reasons.join('; ')}.`)
  return { instance: repaired.instance }
}

async function store(
  { tx, row, before, failed, now }: Situation,
  { instance, mail = [], args = {}, effects, result, tasks }: Decision,
  kind: Operation['kind'],
  { by, reason }: Operator,
): Promise<void> {
  const keys = failed.map(({ key }) => key)
  if (tasks === undefined) await dropTasks(tx.sql, row.key, keys)
  else if (tasks === 'restart') await restartTasks(tx.sql, row.key, keys, now)
  const entry = row.entries + 1
  const history = operatorEntry({ key: row.key, entry, at: now, kind, by, reason }, instance, {
    id: `${row.model}/${row.id}`,
    args: { ...args, attention: before.attention },
    ...(instance.data !== before.data && { data: instance.data }),
    ...(effects !== undefined && { effects }),
  })
  const [due, dueBefore] = [nextDue(instance), nextDue(before)]
  const moved = due !== dueBefore
  const ending = result ?? row.pending.result ?? null
  await write(
    tx.sql,
    {
      created: [],
      changed: [marking({ key: row.key, tenant: row.tenant, before, instance, entries: entry, result: ending })],
      history: [history],
      timers: moved && due !== null ? [{ instance: row.key, due }] : [],
      timerless: moved && due === null ? [row.key] : [],
      tasks: [],
      mail: [...mail],
      shared: [],
    },
    now,
  )
}

/** The entry that tells of what a person did: no signal's type has a dot in it. `id`: `<model>/<id>` of the instance. */
export function operatorEntry(
  act: { key: number; entry: number; at: number; kind: string; by: string; reason: string },
  { states, steps, done }: Instance,
  about: { id: string; args: JsonObject; data?: JsonObject; effects?: Json },
): HistoryRow {
  const { id, ...shown } = about
  return {
    instance: act.key,
    entry: act.entry,
    at: act.at,
    type: `operator.${act.kind}`,
    signal_id: `${id}/operation/${act.entry}`,
    outside: false,
    body: {
      step: steps,
      from: act.by,
      outcome: 'operated',
      detail: act.reason,
      states,
      ...shown,
      ...(done && { done }),
    },
  }
}
