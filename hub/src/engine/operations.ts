import { repair, type CompiledModel, type Instance, type JsonObject, type Repair } from '@sutler/engine'
import type { Clock } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/database.ts'
import type { Doorbells } from '../platform/doorbells.ts'
import { CallerError } from '../platform/errors.ts'
import type { Address } from './address.ts'
import { cannotRepair, nothingToRetry, unknownInstance } from './errors.ts'
import type { Models } from './models.ts'
import { assertStorable } from './storable.ts'
import { lockInstance } from './store/claim.ts'
import { instanceOf, marking, nextDue, type InstanceRow } from './store/rows.ts'
import { readHistory, type HistoryEntry } from './store/views.ts'
import { write, type HistoryRow, type MailRow } from './store/writes.ts'

/** What a person does about an instance that needs attention; each takes its flag off. */
export type Operation =
  /** Sends the signal that failed once more. */
  | { readonly kind: 'retry' }
  /** Goes on without it. */
  | { readonly kind: 'skip' }
  /** Sets states and data right by hand. */
  | ({ readonly kind: 'repair' } & Repair)

export interface Operator {
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

interface Outcome {
  readonly instance: Instance
  readonly mail: readonly MailRow[]
  readonly args: JsonObject
}

/** History looked through for what failed last. */
const lookedThrough = 200

/**
 * Does it in one transaction, with an entry in history that says who and why.
 * @throws CallerError `unknown-instance`, `nothing-to-retry`, `cannot-repair`, `invalid-signal`
 */
export async function operate(
  host: OperationsHost,
  address: Address,
  operation: Operation,
  operator: Operator,
): Promise<void> {
  await host.database.transaction(async (tx) => {
    const row = await lockInstance(tx.sql, address)
    if (!row) throw new CallerError(unknownInstance, `There is no instance ${address.model}/${address.id}.`)
    operator.check?.(row.entries)
    await host.models.learn(tx.sql, [row])
    const { compiled } = host.models.exact(row.model, row.version)
    const before = instanceOf(row)
    const outcome = await outcomeOf(tx, host, row, before, compiled, operation)
    await store(tx, host, row, before, outcome, operation.kind, operator)
    tx.afterCommit(() => host.doorbells.ring('engine'))
  })
}

async function outcomeOf(
  tx: Tx,
  host: OperationsHost,
  row: InstanceRow,
  before: Instance,
  compiled: CompiledModel,
  operation: Operation,
): Promise<Outcome> {
  const name = `${row.model}/${row.id}`
  if (operation.kind === 'repair') {
    if (operation.data) assertStorable(operation.data, `The data for ${name}`)
    const repaired = repair(before, compiled, operation)
    if ('reasons' in repaired) throw new CallerError(cannotRepair, `${name}: ${repaired.reasons.join('; ')}.`)
    return { instance: repaired.instance, mail: [], args: {} }
  }
  if (before.attention === null) throw new CallerError(nothingToRetry, `${name} needs no attention.`)
  const instance = { ...before, attention: null }
  if (operation.kind === 'skip') return { instance, mail: [], args: {} }
  if (before.done) throw new CallerError(nothingToRetry, `${name} is done: it takes no signal any more.`)
  const entries = await readHistory(tx.sql, row.key, { limit: lookedThrough })
  const failed = entries.find((entry) => flagged(before.attention ?? '', entry))
  if (!failed)
    throw new CallerError(nothingToRetry, `${name}: no signal failed that could be sent again (${before.attention}).`)
  return { instance, mail: [mailOf(row, failed, host.clock.now())], args: { signal: failed.signal } }
}

/** The step that the flag is about: the engine begins the flag's text with the signal's type and what became of it. */
function flagged(attention: string, { type, outcome }: HistoryEntry): boolean {
  return (
    (outcome === 'failed' && attention.startsWith(`${type} failed: `)) ||
    (outcome === 'rejected' && attention.startsWith(`${type} was rejected: `))
  )
}

function mailOf(row: InstanceRow, { type, args, from }: HistoryEntry, at: number): MailRow {
  const id = `${row.model}/${row.id}/operated/${row.entries + 1}`
  const signal = { id, type, args, from, ...(from !== 'external' && { returned: true as const }) }
  return { instance: row.key, at, item: { kind: 'signal', signal }, seq: null }
}

async function store(
  tx: Tx,
  host: OperationsHost,
  row: InstanceRow,
  before: Instance,
  { instance, mail, args }: Outcome,
  kind: Operation['kind'],
  { by, reason }: Operator,
): Promise<void> {
  const at = host.clock.now()
  const entry = row.entries + 1
  const history: HistoryRow = {
    instance: row.key,
    entry,
    at,
    // With a dot in it, no signal's type.
    type: `operator.${kind}`,
    signal_id: `${row.model}/${row.id}/operation/${entry}`,
    outside: false,
    body: {
      step: instance.steps,
      from: by,
      outcome: 'operated',
      detail: reason,
      states: instance.states,
      args: { ...args, attention: before.attention },
      ...(instance.data !== before.data && { data: instance.data }),
    },
  }
  const [due, dueBefore] = [nextDue(instance), nextDue(before)]
  const moved = due !== dueBefore
  await write(
    tx.sql,
    {
      created: [],
      changed: [marking({ key: row.key, before, instance, entries: entry, result: row.pending.result ?? null })],
      history: [history],
      timers: moved && due !== null ? [{ instance: row.key, due }] : [],
      timerless: moved && due === null ? [row.key] : [],
      tasks: [],
      mail: [...mail],
      shared: [],
    },
    at,
  )
}
