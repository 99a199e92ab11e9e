import { describe, expect, test } from 'vitest'
import type { AccessObject, Action, Role } from '../../../platform/access.ts'
import { decide, scopeOf, type NarrowedPrincipal } from './decide.ts'
import { grants } from './grants.ts'

const principal = (...roles: Role[]): NarrowedPrincipal => ({
  id: 'usr-me',
  kind: 'person',
  name: 'me',
  tenant: 'main',
  roles,
  households: ['hh-mine'],
})

const objects: Record<string, AccessObject> = {
  none: {},
  'own household': { household: 'hh-mine' },
  'other household': { household: 'hh-other' },
  own: { owner: 'usr-me' },
  "other's": { owner: 'usr-other' },
}

const actions = [
  ...new Set([
    ...Object.values(grants).flatMap(Object.keys),
    'account.write',
    'blob.read',
    'device.decommission',
    'instance.read',
    'model.write',
    'order.expedite',
  ]),
].toSorted() as Action[]

const letters = { allowed: '+', forbidden: '-', hidden: '?' }

/** One character per object (none, own household, other household, own, other's): + allowed, - 403, ? 404. */
function row(roles: Role[], action: Action): string {
  return Object.values(objects)
    .map((object) => letters[decide(principal(...roles), action, object).verdict])
    .join('')
}

test('the matrix of role × action × relation', () => {
  const header = 'each: nothing, own household, other household, own, other’s'
  const lines = actions.map((action) => {
    const cells = (['developer', 'sponsor', 'subscriber'] as const).map((role) => row([role], action))
    return `${action.padEnd(20)} ${cells.join('  ')}`
  })
  expect([header, `${''.padEnd(20)} dev    spons  subsc`, ...lines].join('\n')).toMatchSnapshot()
})

test.each(actions)('an operator may %s, whatever it is about', (action) => {
  expect(row(['operator'], action)).toBe('+++++')
})

test.each(actions)('nobody without a role may %s', (action) => {
  expect(row([], action)).toBe('-----')
})

describe.each(actions)('%s', (action) => {
  test('is allowed by two roles exactly where one of them allows it', () => {
    const both = row(['sponsor', 'subscriber'], action)
    const alone = [row(['sponsor'], action), row(['subscriber'], action)]
    for (let i = 0; i < both.length; i++) expect(both[i] === '+').toBe(alone.some((each) => each[i] === '+'))
  })

  test('is listed exactly as far as it is allowed', () => {
    for (const role of ['developer', 'sponsor', 'subscriber'] as const) {
      const scope = scopeOf(principal(role), action)
      const allowed = row([role], action)
      expect(scope?.all ?? false).toBe(allowed === '+++++')
      if (!scope || scope.all) continue
      expect(scope.households.includes('hh-mine')).toBe(allowed[1] === '+')
      expect(scope.owner === 'usr-me').toBe(allowed[3] === '+')
    }
  })
})

test('sponsors order for any household, as owners of the order; subscribers for their own', () => {
  const order = (role: Role, household: string) =>
    decide(principal(role), 'order.write', { household, owner: 'usr-me' }).verdict
  expect([order('sponsor', 'hh-other'), order('subscriber', 'hh-mine')]).toEqual(['allowed', 'allowed'])
  expect(order('subscriber', 'hh-other')).toBe('hidden')
  const others = { household: 'hh-mine', owner: 'usr-other' }
  expect(decide(principal('sponsor'), 'order.write', others).verdict).toBe('hidden')
})

test('a narrowed credential may do only what it is made for', () => {
  const narrowed = { ...principal('operator'), actions: ['order.read'] as const }
  expect(decide(narrowed, 'order.read', { household: 'hh-other' })).toEqual({ verdict: 'allowed', relation: 'any' })
  expect(decide(narrowed, 'order.write', { household: 'hh-other' }).verdict).toBe('forbidden')
  expect(decide(narrowed, 'claim.write', {}).verdict).toBe('forbidden')
  expect(scopeOf(narrowed, 'claim.read')).toBe(null)
})

test('an action that no table knows is refused to all but operators', () => {
  expect(row(['developer', 'sponsor', 'subscriber'], 'moon.write')).toBe('-----')
  expect(row(['subscriber'], 'toString.call' as Action)).toBe('-----')
})
