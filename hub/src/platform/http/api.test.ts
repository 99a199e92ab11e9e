import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { notFound } from '../access.ts'
import { CallerError } from '../errors.ts'
import { api, endpoint, valid } from './api.ts'
import { etagOf, requireMatch } from './etag.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from './page.ts'

const item = z.object({ id: z.string(), count: z.number().int().min(1) })

function shop() {
  const app = api()
  app.post(
    '/items/:place',
    ...endpoint({
      id: 'createItem',
      summary: 'Makes an item',
      tag: 'items',
      action: 'order.write',
      params: z.object({ place: z.string().max(5) }),
      query: z.object({
        dry: z.enum(['yes', 'no']).optional(),
        tag: z.union([z.string(), z.array(z.string())]).optional(),
      }),
      body: item,
      answer: { status: 201, schema: item },
      problems: [notFound],
    }),
    (c) => {
      const body = valid(c, 'json')
      const count: number = body.count
      const place: string = valid(c, 'param').place
      return c.json({ id: body.id, count, place, query: valid(c, 'query') }, 201)
    },
  )
  app.get(
    '/items',
    ...endpoint({
      id: 'listItems',
      summary: 'Lists',
      tag: 'items',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(item) },
    }),
    (c) => {
      const { limit, cursor } = valid(c, 'query')
      const after = Number(readCursor(cursor) ?? 0)
      const rows = Array.from({ length: limit + 1 }, (_, i) => ({
        id: `i${after + i + 1}`,
        count: after + i + 1,
      })).filter((row) => row.count <= 5)
      return c.json(pageOf(rows, limit, (row) => String(row.count)))
    },
  )
  app.put(
    '/items/:id',
    ...endpoint({ id: 'putItem', summary: 'Puts', tag: 'items', answer: { status: 204, schema: null } }),
    (c) => {
      requireMatch(c, etagOf(7))
      return c.body(null, 204)
    },
  )
  app.get('/missing', () => {
    throw new CallerError(notFound, 'There is no item i9.')
  })
  app.get('/broken', () => {
    throw new TypeError('secret inner detail')
  })
  return app
}

const post = (path: string, body: string, type = 'application/json') =>
  shop().request(path, { method: 'POST', body, headers: { 'content-type': type } })

describe('an endpoint', () => {
  test('hands validated body, path and query to its handler', async () => {
    const answer = await post('/items/here?dry=yes&tag=a&tag=b', '{"id":"a","count":2}')
    expect(answer.status).toBe(201)
    expect(await answer.json()).toEqual({ id: 'a', count: 2, place: 'here', query: { dry: 'yes', tag: ['a', 'b'] } })
  })

  test('points at every wrong place of a body', async () => {
    const answer = await post('/items/here', '{"id":1,"count":0,"role":"operator"}')
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const problem = (await answer.json()) as { type: string; errors: { pointer: string }[] }
    expect(problem.type).toBe('/problems/invalid-request')
    expect(problem.errors.map((place) => place.pointer).toSorted()).toEqual(['/count', '/id', '/role'])
  })

  test.each([
    ['/items/toolong', '{"id":"a","count":1}', 'application/json', 400, '#path/place'],
    ['/items/here?dry=maybe', '{"id":"a","count":1}', 'application/json', 400, '#query/dry'],
    ['/items/here?other=1', '{"id":"a","count":1}', 'application/json', 400, '#query/other'],
    ['/items/here', '{"id":', 'application/json', 400, ''],
    ['/items/here', '', 'application/json', 400, ''],
    ['/items/here', '{}', 'text/plain', 415, undefined],
  ])('refuses %s with %s as %s', async (path, body, type, status, pointer) => {
    const answer = await post(path, body, type)
    expect(answer.status).toBe(status)
    const problem = (await answer.json()) as { errors?: { pointer: string }[]; remedy: string }
    expect(problem.errors?.[0]?.pointer).toBe(pointer)
    expect(problem.remedy).not.toBe('')
  })
})

describe('a list', () => {
  test('is read page by page to its end', async () => {
    const seen: string[] = []
    let cursor = ''
    for (;;) {
      const page = (await (await shop().request(`/items?limit=2${cursor}`)).json()) as {
        items: { id: string }[]
        next: string | null
      }
      seen.push(...page.items.map((each) => each.id))
      if (page.next === null) break
      cursor = `&cursor=${page.next}`
    }
    expect(seen).toEqual(['i1', 'i2', 'i3', 'i4', 'i5'])
  })

  test.each(['limit=0', 'limit=201', 'limit=x', 'cursor=%21%21', 'cursor=_w'])('refuses ?%s', async (query) => {
    expect((await shop().request(`/items?${query}`)).status).toBe(400)
  })
})

describe('a change', () => {
  test.each([
    [{}, 428],
    [{ 'if-match': '"6"' }, 412],
    [{ 'if-match': 'W/"7"' }, 412],
    [{ 'if-match': '"6", "7"' }, 204],
    [{ 'if-match': '*' }, 204],
  ])('with %j answers %i', async (headers, status) => {
    expect((await shop().request('/items/a', { method: 'PUT', headers })).status).toBe(status)
  })
})

describe('an error', () => {
  test('of the caller says what and what to do', async () => {
    const answer = await shop().request('/missing')
    expect(await answer.json()).toEqual({
      type: '/problems/not-found',
      title: 'There is no such thing',
      status: 404,
      detail: 'There is no item i9.',
      remedy: notFound.remedy,
      instance: '/missing',
    })
  })

  test('of our own leaks nothing', async () => {
    const answer = await shop().request('/broken')
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('secret')
  })
})
