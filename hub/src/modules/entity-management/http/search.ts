import type { Hono } from 'hono'
import type { Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { searchKinds, searchTooBroad, type Finders } from '../app/search/search.ts'
import { searchAnswer, searchQuery } from '../search-contract.ts'

export function searchRoutes(
  app: Hono<ApiEnv>,
  access: Access,
  { search, outside }: EntityManagementApp,
  finders: Finders,
): void {
  app.get(
    '/search',
    ...endpoint({
      id: 'search',
      summary:
        'Finds devices, people, households, groups of devices and of people, services and orders by what they are called',
      description: 'Of each kind what the principal may read; of what it may not, nothing.',
      tag: 'Search',
      query: searchQuery,
      answer: { status: 200, schema: searchAnswer },
      problems: [searchTooBroad],
    }),
    async (c) => {
      const { q: text, kinds = searchKinds, limit, outside: further } = valid(c, 'query')
      const principal = c.get('principal')
      const people = kinds.includes('user')
      const [groups, found] = await Promise.all([
        search.find(access, principal, { text, kinds, limit }, finders),
        further && people ? outside.find(access, principal, text.trim(), limit) : [],
      ])
      return c.json({ groups, outside: found })
    },
  )
}
