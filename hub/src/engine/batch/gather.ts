import { start } from '@sutler/engine'
import type { Tx } from '../../platform/database.ts'
import { CallerError } from '../../platform/errors.ts'
import { addressKey, type Address } from '../address.ts'
import { unknownInstance, unknownModel } from '../errors.ts'
import { locate } from '../store/claim.ts'
import type { Board } from './board.ts'
import type { Direct } from './item.ts'
import type { Host, Job, Verdict } from './job.ts'
import { loadShared, seat } from './seat.ts'
import { isFor, Slot } from './slot.ts'

/** Mail taken in one batch, shared out among its instances; at least so much of each. */
const mailTaken = 8_000
const mailAtLeast = 16

/** Locks the job's instances and puts them on the board with what they have to take. */
export async function gather(
  host: Host,
  tx: Tx,
  board: Board,
  job: Job,
  size: { limit: number; mailEach?: number },
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
  const keys = [...new Set([...waiting.keys(), ...job.ready])]
  const limit = Math.max(size.limit, waiting.size)
  const share = Math.max(mailAtLeast, Math.floor(mailTaken / Math.max(1, Math.min(keys.length, limit))))
  const mailEach = size.mailEach ?? share
  const slots = await seat(tx, board, host.models, { keys, limit, mailEach, shared: 'wait', directs: waiting })
  for (const slot of slots) if (!slot.more) waiting.delete(slot.key)
  const foreign = slots.flatMap(withoutForeign)
  for (const { address } of [...waiting.values()].flat()) host.keys.delete(addressKey(address))
  const refused = await create(host, tx, board, absent)
  return { back: [...waiting.values()].flat(), refused: [...foreign, ...refused] }
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

/** Takes what other tenants' senders wait for out of the queue: to them there is no such instance. */
function withoutForeign(slot: Slot): Verdict[] {
  const foreign = slot.queue.flatMap(({ direct }) => (direct && !isFor(direct, slot) ? [direct] : []))
  if (foreign.length === 0) return []
  const own = slot.queue.filter(({ direct }) => !direct || !foreign.includes(direct))
  slot.queue.splice(0, slot.queue.length, ...own)
  return foreign.map(unknown)
}

function noModel({ address, create }: Direct): CallerError {
  return new CallerError(unknownModel, `No version ${create?.version ?? ''} of model ${address.model} is published.`)
}

function unknown(direct: Direct): Verdict {
  return { direct, error: new CallerError(unknownInstance, `There is no instance ${addressKey(direct.address)}.`) }
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
      const published = create && (await host.models.find(tx.sql, address.model, create.version ?? null))
      if (!published) {
        refused.push(create ? { direct, error: noModel(direct) } : unknown(direct))
        continue
      }
      const instance = start(published.compiled, { id: address.id, call: create?.call ?? {} })
      await loadShared(tx, board, host.models, [instance], 'wait')
      board.seat(new Slot({ key: keys.pop()!, tenant: create?.tenant ?? null }, published, instance, null))
    }
    const slot = board.slots.get(name)!
    if (isFor(direct, slot)) board.push(slot, { item, at, seq: null, direct })
    else refused.push(unknown(direct))
  }
  return refused
}
