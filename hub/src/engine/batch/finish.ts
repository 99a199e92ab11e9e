import type { Tx } from '../../platform/database.ts'
import { InvariantError } from '../../platform/errors.ts'
import { marking, nextDue, rowOf } from '../store/rows.ts'
import { write, type Writes } from '../store/writes.ts'
import type { Board } from './board.ts'
import type { Direct } from './item.ts'
import type { BatchEnd, Host, Verdict } from './job.ts'

/** Another transaction created the same instance meanwhile: done again, the batch finds it. */
export class CreatedElsewhere extends InvariantError {}

/** An id from outside was taken before, or may have been: done again, the batch looks it up. */
export class MaybeTaken extends InvariantError {}

/** Writes the board. @throws MaybeTaken, CreatedElsewhere; then nothing stands */
export async function finish(
  host: Host,
  tx: Tx,
  board: Board,
  back: readonly Direct[],
  verdicts: Verdict[],
): Promise<Omit<BatchEnd, 'seated'>> {
  if (board.trusting && board.journal.doubtful) throw new MaybeTaken('a signal that was rejected may have come before')
  const unanswered = board.leftovers()
  const writes = writesOf(board)
  const inserted = await write(tx.sql, writes, host.clock.now())
  if (inserted < writes.created.length)
    throw new CreatedElsewhere('an instance was created by another transaction meanwhile')
  verdicts.push(...board.answers)
  const more = board.mail.length > 0 || unanswered.length > 0 || board.exhausted || board.behind
  const tasks = board.tasks.length > 0
  return { taken: board.taken, back: [...back, ...unanswered], more, tasks, due: firstDue(writes) }
}

/** When the earliest of the delayed signals is due that are set; null when none is. */
export function firstDue({ timers }: Pick<Writes, 'timers'>): number | null {
  let first: number | null = null
  for (const { due } of timers) if (first === null || due < first) first = due
  return first
}

/** What a board changed, as rows. */
export function writesOf(board: Board): Writes {
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
