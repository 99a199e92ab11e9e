import { start, undone, type Instance } from '@sutler/engine'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/database.ts'
import { CallerError } from '../../platform/errors.ts'
import { unknownInstance, unknownModel } from '../errors.ts'
import type { Models } from '../models.ts'
import { locate, type Address } from '../store/claim.ts'
import { marking, nextDue, rowOf } from '../store/rows.ts'
import { write, type Writes } from '../store/writes.ts'
import { Board, StepRefused, type TaskKind } from './board.ts'
import { signalOf } from './decide.ts'
import type { Direct, Entry, Item, Returned } from './item.ts'
import { playOut, type RunTask } from './rounds.ts'
import { loadShared, seat } from './seat.ts'
import { addressKey, Slot } from './slot.ts'

/** What a batch needs of its hub. */
export interface Host {
  readonly database: Database
  readonly clock: Clock
  readonly models: Models
  readonly newKeys: (sql: Tx['sql'], count: number) => Promise<number[]>
  readonly kindOf: (task: string) => TaskKind | undefined
  readonly runTask: RunTask
  /** Keys of instances by `<model>/<id>`, as far as remembered: they never change. */
  readonly keys: Map<string, number>
}

export interface Job {
  /** Instances with mail or due signals, the longest waiting first. */
  readonly ready: readonly number[]
  readonly directs: readonly Direct[]
}

export interface BatchEnd {
  /** Instances that were worked on. */
  readonly seated: number
  /** Signals that could not be taken now: their instance is locked elsewhere, or has older mail. */
  readonly back: readonly Direct[]
  /** Something was left in the mailbox. */
  readonly more: boolean
  readonly tasks: boolean
}

/** Another transaction created the same instance meanwhile: done again, the batch finds it. */
export class CreatedElsewhere extends Error {}

/** Instances claimed in one batch, and on the board with those that join them; steps taken in one transaction. */
const claimed = 500
const seats = 2_000
const budget = 10_000
const mailEach = 100
/** A transaction in which a hub says nothing for so long is ended by the server, and its instances are free: milliseconds. */
const patience = 8_000

interface Verdict {
  readonly direct: Direct
  readonly answer?: Returned
  readonly error?: unknown
}

/**
 * Takes what waits for many instances, and all that follows from it among them, in one transaction.
 * @throws whatever a transactional task or the database throws; then nothing was changed and nobody told
 */
export async function runBatch(host: Host, job: Job): Promise<BatchEnd> {
  const verdicts: Verdict[] = []
  const end = await host.database.transaction(async (tx) => {
    const board = newBoard(host)
    const { back, refused } = await gather(host, tx, board, job, { limit: claimed, mailEach })
    verdicts.push(...refused)
    const seated = board.slots.size
    board.work()
    await playOut({ ...host, tx, board, newKeys: (count) => host.newKeys(tx.sql, count), seats })
    return { seated, ...(await finish(host, tx, board, back, verdicts)) }
  })
  tell(verdicts)
  return end
}

/**
 * Takes one item of one instance and nothing that follows. What throws is undone alone: the instance keeps its states and is
 * flagged, and the item counts as failed.
 */
export async function runOne(host: Host, job: Job): Promise<BatchEnd> {
  const verdicts: Verdict[] = []
  const end = await host.database.transaction(async (tx) => {
    const first = newBoard(host)
    const { back, refused } = await gather(host, tx, first, job, { limit: 1, mailEach: 1 })
    verdicts.push(...refused)
    const [slot] = first.slots.values()
    if (!slot) return { seated: 0, ...(await finish(host, tx, first, back, verdicts)) }
    const again = new Slot(slot.key, slot.published, slot.instance, slot.stored)
    again.queue.push(...slot.queue)
    const told: Verdict[] = []
    const afterwards: (() => void)[] = []
    try {
      const done = await tx.sql.savepoint(async (sql) => {
        const inner: Tx = { sql, afterCommit: (then) => afterwards.push(then) }
        first.workOne(slot)
        await playOut({ ...host, tx: inner, board: first, newKeys: (count) => host.newKeys(sql, count), seats: 0 })
        return { seated: 1, ...(await finish(host, inner, first, back, told)) }
      })
      for (const then of afterwards) tx.afterCommit(then)
      verdicts.push(...told)
      return done
    } catch (error) {
      const entry = first.current
      if (!entry || isRetryable(error)) throw error
      const second = newBoard(host)
      for (const [model, shared] of first.shared) second.shared.set(model, { ...shared, data: shared.before })
      second.seat(again)
      undo(second, again, entry, error)
      return { seated: 1, ...(await finish(host, tx, second, back, verdicts)) }
    }
  })
  tell(verdicts)
  return end
}

function undo(board: Board, slot: Slot, entry: Entry, error: unknown): void {
  const { instance } = slot
  const reason = error instanceof StepRefused ? error.reason : 'task-threw'
  const detail = error instanceof Error ? error.message : String(error)
  const signal = signalOf(entry.item, instance)
  slot.instance = without(instance, entry.item)
  slot.queue.splice(0, slot.queue.length, ...slot.queue.filter((other) => other !== entry))
  const shared = board.shared.get(instance.model)?.data ?? {}
  board.settle(slot, undone(slot.instance, shared, signal, reason, detail), entry, null)
}

