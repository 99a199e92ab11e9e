import { start } from '@sutler/engine'
import type { Tx } from '../../platform/database.ts'
import { InvariantError } from '../../platform/errors.ts'
import { addressKey, type Address } from '../address.ts'
import type { Models, Published } from '../models.ts'
import { locate, type Located } from '../store/claim.ts'
import { addressOf, StepRefused, type Board, type Start, type StartedCall, type TaskCall } from './board.ts'
import type { TaskEnd } from './item.ts'
import { loadShared, seat } from './seat.ts'
import { sameTenant, Slot } from './slot.ts'
import { troubleOf } from './trouble.ts'

export type RunTask = (task: string, tx: Tx, calls: readonly TaskCall[]) => Promise<TaskEnd[]>

export interface Rounds {
  readonly tx: Tx
  readonly board: Board
  readonly models: Models
  readonly newKeys: (count: number) => Promise<number[]>
  readonly runTask: RunTask
  /** Instances on the board, at most: beyond, signals go to the mailbox. 0: none is fetched and nothing is followed. */
  readonly seats: number
}

/** Carries the board on, round by round, until nothing on it needs the database before it is written. */
export async function playOut(rounds: Rounds): Promise<void> {
  const { board } = rounds
  while (board.starts.length > 0 || board.outgoing.length > 0 || board.calls.size > 0) {
    await resolve(rounds)
    await runCalls(rounds)
    if (rounds.seats > 0 && !board.exhausted) board.work()
  }
}

/** Finds the instances that steps called or signalled and that are not on the board: fetches, creates or mails them. */
async function resolve(rounds: Rounds): Promise<void> {
  const { board, tx } = rounds
  const { starts, outgoing } = board
  board.starts = []
  board.outgoing = []
  const wanted = new Map<string, Address>()
  for (const { address } of [...starts, ...outgoing]) {
    if (!board.slots.has(addressKey(address))) wanted.set(addressKey(address), address)
  }
  const located = new Map<string, Located>()
  for (const found of await locate(tx.sql, [...wanted.values()])) located.set(addressKey(found), found)
  await fetch(rounds, [...located.values()])
  await carryOutStarts(rounds, starts, located)
  for (const { from, address, item, missed } of outgoing) {
    const slot = board.slots.get(addressKey(address))
    const elsewhere = located.get(addressKey(address))
    if (slot && sameTenant(slot, from)) board.push(slot, { item, at: board.now, seq: null })
    else if (elsewhere && sameTenant(elsewhere, from))
      board.mail.push({ instance: elsewhere.key, at: board.now, item, seq: null })
    else if (missed) {
      const type = item.kind === 'signal' ? item.signal.type : item.kind
      from.instance = { ...from.instance, attention: `sent ${type} to ${addressKey(address)}, which does not exist` }
    }
  }
}

async function fetch({ tx, board, models, seats }: Rounds, located: readonly Located[]): Promise<void> {
  const free = seats - board.slots.size
  if (free <= 0 || located.length === 0 || board.exhausted) return
  const keys = located.slice(0, free).map(({ key }) => key)
  await seat(tx, board, models, { keys, limit: keys.length, mailEach: 16, shared: 'skip' })
}

/** Each call joins the subinstance that its parent already has, or creates it (engine.md section 5). */
async function carryOutStarts(
  rounds: Rounds,
  starts: readonly Start[],
  located: ReadonlyMap<string, Located>,
): Promise<void> {
  const { board, models, tx } = rounds
  const fresh = new Map<string, Start>()
  for (const call of starts) {
    const key = addressKey(call.address)
    if (!board.slots.has(key) && !located.has(key) && !fresh.has(key)) fresh.set(key, call)
  }
  const versions: Published[] = []
  for (const call of fresh.values()) {
    const { model, version } = call.effect
    versions.push(models.resolve(model, version) ?? (await publishedFor(tx, models, call)))
  }
  const needed = versions.map(({ model }) => ({ model: model.model, version: model.version }))
  if (needed.length > 0) await loadShared(tx, board, models, needed, 'skip')
  const keys = await rounds.newKeys(fresh.size)
  for (const [index, { from, effect }] of [...fresh.values()].entries()) {
    const published = versions[index]!
    const parent = { url: from.url, as: effect.as }
    const depth = from.instance.depth + 1
    const instance = start(published.compiled, { id: effect.id, call: effect.args, parent, depth })
    const slot = new Slot({ key: keys[index]!, tenant: from.tenant }, published, instance, null)
    slot.blocked = published.writesShared && !board.shared.get(instance.model)?.locked
    board.seat(slot)
  }
  for (const call of starts) if (fresh.get(addressKey(call.address)) !== call) join(board, call, located)
}

async function publishedFor(tx: Tx, models: Models, { effect, step }: Start): Promise<Published> {
  const published = await models.find(tx.sql, effect.model, effect.version)
  if (published) return published
  const range = effect.version === null ? '' : `@${effect.version}`
  throw new StepRefused('unknown-model', `no version of model ${effect.model}${range} is published`, step)
}

function join(board: Board, { from, effect, step, address }: Start, located: ReadonlyMap<string, Located>): void {
  const slot = board.slots.get(addressKey(address))
  const parent = slot ? (slot.instance.parent?.url ?? null) : (located.get(addressKey(address))?.parent ?? null)
  if (parent === null || addressKey(addressOf(parent)) !== from.address) {
    const owner = parent === null ? 'was started from outside' : `belongs to ${parent}`
    throw new StepRefused('foreign-subinstance', `${effect.model}/${effect.id} ${owner}`, step)
  }
  const done = slot ? slot.instance.done : located.get(addressKey(address))?.done
  if (!done) return
  // It had ended before it was called again: its end is told once more, or the parent would wait for ever.
  const result = (slot ? slot.result : located.get(addressKey(address))?.result) ?? { returns: {}, failure: null }
  const end = result.failure === null ? { returns: result.returns } : { failure: result.failure }
  board.push(from, { item: { kind: 'child', as: effect.as, end }, at: board.now, seq: null })
}

/** Runs the transactional tasks that steps have started: one call per task name, for all instances. */
async function runCalls(rounds: Rounds): Promise<void> {
  const { board } = rounds
  const { calls } = board
  board.calls = new Map()
  for (const [task, started] of calls) {
    const ends = rounds.seats > 0 ? await run(rounds, task, started) : await runEach(rounds, task, started)
    for (const [index, { slot, call, told }] of started.entries()) {
      const end = ends[index]!
      if (!told && 'done' in end) continue
      board.push(slot, { item: { kind: 'task', key: call.key, end, attempts: 1 }, at: board.now, seq: null })
    }
  }
}

async function run({ tx, runTask }: Rounds, task: string, started: readonly StartedCall[]): Promise<TaskEnd[]> {
  const calls = started.map(({ call }) => call)
  const ends = await runTask(task, tx, calls)
  if (ends.length === calls.length) return ends
  throw new InvariantError(`task ${task} answered ${ends.length} of ${calls.length} calls`)
}

/** One at a time, so that it is known which step is to be undone. */
async function runEach(rounds: Rounds, task: string, started: readonly StartedCall[]): Promise<TaskEnd[]> {
  const ends: TaskEnd[] = []
  for (const each of started) {
    try {
      ends.push(...(await run(rounds, task, [each])))
    } catch (error) {
      if (troubleOf(error) !== 'instance') throw error
      const detail = error instanceof Error ? error.message : String(error)
      throw new StepRefused('task-threw', detail, each.step, error)
    }
  }
  return ends
}
