import type { JsonObject } from '@sutler/engine'
import type { Tx } from '../../platform/database.ts'
import type { Models } from '../models.ts'
import { lockInstances, readShared, takeMail, takenBefore } from '../store/claim.ts'
import { instanceOf, type InstanceRow } from '../store/rows.ts'
import type { Board } from './board.ts'
import type { Direct } from './item.ts'
import { firstAnswer } from './journal.ts'
import { Slot } from './slot.ts'

/** A transaction in which a hub says nothing for so long is ended by the server, and its instances are free: milliseconds. */
const patience = 8_000

export interface Seating {
  /** Instances wanted, the longest waiting first. */
  readonly keys: readonly number[]
  readonly limit: number
  /** Mail taken per instance, at most. */
  readonly mailEach: number
  /** Wait for other writers of the models' data, or leave out the instances that would write it. */
  readonly shared: 'wait' | 'skip'
  /** Signals whose senders wait, by instance: they go after its mail, unless there is more than is taken now. */
  readonly directs?: ReadonlyMap<number, readonly Direct[]>
}

/**
 * Locks instances that nobody else works on and puts them on the board with their mail. @returns how many were seated
 * @see lockInstances for what the locks mean
 */
export async function seat(tx: Tx, board: Board, models: Models, seating: Seating): Promise<Slot[]> {
  const rows = await lockSlices(tx, seating)
  if (rows.length === 0) return []
  await models.learn(tx.sql, rows)
  if (rows.some((row) => models.exact(row.model, row.version).writesShared)) {
    await loadShared(tx, board, models, rows, seating.shared)
  }
  const wanted = new Map<number, Slot>()
  for (const row of rows) {
    const published = models.exact(row.model, row.version)
    if (published.writesShared && !board.shared.get(row.model)?.locked) continue
    const slot = new Slot(row, published, instanceOf(row), {
      entries: row.entries,
      result: row.pending.result ?? null,
    })
    wanted.set(row.key, slot)
  }
  const order = seating.keys.filter((key) => wanted.has(key))
  await Promise.all([fillQueues(tx, board, wanted, seating), loadShared(tx, board, models, rows, seating.shared)])
  const slots = order.map((key) => wanted.get(key)!)
  for (const slot of slots) board.seat(slot)
  return slots
}

/** The first that are free, slice by slice: what one hub works on, the next one passes by. */
async function lockSlices(tx: Tx, { keys, limit }: Seating): Promise<InstanceRow[]> {
  const rows: InstanceRow[] = []
  for (let start = 0; start < keys.length && rows.length < limit; start += limit) {
    rows.push(...(await lockInstances(tx.sql, keys.slice(start, start + limit), limit - rows.length, patience)))
    if (rows.length >= limit / 4) break
  }
  return rows
}

/** Reads model data of the rows' models onto the board, locked where an instance may write it. */
export async function loadShared(
  tx: Tx,
  board: Board,
  models: Models,
  instances: Iterable<{ readonly model: string; readonly version: string }>,
  lock: 'wait' | 'skip',
): Promise<void> {
  const read = new Set<string>()
  const write = new Set<string>()
  for (const { model, version } of instances) {
    const { writesShared, readsShared } = models.exact(model, version)
    if (writesShared && !board.shared.get(model)?.locked) write.add(model)
    else if (readsShared && !board.shared.has(model)) read.add(model)
  }
  for (const name of write) read.delete(name)
  const [locked, seen] = await Promise.all([
    readShared(tx.sql, [...write].toSorted(), lock),
    readShared(tx.sql, [...read], 'none'),
  ])
  const put = (rows: readonly { model: string; data: JsonObject }[], locked: boolean): void => {
    for (const { model, data } of rows) board.shared.set(model, { data, before: data, locked })
  }
  put(seen, false)
  put(locked, true)
}

async function fillQueues(
  tx: Tx,
  { trusting }: Board,
  slots: ReadonlyMap<number, Slot>,
  { mailEach, directs }: Seating,
): Promise<void> {
  const direct = [...(directs ?? [])].filter(([key]) => slots.has(key))
  const ids = direct.flatMap(([key, waiting]) =>
    waiting.flatMap(({ item }) => (item.outside ? [{ instance: key, id: item.signal.id }] : [])),
  )
  const [mail] = await Promise.all([
    takeMail(tx.sql, [...slots.keys()], mailEach),
    trusting ? undefined : loadTaken(tx, slots, ids),
  ])
  for (const { instance, at, item, seq } of mail) slots.get(instance)?.queue.push({ item, at, seq })
  for (const slot of slots.values()) slot.more = slot.queue.length >= mailEach
  for (const [key, waiting] of direct) {
    const slot = slots.get(key)!
    if (!slot.more)
      slot.queue.push(...waiting.map((direct) => ({ item: direct.item, at: direct.at, seq: null, direct })))
  }
  if (trusting) return
  const mailed = mail.flatMap(({ instance, item }) =>
    item.kind === 'signal' && item.outside ? [{ instance, id: item.signal.id }] : [],
  )
  await loadTaken(tx, slots, mailed)
}

/** Loads the first outcomes of those outside ids that were taken before. */
async function loadTaken(
  tx: Tx,
  slots: ReadonlyMap<number, Slot>,
  ids: readonly { instance: number; id: string }[],
): Promise<void> {
  for (const { instance, signal, body } of await takenBefore(tx.sql, ids)) {
    slots.get(instance)?.know(signal, firstAnswer(body))
  }
}