/** An end that could not be taken is used up all the same: the task or subinstance runs no longer. */
function without(instance: Instance, item: Item): Instance {
  if (item.kind === 'task') return { ...instance, tasks: instance.tasks.filter(({ key }) => key !== item.key) }
  if (item.kind === 'child') return { ...instance, children: instance.children.filter(({ as }) => as !== item.as) }
  return instance
}

/** Deadlocks, serialization failures, a transaction that idled, lost races: the same again may well succeed. */
export function isRetryable(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code ?? ''
  return error instanceof CreatedElsewhere || ['40P01', '40001', '25P03'].includes(code)
}

function newBoard(host: Host): Board {
  return new Board({ now: host.clock.now, kindOf: host.kindOf, budget })
}

/** Locks the job's instances and puts them on the board with what they have to take. */
async function gather(
  host: Host,
  tx: Tx,
  board: Board,
  job: Job,
  size: { limit: number; mailEach: number },
): Promise<{ back: Direct[]; refused: Verdict[] }> {
  await locateAll(host, tx, job.directs)
  const waiting = new Map<number, Direct[]>()
  const absent: Direct[] = []
  for (const direct of job.directs) {
    const key = host.keys.get(addressKey(direct.address))
    const before = key === undefined ? absent : waiting.get(key)
    if (before) before.push(direct)
    else waiting.set(key!, [direct])
  }
  const [slots] = await Promise.all([
    seat(tx, board, host.models, {
      keys: [...new Set([...waiting.keys(), ...job.ready])],
      limit: Math.max(size.limit, waiting.size),
      mailEach: size.mailEach,
      shared: 'wait',
      directs: waiting,
    }),
    tx.sql`select set_config('idle_in_transaction_session_timeout', ${String(patience)}, true)`,
  ])
  for (const slot of slots) if (!slot.more) waiting.delete(slot.key)
  for (const { address } of [...waiting.values()].flat()) host.keys.delete(addressKey(address))
  const refused = await create(host, tx, board, absent)
  return { back: [...waiting.values()].flat(), refused }
}

/** Remembered keys, at most. */
const remembered = 20_000

/** Learns the keys of those instances that are not known yet. */
async function locateAll({ keys }: Host, tx: Tx, directs: readonly Direct[]): Promise<void> {
  const unknown = new Map<string, Address>()
  for (const { address } of directs) {
    const name = addressKey(address)
    if (!keys.has(name)) unknown.set(name, address)
  }
  if (keys.size + unknown.size > remembered) {
    keys.clear()
    for (const { address } of directs) unknown.set(addressKey(address), address)
  }
  for (const found of await locate(tx.sql, [...unknown.values()])) keys.set(addressKey(found), found.key)
}

/** Starts the instances that were to be created by their first signal, in the order of their signals. */
async function create(host: Host, tx: Tx, board: Board, absent: readonly Direct[]): Promise<Verdict[]> {
  if (absent.length === 0) return []
  const refused: Verdict[] = []
  const keys = await host.newKeys(tx.sql, absent.length)
  for (const direct of absent) {
    const { address, create, item, at } = direct
    const name = addressKey(address)
    if (!board.slots.has(name)) {
      const published = create && host.models.resolve(address.model, create.version ?? null)
      if (!published) {
        const error = create
          ? new CallerError(unknownModel, `No version ${create.version ?? ''} of model ${address.model} is published.`)
          : new CallerError(unknownInstance, `There is no instance ${name}.`)
        refused.push({ direct, error })
        continue
      }
      const instance = start(published.compiled, { id: address.id, call: create?.call ?? {} })
      await loadShared(tx, board, host.models, [instance], 'wait')
      board.seat(new Slot(keys.pop()!, published, instance, null))
    }
    board.push(board.slots.get(name)!, { item, at, seq: null, direct })
  }
  return refused
}

/** Writes the board. */
async function finish(
  host: Host,
  tx: Tx,
  board: Board,
  back: readonly Direct[],
  verdicts: Verdict[],
): Promise<Omit<BatchEnd, 'seated'>> {
  const unanswered = board.leftovers()
  const writes = writesOf(board)
  const inserted = await write(tx.sql, writes, host.clock.now())
  if (inserted < writes.created.length) throw new CreatedElsewhere()
  verdicts.push(...board.answers)
  const more = board.mail.length > 0 || unanswered.length > 0 || board.exhausted || board.behind
  return { back: [...back, ...unanswered], more, tasks: board.tasks.length > 0 }
}

function writesOf(board: Board): Writes {
  const slots = [...board.slots.values()]
  const changed = slots.filter((slot) => slot.before !== null && slot.changed)
  const created = slots.filter((slot) => slot.before === null)
  const timers: { instance: number; due: number }[] = []
  const timerless: number[] = []
  for (const { key, before, instance } of [...changed, ...created]) {
    const due = nextDue(instance)
    const stored = before && nextDue(before)
    if (due === stored) continue
    if (due === null) timerless.push(key)
    else timers.push({ instance: key, due })
  }
  const shared = [...board.shared].filter(([, { data, before }]) => data !== before)
  return {
    created: created.map(rowOf),
    changed: changed.map(marking),
    history: board.journal.rows,
    timers,
    timerless,
    tasks: board.tasks,
    mail: board.mail,
    shared: shared.map(([model, { data }]) => ({ model, data })),
  }
}

/** After the commit: a sender hears only of what is durable. */
function tell(verdicts: readonly Verdict[]): void {
  for (const { direct, answer, error } of verdicts) {
    if (answer) direct.waiter.returned(answer)
    else direct.waiter.refused(error)
  }
}
