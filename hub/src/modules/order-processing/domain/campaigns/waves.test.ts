import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divide, groupsOf, lotOf, lots } from './waves.ts'
import { rateAfter, refilled, timeToPlace } from './rate.ts'
import { skipOf, type Situation } from './eligible.ts'

const bands = (ordinary: number, more: [number, number][] = []) => new Map([[0, ordinary], ...more])

describe('dividing a campaign into waves', () => {
  it('takes counts and shares of all, and the last takes what is left', () => {
    expect(divide([{ count: 10 }, { percent: 25 }, { percent: 75 }], bands(1_000))).toEqual([
      { number: 1, band: 0, take: 10 },
      { number: 2, band: 0, take: 250 },
      { number: 3, band: 0, take: null },
    ])
  })
  it('adds a wave of the rest where the waves that were written do not reach everybody', () => {
    expect(divide([{ count: 10 }], bands(1_000)).at(-1)).toEqual({ number: 2, band: 0, take: null })
  })
  it('gives a group a wave of its own', () => {
    const plan = [{ group: 'friends' }, { percent: 100 }]
    expect(groupsOf(plan)).toEqual(new Map([[1, 'friends']]))
    expect(divide(plan, bands(90, [[1, 10]]))).toEqual([
      { number: 1, band: 1, take: null },
      { number: 2, band: 0, take: null },
    ])
  })
  it('grows by a factor until all have had their turn', () => {
    const waves = divide({ first: { count: 10 }, factor: 3 }, bands(500))
    expect(waves.map(({ take }) => take)).toEqual([10, 30, 90, 270, null])
  })
  it('reaches everybody, each device once, whatever the plan', () => {
    const size = fc.oneof(
      fc.record({ count: fc.integer({ min: 1, max: 500 }) }),
      fc.record({ percent: fc.integer({ min: 1, max: 40 }) }),
    )
    const growing = fc.record({ first: size, factor: fc.double({ min: 1, max: 10, noNaN: true }) })
    fc.assert(
      fc.property(
        fc.oneof(fc.array(size, { minLength: 1, maxLength: 5 }), growing),
        fc.nat({ max: 5_000 }),
        (plan, total) => {
          const waves = divide(plan, bands(total))
          const taken = waves.slice(0, -1).reduce((sum, { take }) => sum + take!, 0)
          expect(taken).toBeLessThanOrEqual(total)
          expect(waves.at(-1)!.take).toBe(null)
          expect(waves.map(({ number }) => number)).toEqual(waves.map((_, index) => index + 1))
        },
      ),
    )
  })
  it('draws lots evenly, and the same ones each time', () => {
    expect(lotOf('cmp-1', 'hh-1')).toBe(lotOf('cmp-1', 'hh-1'))
    const drawn = Array.from({ length: 2_000 }, (_, index) => lotOf('cmp-1', `hh-${index}`) / lots)
    expect(Math.max(...drawn)).toBeLessThan(1)
    expect(drawn.filter((lot) => lot < 0.1).length).toBeGreaterThan(140)
    expect(drawn.filter((lot) => lot < 0.1).length).toBeLessThan(260)
  })
})

describe('the rate of a campaign', () => {
  const rate = { perMinute: 60, grows: { factor: 2, every: 60_000, upTo: 200 } }
  it('grows step by step up to its bound', () => {
    expect([0, 59_999, 60_000, 120_000, 1e12].map((ran) => rateAfter(rate, ran))).toEqual([60, 60, 120, 200, 200])
  })
  it('fills a bucket that holds a minute’s worth', () => {
    expect(refilled(rate, 0, 1_000, 0)).toBe(1)
    expect(refilled(rate, 0, 1e9, 0)).toBe(60)
    expect(refilled(rate, 5, -1_000, 0)).toBe(5)
  })
  it('says how long so many orders take', () => {
    expect(timeToPlace({ perMinute: 60 }, 600)).toBe(540_000)
    expect(timeToPlace(rate, 60 + 120 + 200)).toBe(180_000)
  })
})

describe('who is left out', () => {
  const fine: Situation = {
    deviceState: 'active',
    subscription: { version: '1.0.0', state: 'active' },
    installed: '1.0.0',
    misfit: null,
  }
  it.each<[string, Parameters<typeof skipOf>[0], Partial<Situation>, string | null]>([
    ['a device that is to be changed', 'modify', {}, null],
    ['one in quarantine', 'modify', { deviceState: 'quarantined' }, 'quarantined'],
    [
      'one that has it',
      'modify',
      { installed: '2.0.0', subscription: { version: '2.0.0', state: 'active' } },
      'already-has-it',
    ],
    ['one that nothing fits', 'modify', { misfit: 'too little memory' }, 'does-not-fit'],
    ['a household without it', 'modify', { subscription: null }, 'no-subscription'],
    ['a household that has it, for an addition', 'add', {}, 'household-has-it'],
    ['a household without it, for an addition', 'add', { subscription: null, installed: null }, null],
    ['one that is not suspended', 'resume', {}, 'not-suspended'],
    [
      'one that is suspended',
      'suspend',
      { subscription: { version: '1.0.0', state: 'authorized+suspended' } },
      'already-suspended',
    ],
    ['one from which it is removed although it does not fit', 'remove', { misfit: 'x' }, null],
  ])('%s', (_, action, changes, kind) => {
    expect(skipOf(action, 'guide', '2.0.0', { ...fine, ...changes })?.kind ?? null).toBe(kind)
  })
})
