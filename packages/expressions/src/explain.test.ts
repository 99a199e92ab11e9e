import { describe, expect, it } from 'vitest'
import { explain } from './explain.ts'
import { ExpressionError } from './errors.ts'

const variables = { device: { reachable: false, class: 'phone', none: null }, now: new Date(0), n: 3 }
const parts = (source: string) => explain(source, variables).clauses.map(({ source, held }) => [source, held])

describe('an explanation of a condition', () => {
  it('says which of its parts held, and what they read', () => {
    expect(explain('device.class == "phone" && device.reachable && n > 2', variables)).toEqual({
      held: false,
      clauses: [
        { source: 'device.class == "phone"', held: true, detail: 'device.class is "phone"' },
        { source: 'device.reachable', held: false, detail: 'device.reachable is false' },
        { source: 'n > 2', held: true, detail: 'n is 3' },
      ],
    })
  })
  it('takes what is joined otherwise as one part', () => {
    expect(parts('n > 5 || device.class == "phone" && n > 2')).toEqual([
      ['n > 5 || device.class == "phone" && n > 2', true],
    ])
    expect(parts('(n > 5 || n > 2) && device.class in ["phone", "a && b"]')).toEqual([
      ['(n > 5 || n > 2)', true],
      ['device.class in ["phone", "a && b"]', true],
    ])
  })
  it('counts what cannot be decided as not held, with the reason', () => {
    const { held, clauses } = explain('device.model == "x" && nobody && n', variables)
    expect(held).toBe(false)
    expect(clauses.map(({ held, detail }) => [held, detail])).toEqual([
      [false, expect.stringContaining('model') as string],
      [false, 'unresolved attribute'],
      [false, 'is 3, which is no truth value'],
    ])
  })
  it('agrees with the whole expression, shows times and shortens long values', () => {
    expect(explain('now < timestamp("2026-01-01T00:00:00Z")', variables).clauses[0]?.detail).toBe(
      'now is 1970-01-01T00:00:00.000Z',
    )
    expect(explain('size(s) == 500', { s: 'x'.repeat(500) }).clauses[0]!.detail.length).toBeLessThan(100)
    // A character that the end would cut in two.
    const cut = explain('size(s) == 1', { s: `${'x'.repeat(78)}😀😀` }).clauses[0]!.detail
    expect([cut.isWellFormed(), cut.length < 100]).toEqual([true, true])
    expect(explain('has(device.none) && device.none == null', variables).held).toBe(true)
  })
  it('is refused for what is no expression', () => {
    expect(() => explain('n +', variables)).toThrow(ExpressionError)
  })
})
