import type { Hono } from 'hono'
import { notFound } from '../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, writeCursor } from '../../platform/http/page.ts'
import { historyEntry, instanceStep, stepsQuery } from '../contract/history.ts'
import { instanceParams, valuesOf } from '../contract/parts.ts'
import { searchHistory } from '../search.ts'
import type { StepPlace } from '../store/steps.ts'
import { readHistory, type HistoryEntry } from '../store/views.ts'
import { conditionsIn, spanIn } from './conditions.ts'
import { numbersIn, stored, tag, type Served } from './served.ts'

/** Steps of one instance, and of all. */
export function historyRoutes(app: Hono<ApiEnv>, served: Served): void {
  ofInstance(app, served)
  ofAll(app, served)
}

function ofInstance(app: Hono<ApiEnv>, served: Served): void {
  app.get(
    '/instances/:model/:id/history',
    ...endpoint({
      id: 'getInstanceHistory',
      summary: 'The steps of an instance, newest first',
      tag,
      action: 'instance.read',
      params: instanceParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(historyEntry) },
      problems: [notFound],
    }),
    async (c) => {
      served.access.authorise(c.get('principal'), 'instance.read')
      const { limit, cursor } = valid(c, 'query')
      const [before] = numbersIn(cursor, 1) ?? []
      const { key } = await stored(served, valid(c, 'param'), c.get('principal'))
      const page = { limit: limit + 1, ...(before !== undefined && { before }) }
      const entries = await readHistory(served.database.sql, key, page)
      return c.json(pageOf<HistoryEntry>(entries, limit, ({ entry }) => String(entry)))
    },
  )
}

function ofAll(app: Hono<ApiEnv>, { access, clock, database }: Served): void {
  app.get(
    '/history',
    ...endpoint({
      id: 'searchHistory',
      summary: 'Steps of all instances, newest first',
      description:
        'One request looks for 2 s at most: a page may have fewer items than asked for, or none, and more follow all the same. Only a `next` of null ends the list. The span of time narrows what is looked at.',
      tag,
      action: 'instance.read',
      query: stepsQuery,
      answer: { status: 200, schema: pageSchema(instanceStep) },
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.read')
      const { limit, cursor, state, data, from, to, ...query } = valid(c, 'query')
      const { from: since = 0, to: end = clock.now() + 1 } = spanIn(from, to) ?? {}
      const before = placeIn(cursor) ?? { at: end, instance: -1, entry: 0 }
      const { tenant } = c.get('principal')
      const filter = { tenant, ...given(query), states: valuesOf(state), data: conditionsIn(data) }
      const { items, next } = await searchHistory({ database, clock }, filter, { since, before, limit })
      const cursorNext = next && writeCursor(`${next.at} ${next.instance} ${next.entry}`)
      return c.json({ items: items.map(({ step }) => step), next: cursorNext })
    },
  )
}

function placeIn(cursor: string | undefined): StepPlace | null {
  const [at, instance, entry] = numbersIn(cursor, 3) ?? []
  return at === undefined ? null : { at, instance: instance!, entry: entry! }
}

/** Without what is not there. */
function given<T extends Record<string, string | undefined>>(query: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as never
}
