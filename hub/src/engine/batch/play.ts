import { Board } from './board.ts'
import { writesOf } from './finish.ts'
import type { Host } from './job.ts'
import type { Line } from './lines.ts'
import type { RememberedShared } from './recent.ts'
import type { Slot } from './slot.ts'
import { slotOf, type Unlocked } from './unlocked.ts'

/** Instances of which all was taken, and what that leads to: to write them, and what is theirs alone. */
export interface Play {
  readonly seats: readonly Unlocked[]
  /** Of each seat. */
  readonly slots: readonly Slot[]
  readonly board: Board
  readonly writes: ReturnType<typeof writesOf>
  /** Model data that was read, by model. */
  readonly shared: ReadonlyMap<string, RememberedShared>
}

/** What became of lines that were decided. */
export interface Plays {
  readonly plays: readonly Play[]
  /** More is to be done than to write the instances. */
  readonly slow: readonly Line[]
  /** A signal in them may have come before. */
  readonly doubtful: readonly Line[]
}

/**
 * Decides all seats together, those of models that are known to need more one by one. Where something in the whole needs more,
 * each is decided again by itself. `sure`: it is known which signals came before.
 */
export function playAll(host: Host, seats: readonly Unlocked[], budget: number, sure: boolean): Plays {
  const { special } = host.recent
  const usual = seats.filter(({ published }) => !special.has(published))
  const whole = usual.length > 1 ? decided(host, usual, budget) : null
  const plays = whole && (sure || !whole.board.journal.doubtful) ? [whole] : []
  const slow: Line[] = []
  const doubtful: Line[] = []
  const single = plays.length > 0 ? seats.filter(({ published }) => special.has(published)) : seats
  for (const seat of single) {
    const play = decided(host, [seat], budget)
    if (!play) {
      special.add(seat.published)
      slow.push(seat.line)
    } else if (!sure && play.board.journal.doubtful) doubtful.push(seat.line)
    else plays.push(play)
  }
  return { plays, slow, doubtful }
}

/** Null when that takes more than to write the instances and what is theirs alone. */
function decided({ clock, kindOf, recent }: Host, seats: readonly Unlocked[], budget: number): Play | null {
  const board = new Board({ now: clock.now, kindOf, budget })
  const shared = new Map<string, RememberedShared>()
  const slots: Slot[] = []
  for (const seat of seats) {
    const { published, instance } = seat
    if (published.readsShared) {
      const read = recent.shared.get(instance.model)
      if (!read) return null
      shared.set(instance.model, read)
      board.shared.set(instance.model, { data: read.data, before: read.data, locked: false })
    }
    const slot = slotOf(seat)
    slots.push(slot)
    board.seat(slot)
  }
  try {
    board.work()
  } catch {
    // Decided again in the transaction, where what it throws undoes that step alone.
    return null
  }
  if (board.exhausted || board.starts.length > 0 || board.outgoing.length > 0 || board.calls.size > 0) return null
  const writes = writesOf(board)
  return writes.mail.length > 0 || writes.shared.length > 0 ? null : { seats, slots, board, writes, shared }
}
