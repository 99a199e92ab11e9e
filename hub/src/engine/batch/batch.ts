import { undone, type Instance, type Refusal } from '@sutler/engine'
import { newNotes, type Tx, type TransactionLimits } from '../../platform/database.ts'
import { keepLast } from '../../platform/last-writes.ts'
import { Board, StepRefused, type BoardOptions } from './board.ts'
import { signalOf } from './decide.ts'
import { mayHaveComeBefore } from './doubles.ts'
import { finish } from './finish.ts'
import { gather } from './gather.ts'
import type { Direct, Entry, Item } from './item.ts'
import { tell, type BatchEnd, type Host, type Job, type Verdict } from './job.ts'
import { playOut } from './rounds.ts'
import type { Slot } from './slot.ts'
import { troubleOf } from './trouble.ts'

/** What is decided is on the board: whoever gave the job tries a batch again, with a new one. */
const boardStays: TransactionLimits = { once: true }

/** Instances claimed in one batch, and on the board with those that join them; steps taken in one transaction. */
const claimed = 500
const seats = 2_000
const budget = 10_000

/**
 * Takes what waits for many instances, and all that follows from it among them, in one transaction.
 * @throws whatever a transactional task or the database throws; then nothing was changed and nobody told
 */
export async function runBatch(host: Host, job: Job): Promise<BatchEnd> {
  if (host.doubles.expected()) return await runOnBoard(host, job, false)
  try {
    return await runOnBoard(host, job, true)
  } catch (error) {
    if (!mayHaveComeBefore(error)) throw error
    host.doubles.seen()
    return await runOnBoard(host, job, false)
  }
}

async function runOnBoard(host: Host, job: Job, trusting: boolean): Promise<BatchEnd> {
  const verdicts: Verdict[] = []
  const board = new Board({ now: host.clock.now, kindOf: host.kindOf, budget, trusting })
  const inTransaction = async (tx: Tx): Promise<BatchEnd> => {
    const { back, refused } = await gather(host, tx, board, job, { limit: claimed })
    verdicts.push(...refused)
    // Who is refused hears so: that, too, is done.
    const seated = board.slots.size + refused.length
    board.work()
    await playOut({ ...host, tx, board, newKeys: (count) => host.newKeys(tx.sql, count), seats })
    return { seated, ...(await finish(host, tx, board, back, verdicts)) }
  }
  const end = await host.recent.whileHeld(board.slots, () => host.database.transaction(inTransaction, boardStays))
  tell(verdicts)
  return end
}

/** Steps of one item that are refused one by one; then all of it is undone. */
const refusedSteps = 16

/**
 * Takes one item of one instance and nothing that follows. A step that throws is undone alone: the instance keeps its states
 * and is flagged, the signal counts as failed, and what the rest of the item does stands.
 * @throws what is no fault of the instance (see `troubleOf`); then nothing was changed
 */
export async function runOne(host: Host, job: Job): Promise<BatchEnd> {
  const verdicts: Verdict[] = []
  // However often it is tried, it is the same step at the same time, so that its steps have the same numbers.
  const now = host.clock.now()
  const gathered = new Board({ now: () => now, kindOf: host.kindOf, budget })
  const inTransaction = async (tx: Tx): Promise<BatchEnd> => {
    const { back, refused } = await gather(host, tx, gathered, job, { limit: 1, mailEach: 1 })
    verdicts.push(...refused)
    const [slot] = gathered.slots.values()
    if (!slot) return { seated: refused.length, ...(await finish(host, tx, gathered, back, verdicts)) }
    const refusals: Refusal[] = []
    for (;;) {
      const board = copyOf(gathered, slot, { now: () => now, kindOf: host.kindOf, budget, refuse: refusals })
      try {
        const done = await tryOne(host, tx, board, back)
        verdicts.push(...done.told)
        return done.end
      } catch (error) {
        const entry = board.current
        if (!entry || troubleOf(error) !== 'instance') throw error
        const refusal = refusalOf(error)
        if (refusals.length < refusedSteps && !refusals.some(({ step }) => step === refusal.step)) {
          refusals.push(refusal)
          continue
        }
        const last = copyOf(gathered, slot, { now: () => now, kindOf: host.kindOf, budget })
        undo(last, entry, refusal)
        return { seated: 1, ...(await finish(host, tx, last, back, verdicts)) }
      }
    }
  }
  const end = await host.recent.whileHeld(gathered.slots, () => host.database.transaction(inTransaction, boardStays))
  tell(verdicts)
  return end
}

/** Takes the one item; all of it is rolled back when something throws. */
async function tryOne(
  host: Host,
  tx: Tx,
  board: Board,
  back: readonly Direct[],
): Promise<{ end: BatchEnd; told: Verdict[] }> {
  const told: Verdict[] = []
  const afterwards: (() => void)[] = []
  const notes = newNotes()
  const end = await tx.sql.savepoint(async (sql) => {
    const inner: Tx = { sql, afterCommit: (then) => afterwards.push(then), ...notes }
    const [slot] = board.slots.values()
    if (slot) board.workOne(slot)
    await playOut({ ...host, tx: inner, board, newKeys: (count) => host.newKeys(sql, count), seats: 0 })
    return { seated: 1, ...(await finish(host, inner, board, back, told)) }
  })
  for (const then of afterwards) tx.afterCommit(then)
  tx.audit.events.push(...notes.audit.events)
  tx.audit.decisions.push(...notes.audit.decisions)
  keepLast(tx, notes.last)
  return { end, told }
}

/** A board with the one instance as it was gathered. */
function copyOf(gathered: Board, slot: Slot, options: BoardOptions): Board {
  const board = new Board(options)
  for (const [model, shared] of gathered.shared) board.shared.set(model, { ...shared })
  board.seat(slot.copy())
  return board
}

function refusalOf(error: unknown): Refusal {
  const detail = error instanceof Error ? error.message : String(error)
  if (!(error instanceof StepRefused)) return { reason: 'task-threw', detail }
  return { reason: error.reason, detail, ...(error.step !== undefined && { step: error.step }) }
}

/** The last resort: the item is used up, and nothing but the flag comes of it. */
function undo(board: Board, entry: Entry, { reason, detail }: Refusal): void {
  const [slot] = board.slots.values()
  if (!slot) return
  const { instance } = slot
  const signal = signalOf(entry.item, instance)
  slot.instance = without(instance, entry.item)
  slot.queue.splice(0, slot.queue.length, ...slot.queue.filter((other) => other !== entry))
  const shared = board.shared.get(instance.model)?.data ?? {}
  board.settle(slot, undone(slot.instance, shared, signal, reason, detail), entry, null, board.now)
}

/** An end that could not be taken is used up all the same: the task or subinstance runs no longer. */
function without(instance: Instance, item: Item): Instance {
  if (item.kind === 'task') return { ...instance, tasks: instance.tasks.filter(({ key }) => key !== item.key) }
  if (item.kind === 'child') return { ...instance, children: instance.children.filter(({ as }) => as !== item.as) }
  return instance
}
