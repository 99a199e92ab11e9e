import { start, type Instance } from '@sutler/engine'
import type { Published } from '../models.ts'
import { takenBefore } from '../store/claim.ts'
import { instanceOf } from '../store/rows.ts'
import { readUnlocked, readUnlockedShared, type UnlockedInstance } from '../store/swift.ts'
import type { Returned } from './item.ts'
import type { Host } from './job.ts'
import { firstAnswer } from './journal.ts'
import type { Line } from './lines.ts'
import type { Remembered } from './recent.ts'
import { isFor, Slot, type Stored } from './slot.ts'

/** A line with its instance, which nobody holds meanwhile. */
export interface Unlocked {
  readonly line: Line
  readonly key: number
  readonly tenant: string | null
  readonly published: Published
  readonly instance: Instance
  /** Undefined for an instance that is to be created. */
  readonly stored: Stored | undefined
  /** First outcomes of those of the line's ids that were taken before, as far as they were looked up. */
  known: Map<string, Returned> | undefined
}

/** To be put on a board, with all that the line has to take. */
export function slotOf({ line, key, tenant, published, instance, stored, known }: Unlocked): Slot {
  const slot = new Slot({ key, tenant }, published, instance, stored ?? null)
  for (const direct of line.directs) slot.queue.push({ item: direct.item, at: direct.at, seq: null, direct })
  if (known) for (const [id, first] of known) slot.know(id, first)
  return slot
}

/**
 * How much of it is looked up: instances that are not remembered; all instances; all instances, and which of the signals were
 * taken before.
 */
export type Look = 'unknown' | 'instances' | 'everything'

/**
 * The lines' instances.
 * @returns with `slow` the lines whose instances have older mail, are held by this hub's own batch, write model data, are another
 * tenant's than a sender's, or do not exist and are not to be created
 */
export async function seatUnlocked(
  host: Host,
  lines: readonly Line[],
  look: Look,
): Promise<{ seats: Unlocked[]; slow: Line[] }> {
  const { recent } = host
  const free = lines.filter(({ name }) => !recent.isHeld(name))
  const read = await readAll(
    host,
    free.filter(({ name }) => look !== 'unknown' || !recent.find(name)),
  )
  const seats: Unlocked[] = []
  for (const line of free) {
    const row = read.get(line.name)
    if (row?.mail) continue
    if (look !== 'unknown' && !row) recent.forget(line.name)
    const seat = row ? readSeat(host, line, row) : (rememberedSeat(host, line) ?? (await newSeat(host, line)))
    if (seat && !seat.published.writesShared && line.directs.every((direct) => isFor(direct, seat))) seats.push(seat)
  }
  await Promise.all([readShared(host, seats), look === 'everything' ? loadTaken(host, seats) : undefined])
  const seated = new Set(seats.map(({ line }) => line))
  return { seats, slow: lines.filter((line) => !seated.has(line)) }
}

async function readAll(host: Host, lines: readonly Line[]): Promise<Map<string, UnlockedInstance>> {
  if (lines.length === 0) return new Map()
  const rows = await readUnlocked(
    host.database.keyed,
    lines.map(({ directs }) => directs[0]!.address),
  )
  await host.models.learn(host.database.keyed, rows)
  return new Map(rows.map((row) => [`${row.model}/${row.id}`, row]))
}

function readSeat({ models, recent }: Host, line: Line, row: UnlockedInstance): Unlocked {
  const remembered = {
    key: row.key,
    tenant: row.tenant,
    published: models.exact(row.model, row.version),
    instance: instanceOf(row),
    entries: row.entries,
    result: row.pending.result ?? null,
    rowVersion: row.row_version,
  }
  if (!row.done) recent.keep(line.name, remembered)
  return seatOf(line, remembered)
}

function rememberedSeat({ recent }: Host, line: Line): Unlocked | undefined {
  const known = recent.find(line.name)
  return known && seatOf(line, known)
}

function seatOf(line: Line, remembered: Remembered): Unlocked {
  const { key, tenant, published, instance } = remembered
  return { line, key, tenant, published, instance, stored: remembered, known: undefined }
}

/** Undefined when the instance is not to be created, or by a model that is not known yet. */
async function newSeat({ models, newKeys, database }: Host, line: Line): Promise<Unlocked | undefined> {
  const { address, create } = line.directs[0]!
  const published = create && models.resolve(address.model, create.version ?? null)
  if (!published) return undefined
  const instance = start(published.compiled, { id: address.id, call: create.call ?? {} })
  const [key] = await newKeys(database.keyed, 1)
  return { line, key: key!, tenant: create.tenant ?? null, published, instance, stored: undefined, known: undefined }
}

/** Reads the model data that is not remembered. */
async function readShared({ database, recent }: Host, seats: readonly Unlocked[]): Promise<void> {
  const unknown = new Set<string>()
  for (const { instance, published } of seats) {
    if (published.readsShared && !recent.shared.has(instance.model)) unknown.add(instance.model)
  }
  for (const { model, data, row_version: rowVersion } of await readUnlockedShared(database.keyed, [...unknown])) {
    recent.shared.set(model, { data, rowVersion })
  }
}

/** Looks up those ids that were taken before. */
async function loadTaken({ database }: Host, seats: readonly Unlocked[]): Promise<void> {
  const byKey = new Map(seats.map((seat) => [seat.key, seat]))
  const ids = seats.flatMap(({ line, key }) =>
    line.directs.flatMap(({ item }) => (item.outside ? [{ instance: key, id: item.signal.id }] : [])),
  )
  for (const { instance, signal, body } of await takenBefore(database.keyed, ids)) {
    const seat = byKey.get(instance)!
    seat.known ??= new Map()
    seat.known.set(signal, firstAnswer(body))
  }
}
