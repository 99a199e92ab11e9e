import { FilterError, type CompiledFilter } from '@sutler/expressions'
import { actAsHub } from '../../../platform/acting.ts'
import { pageTime, type Tx } from '../../../platform/database.ts'
import { CallerError, errorCode, type ErrorPlace } from '../../../platform/errors.ts'
import type { EntityDependencies } from './dependencies.ts'
import { pageOpinions } from './page-opinions.ts'
import type { FleetPage, FleetWish } from './storage.ts'

export const invalidFilter = errorCode(
  'invalid-filter',
  400,
  'The filter cannot be understood',
  'Correct it at the place named; docs/guide/fleet.md has the language and all fields.',
)

export const filterTooExpensive = errorCode(
  'filter-too-expensive',
  422,
  'The filter would cost the database too much',
  'Add a condition on a field that is indexed (class, model, os, timeZone, serial, name, memory, features, runtimes, installed), or drop patterns and loops over lists.',
)

/** What asking a fleet may cost. */
export interface FilterBounds {
  /** As the planner thinks, in its unit (docs/guide/fleet.md). */
  readonly pageCost: number
  readonly countCost: number
  /** Milliseconds; a page has `pageTime` of the database. */
  readonly countTime: number
}

export const filterBounds: FilterBounds = {
  pageCost: 5_000_000,
  countCost: 20_000_000,
  countTime: 10_000,
}

/**
 * The fleet by live filters. Filters are asked with the hub's own login and the tenant in the statement, because the wall in the
 * database would keep indexes from being used (docs/decisions/0024); the devices themselves are then read through the wall.
 */
export function filters({ database, clock, storage, bounds = filterBounds }: EntityDependencies) {
  const store = storage.fleet

  const compiled = (source: string, pointer: string): CompiledFilter => {
    try {
      return store.compile(source, new Date(clock.now()))
    } catch (error) {
      throw error instanceof FilterError ? refusal(error, source, pointer) : error
    }
  }

  const opinionOf = pageOpinions(clock, (wish, wanted) => store.pageCost(database.pages, wish, wanted))

  const page = async (wish: FleetWish, wanted: FleetPage): Promise<string[]> => {
    try {
      const { cost, way } = await opinionOf(wish, wanted)
      within(cost, bounds.pageCost)
      return await store.page(database.pages, wish, wanted, way)
    } catch (error) {
      throw databaseRefusal(error, pageTime)
    }
  }

  const count = (wish: FleetWish): Promise<number> =>
    actAsHub(() =>
      database.transaction(async ({ sql }) => {
        await store.bound(sql, bounds.countTime)
        try {
          within(await store.countCost(sql, wish), bounds.countCost)
          return await store.count(sql, wish)
        } catch (error) {
          throw databaseRefusal(error, bounds.countTime)
        }
      }),
    )

  return {
    /** @throws CallerError `invalid-filter`, `filter-too-expensive` @param pointer where the request has it */
    check: (source: string, pointer = '/filter'): void => void compiled(source, pointer),
    compiled,
    fields: store.fields,

    /** Ids of matching devices. */
    page,

    /** In order of id, at most `limit` after `after`. */
    ids: (wish: FleetWish, after: string | undefined, limit: number): Promise<string[]> =>
      page(wish, { limit, order: 'id', after: after === undefined ? undefined : { id: after } }),

    count,

    /** Those of `ids` that match now, in order. */
    matching: (tx: Tx, wish: FleetWish, ids: readonly string[]): Promise<string[]> => store.matching(tx.sql, wish, ids),
  }
}

function within(cost: number, bound: number): void {
  if (cost <= bound) return
  throw new CallerError(
    filterTooExpensive,
    `The database expects a cost of ${Math.round(cost)} for it, the bound is ${bound}.`,
  )
}

function refusal({ fault, message, position }: FilterError, source: string, pointer: string): CallerError {
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
  const places: ErrorPlace[] = [{ pointer, detail: sentence, ...lineAndColumn(source, position) }]
  const where = position === null ? '' : ` (at “${source.slice(position, position + 24)}”, character ${position + 1})`
  return new CallerError(fault === 'too-expensive' ? filterTooExpensive : invalidFilter, sentence + where, { places })
}

function lineAndColumn(source: string, position: number | null): { line?: number; column?: number } {
  if (position === null) return {}
  const before = source.slice(0, position).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

/** SQLSTATE: cancelled by the time-out; a regular expression that PostgreSQL finds wrong, or too large. */
function databaseRefusal(error: unknown, time: number): unknown {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: string }
  if (code === '57014')
    return new CallerError(filterTooExpensive, `It did not end within ${time / 1000} s.`, { cause: error })
  if (code === '2201B') return new CallerError(invalidFilter, `A pattern in it is wrong: ${message}.`, { cause: error })
  return error
}
