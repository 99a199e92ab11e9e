import { readWithin } from '../platform/bounded.ts'
import type { Clock, Milliseconds } from '../platform/clock.ts'
import { databaseOverloaded, type Database } from '../platform/database.ts'
import { OutsideError } from '../platform/errors.ts'
import type { Address } from './address.ts'
import { scanInstances, type InstanceFilter } from './store/search.ts'
import { searchSteps, type PlacedStep, type StepFilter, type StepPlace } from './store/steps.ts'
import type { StoredInstance } from './store/views.ts'

/**
 * Searches look at rows that no index has, for an index on what changes would cost every step. So that a search through a
 * million instances never holds up the hub, each request looks at so much only, and says from where to go on.
 */
export interface SearchHost {
  readonly database: Database
  readonly clock: Clock
}

/** What one request may take: all of it, and each statement. */
const budget: Milliseconds = 2_000
const statement: Milliseconds = 1_000
/** Instances looked at: by the first statement, by each, by one request. */
const firstRows = 400
const mostRows = 6_400
const allRows = 50_000

export interface Found<T, Place> {
  readonly items: readonly T[]
  /** Where to go on; null when everything was looked at. There may be one without a single item. */
  readonly next: Place | null
}

/** Instances by model and id that the filter lets through, after the given one; at most `limit`. */
export async function searchInstances(
  { database, clock }: SearchHost,
  filter: InstanceFilter,
  { limit, after = { model: '', id: '' } }: { limit: number; after?: Address },
): Promise<Found<StoredInstance, Address>> {
  const until = clock.monotonic() + budget
  const items: StoredInstance[] = []
  let position = after
  let looked = 0
  for (let rows = firstRows; ;) {
    const from = position
    const size = rows
    // One more than wanted: it tells that there is a next page.
    const most = limit + 1 - items.length
    const scan = await readWithin(database, statement, (sql) => scanInstances(sql, filter, from, { rows: size, most }))
    if (scan) {
      looked += rows
      items.push(...scan.hits)
      const last = items[limit - 1]
      if (items.length > limit && last) return { items: items.slice(0, limit), next: addressOf(last) }
      if (scan.end === null) return { items, next: null }
      position = scan.end
      rows = Math.min(rows * 4, mostRows)
    } else rows = Math.floor(rows / 8)
    if (rows < 1) throw tooSlow()
    if (looked >= allRows || clock.monotonic() >= until) return { items, next: position }
  }
}

function addressOf({ model, id }: Address): Address {
  return { model, id }
}

function tooSlow(): OutsideError {
  return new OutsideError(databaseOverloaded, `Not even a small part could be searched within ${statement / 1_000} s.`)
}

/** Time looked at by the first statement; four times as much by each that finds little. */
const firstSlice: Milliseconds = 1_000
const widestSlice: Milliseconds = 32 * 86_400_000

/** Entries of all instances, newest first, from the time `since` on and before `before`; at most `limit`. */
export async function searchHistory(
  { database, clock }: SearchHost,
  filter: StepFilter,
  { since, before, limit }: { since: number; before: StepPlace; limit: number },
): Promise<Found<PlacedStep, StepPlace>> {
  const until = clock.monotonic() + budget
  const items: PlacedStep[] = []
  let position = before
  for (let slice = firstSlice; ;) {
    // Beyond a month, all the rest: there is nothing, or little.
    const from = slice > widestSlice ? since : Math.max(since, position.at - slice)
    const page = { since: from, before: position, limit: limit + 1 - items.length }
    const found = await readWithin(database, statement, (sql) => searchSteps(sql, filter, page), { byIndex: true })
    if (found) {
      items.push(...found)
      const last = items[limit - 1]
      if (items.length > limit && last) return { items: items.slice(0, limit), next: last.place }
      if (from <= since) return { items, next: null }
      position = { at: from, instance: -1, entry: 0 }
      slice *= 4
    } else if (slice <= 1) throw tooSlow()
    else slice = Math.max(1, Math.floor(Math.min(slice, widestSlice) / 16))
    if (clock.monotonic() >= until) return { items, next: position }
  }
}
