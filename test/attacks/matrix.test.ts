import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scopeOf } from '../../hub/src/modules/registration/domain/decide.ts'
import type { Role } from '../../hub/src/platform/access.ts'
import { loginsOf } from '../../hub/src/platform/walls/logins.ts'
import { readTables } from '../../hub/src/platform/walls/tables.ts'
import { patience } from '../journeys/household.ts'
import { testSealingKey } from '../support/sealing.ts'
import { address, nobodys, withoutAction, type Operation } from './matrix/operations.ts'
import { ask, build, roles, type World } from './matrix/world.ts'

/** Role × route × tenant, made from the routes that there are: with both walls, and with the first one alone. */

/** The tenant's own people asked for those ids before: that they did is in their audit. */
function withoutAsked(page: unknown): string {
  const { items = [] } = page as { items?: { object: object; about: string[] }[] }
  return JSON.stringify(items.map(({ object: _object, about: _about, ...rest }) => rest))
}

describe.each([
  ['with both walls', true],
  ['with the second wall off', false],
])('%s', (_what, secondWall) => {
  let world: World
  beforeAll(async () => {
    world = await build(secondWall)
  }, patience)
  afterAll(() => world?.hub.stop(), patience)

  const principal = (role: Role) =>
    ({ id: 'usr-x', kind: 'person', name: role, tenant: 'acme', roles: [role], households: [] }) as const

  test('every route declares an action, but for a written list', () => {
    const missing = world.operations.filter(({ action, open }) => !action && !open).map(({ id }) => id)
    expect(missing.filter((id) => !withoutAction.has(id))).toEqual([])
  })

  test.each(roles)(
    'to a %s another tenant’s id is answered as one that nobody has, on every route',
    async (role) => {
      const token = world.tokens.get(role)!
      const nobody = Object.fromEntries(
        Object.keys(world.main).map((kind) => [kind, `nobody-of-${kind.slice(0, 8).toLowerCase()}`]),
      )
      const [wrong, asked]: [string[], string[]] = [[], []]
      for (const operation of world.operations) {
        const [theirs, none] = [address(operation, world.main), address(operation, nobody)]
        if (theirs === null || none === null || theirs === none) continue
        const [about, without] = [await ask(world, token, operation, theirs), await ask(world, token, operation, none)]
        asked.push(operation.id)
        const granted = operation.action !== undefined && scopeOf(principal(role), operation.action)?.all === true
        const expected = granted ? [404] : [403, 404]
        // The first wall alone refuses; that nothing tells the one from the other, it takes both.
        const alike = about.status === without.status && about.type === without.type
        if ((secondWall && !alike) || !expected.includes(about.status))
          wrong.push(`${operation.id}: ${about.status} ${about.type}, nobody’s ${without.status} ${without.type}`)
      }
      expect(wrong).toEqual([])
      const withIds = world.operations.filter(({ path, id }) => path.includes('{') && !nobodys.has(id))
      expect(withIds.map(({ id }) => id).filter((id) => !asked.includes(id))).toEqual([])
    },
    patience,
  )

  test.each(roles)(
    'lists of a %s have nothing of another tenant',
    async (role) => {
      const token = world.tokens.get(role)!
      for (const operation of world.operations) {
        const path = address(operation, {})
        if (
          operation.method !== 'GET' ||
          path === null ||
          !/^\/(api\/v1|tmf-api|scim\/v2)\//.test(path) ||
          /events|export|live|oidc/.test(path)
        )
          continue
        const response = await fetch(`${world.hub.url}${path}`, { headers: { authorization: `Bearer ${token}` } })
        const text = path === '/api/v1/audit' ? withoutAsked(await response.json()) : await response.text()
        for (const id of Object.values(world.main)) expect([path, text.includes(`"${id}"`)]).toEqual([path, false])
      }
    },
    patience,
  )

  test(
    'what is granted is allowed on one’s own tenant’s things, what is not is refused',
    async () => {
      const wrong: string[] = []
      for (const role of roles) {
        for (const operation of world.operations) {
          const own = address(operation, world.acme)
          if (own === null || operation.method !== 'GET' || !operation.action || own.includes('/live')) continue
          const { status } = await ask(world, world.tokens.get(role)!, operation, own)
          const scope = scopeOf(principal(role), operation.action)
          const right = scope === null ? status === 403 : scope.all ? status !== 403 : [200, 403, 404].includes(status)
          if (!right) wrong.push(`${role} ${operation.id} ${status}`)
        }
      }
      expect(wrong).toEqual([])
    },
    patience,
  )

  test('what is the installation’s is refused to operators of other tenants', async () => {
    const token = world.tokens.get('operator')!
    for (const [method, path] of [
      ['GET', '/api/v1/tenants'],
      ['POST', '/api/v1/tenants'],
      ['PATCH', '/api/v1/tenants/main'],
      ['GET', '/metrics'],
    ] as const) {
      const response = await fetch(`${world.hub.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(method === 'GET'
          ? {}
          : { body: JSON.stringify(method === 'POST' ? { id: 'other', name: 'O' } : { name: 'O' }) }),
      })
      expect([path, response.status]).toEqual([path, 403])
    }
  })

  test.runIf(secondWall)(
    'the second wall alone: a tenant’s login sees and changes no row of another, whatever it asks',
    async () => {
      const { database } = world.hub
      const logins = Object.values(loginsOf(testSealingKey)).map(({ name }) => name)
      const tables = (await readTables(database.owner.sql, logins)).filter(({ kind }) => kind === 'table')
      let seen = 0
      for (const { schema, name, tenant } of tables.filter((table) => table.tenant)) {
        const { sql } = (schema === 'registration' ? database.registration : database).ofTenant('acme')
        const found = await sql<{ tenant: string }[]>`select distinct tenant from ${sql(`${schema}.${name}`)}`
        expect([name, tenant, found.filter((row) => row.tenant !== 'acme')]).toEqual([name, true, []])
        seen += found.length
      }
      expect(seen).toBeGreaterThan(8)
      const { sql } = database.ofTenant('acme')
      expect((await sql`update entity_household set name = 'mine' where tenant = 'main'`).count).toBe(0)
      expect((await sql`delete from participant_webhook where tenant = 'main'`).count).toBe(0)
      await expect(sql`update entity_household set tenant = 'main'`).rejects.toMatchObject({ code: '42501' })
    },
  )

  test('a disabled tenant’s people are out, and back once it is enabled', async () => {
    const token = world.tokens.get('auditor')!
    const me = () => fetch(`${world.hub.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })
    const disable = (disabled: boolean) =>
      world.hub.api.PATCH('/api/v1/tenants/{id}', { params: { path: { id: 'acme' } }, body: { disabled } })
    expect((await me()).status).toBe(200)
    await disable(true)
    expect((await me()).status).toBe(401)
    await disable(false)
    expect((await me()).status).toBe(200)
  })

  test(
    'what changes something is refused without the grant; with it, it reaches what it is about',
    async () => {
      const wrong: string[] = []
      const rank = ({ method, id }: Operation) =>
        id === 'deleteSession'
          ? 4
          : method === 'DELETE'
            ? 3
            : /^(cancel|decommission|release)/.test(id)
              ? 2
              : id === 'publishVersion'
                ? 0
                : 1
      const unsafe = world.operations
        // Everybody ends only their own sessions, operators, too: what they may do to others' is PATCH /accounts/{id}.
        .filter(({ id, method, action }) => method !== 'GET' && action !== undefined && id !== 'endSession')
        .toSorted((a, b) => rank(a) - rank(b))
      expect(unsafe.length).toBeGreaterThan(40)
      // What the last one, the operator, does cannot be done again.
      for (const role of roles.toReversed()) {
        for (const operation of unsafe) {
          const { status, type } = await ask(
            world,
            world.tokens.get(role)!,
            operation,
            address(operation, world.acme) ?? operation.path,
          )
          const scope = scopeOf(principal(role), operation.action!)
          const right = scope === null ? status === 403 : !scope.all || (status !== 403 && status !== 404)
          if (!right || status >= 500) wrong.push(`${role} ${operation.id} ${status} ${type}`)
        }
      }
      expect(wrong).toEqual([])
    },
    patience,
  )
})
