import { undone, type Instance } from '@sutler/engine'
import type { Tx } from '../../platform/database.ts'
import { Board, StepRefused } from './board.ts'
import { signalOf } from './decide.ts'
import { CreatedElsewhere, finish } from './finish.ts'
import { gather } from './gather.ts'
import type { Entry, Item } from './item.ts'
import type { BatchEnd, Host, Job, Verdict } from './job.ts'
import { playOut } from './rounds.ts'
import { Slot } from './slot.ts'

/** Instances claimed in one batch, and on the board with those that join them; steps taken in one transaction. */
const claimed = 500
const seats = 2_000
const budget = 10_000

/**
 * Takes what waits for many instances, and all that follows from it among them, in one transaction.
 * @throws whatever a transactional task or the database throws; then nothing was changed and nobody told
 */
export async function runBatch(host: Host, job: Job): Promise<BatchEnd> {
  const verdicts: Verdict[] = []
  const end = await host.database.transaction(async (tx) => {
    const board = newBoard(host)
    const { back, refused } = await gather(host, tx, board, job, { limit: claimed })
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

/** After the commit: a sender hears only of what is durable. */
function tell(verdicts: readonly Verdict[]): void {
  for (const { direct, answer, error } of verdicts) {
    if (answer) direct.waiter.returned(answer)
    else direct.waiter.refused(error)
  }
}
