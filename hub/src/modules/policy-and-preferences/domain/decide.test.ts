import { describe, expect, it } from 'vitest'
import { combine, decide } from './decide.ts'
import { nextAt } from './local-time.ts'
import type { Sources } from './preferences/matters.ts'
import type { RuleVerdict } from './rule.ts'
import { consentKey, type ConsentState, type Facts, type Situation } from './situation.ts'

const facts: Facts = {
  kind: 'install',
  service: 'radio',
  version: '2.0.0',
  bytes: 5_000_000,
  priority: 4,
  origin: 'person',
}

const situation = (now: string, sources: Sources = {}, more: Partial<Situation> = {}): Situation => ({
  now: Date.parse(now),
  sources,
  zone: { name: 'Europe/Berlin', source: 'device’s report' },
  delivery: facts,
  network: null,
  meteredThisMonth: 0,
  service: { categories: [], rating: 0 },
  consents: new Map(),
  ...more,
})
const judged = (name: string, of: Situation) => decide(of).rules.find(({ rule }) => rule === name)!
const night = { quietHours: { from: '22:00', to: '06:00' } }
const atNight = '2026-06-01T21:30:00Z'
const noon = '2026-06-01T12:00:00Z'

describe('quiet hours', () => {
  it('hold a delivery back in the local time of the device, until they end', () => {
    const decision = decide(situation(atNight, { household: night }))
    expect(decision).toMatchObject({ verdict: 'later', until: Date.parse('2026-06-02T04:00:00Z') })
    expect(decision.why).toBe('held by the quiet hours of the household, 22:00–06:00 in Europe/Berlin')
  })
  it('let it go outside them', () => {
    expect(decide(situation('2026-06-01T19:30:00Z', { household: night })).verdict).toBe('now')
  })
  it('of the household win over those of the device, also when the household wants none', () => {
    expect(decide(situation(atNight, { household: { quietHours: null }, device: night })).verdict).toBe('now')
    expect(decide(situation(atNight, { household: {}, device: night })).verdict).toBe('later')
  })
  it('of the tenant are a default, unless they bind', () => {
    const household = { quietHours: null }
    expect(decide(situation(atNight, { tenant: night })).verdict).toBe('later')
    expect(decide(situation(atNight, { tenant: night, household })).verdict).toBe('now')
    const bound = decide(situation(atNight, { tenant: { ...night, binding: ['quietHours'] }, household }))
    expect(bound.why).toBe('held by the quiet hours of the tenant (binding), 22:00–06:00 in Europe/Berlin')
  })
  it('let the highest priority through, unless somebody says that it waits', () => {
    const urgent = { delivery: { ...facts, priority: 0 } }
    expect(judged('quiet hours', situation(atNight, { household: night }, urgent))).toMatchObject({
      holds: true,
      detail: '22:00–06:00 in Europe/Berlin; its order has the highest priority',
    })
    const law = { urgent: 'waits', binding: ['urgent'] } as const
    const waits = decide(
      situation(atNight, { tenant: { ...law, binding: [...law.binding] }, household: night }, urgent),
    )
    expect(waits.why).toContain('the highest priority waits, too, says the tenant (binding)')
  })
  it('do not keep what puts back a failed change waiting', () => {
    expect(decide(situation(atNight, { household: night }, { delivery: { ...facts, origin: 'hub' } })).verdict).toBe(
      'now',
    )
  })
})

describe('windows', () => {
  const weekends = {
    kind: 'allow' as const,
    dtstart: '2026-01-03T22:00',
    rrule: 'FREQ=WEEKLY;BYDAY=SA',
    duration: 'PT4H',
  }
  it('hold a delivery until the next one opens', () => {
    const decision = decide(situation(noon, { device: { windows: [weekends] } }))
    expect(decision).toMatchObject({ verdict: 'later', until: Date.parse('2026-06-06T20:00:00Z') })
    expect(decision.why).toBe(
      'held by the windows of the device, outside of the allow window 22:00 for PT4H (FREQ=WEEKLY;BYDAY=SA) in Europe/Berlin',
    )
  })
  it('that are over for ever hold it until somebody writes others', () => {
    const over = { ...weekends, rrule: 'FREQ=WEEKLY;BYDAY=SA;UNTIL=20260201' }
    expect(decide(situation(noon, { device: { windows: [over] } }))).toMatchObject({ verdict: 'later', until: null })
  })
  it('beside quiet hours: the later of both counts, and both are named', () => {
    const decision = decide(situation(atNight, { household: night, device: { windows: [weekends] } }))
    expect(decision.until).toBe(Date.parse('2026-06-06T20:00:00Z'))
    expect(decision.why).toContain('quiet hours of the household')
    expect(decision.why).toContain('and by the windows of the device')
  })
})

describe('a metered link', () => {
  const mobile = { network: { metered: true, type: 'cellular' } }
  const only = { device: { metered: 'unmetered-only' as const } }
  it('is no matter while the device does not say that it has one', () => {
    expect(decide(situation(noon, only)).verdict).toBe('now')
    expect(decide(situation(noon, only, { network: { metered: false, type: 'wifi' } })).verdict).toBe('now')
  })
  it('holds installs until the link is another, removals never', () => {
    expect(decide(situation(noon, only, mobile))).toMatchObject({ verdict: 'later', until: null })
    const removal = { ...mobile, delivery: { ...facts, kind: 'remove' } }
    expect(decide(situation(noon, only, removal)).verdict).toBe('now')
  })
  it('lets through what is small enough', () => {
    const limit = (bytes: number) => ({ device: { metered: { perDelivery: bytes } } })
    expect(decide(situation(noon, limit(5_000_000), mobile)).verdict).toBe('now')
    expect(decide(situation(noon, limit(4_999_999), mobile)).why).toContain(
      '5 MB are more than the 5 MB of one delivery',
    )
  })
  it('holds what is more than the month has left, until the next month begins there', () => {
    const sources = { device: { metered: { perMonth: 20_000_000 } } }
    expect(decide(situation(noon, sources, { ...mobile, meteredThisMonth: 15_000_000 })).verdict).toBe('now')
    expect(decide(situation(noon, sources, { ...mobile, meteredThisMonth: 15_000_001 }))).toMatchObject({
      verdict: 'later',
      until: Date.parse('2026-06-30T22:00:00Z'),
    })
  })
  it('holds what no month could carry until something changes', () => {
    const sources = { device: { metered: { perMonth: 1_000_000 } } }
    expect(decide(situation(noon, sources, mobile))).toMatchObject({ verdict: 'later', until: null })
  })
})

describe('automatic updates', () => {
  const by = (origin: string, setting: object, consents = new Map<string, ConsentState>()) =>
    decide(situation(noon, { household: { autoUpdate: setting } }, { delivery: { ...facts, origin }, consents }))
  it('that are off refuse what policies and campaigns order, never what a person orders', () => {
    expect(by('policy', { default: 'off' })).toMatchObject({ verdict: 'never' })
    expect(by('campaign', { default: 'off' }).why).toContain('off: what a campaign orders is not installed')
    expect(by('person', { default: 'off' }).verdict).toBe('now')
  })
  it('of one service go by its own setting', () => {
    expect(by('policy', { default: 'off', services: { radio: 'on' } }).verdict).toBe('now')
    expect(by('policy', { services: { radio: 'off' } }).verdict).toBe('never')
    expect(by('policy', { services: { other: 'off' } }).verdict).toBe('now')
  })
  it('that are asked about wait for the answer, and go by it', () => {
    const subject = { kind: 'update', target: 'radio@2.0.0' } as const
    expect(by('policy', { default: 'ask' })).toMatchObject({ verdict: 'later', until: null, asks: [subject] })
    const answered = (state: ConsentState) => by('policy', { default: 'ask' }, new Map([[consentKey(subject), state]]))
    expect(answered('asked')).toMatchObject({ verdict: 'later', asks: [] })
    expect(answered('granted').verdict).toBe('now')
    expect(answered('denied').verdict).toBe('never')
  })
})

describe('consent', () => {
  const film = { service: { categories: ['film', 'adult'], rating: 18 } }
  it('is asked for everything that any source wants asked, all at once', () => {
    const sources = {
      tenant: { consent: { categories: ['adult'] } },
      household: { consent: { services: ['radio', 'tv'] } },
    }
    const decision = decide(situation(noon, sources, film))
    expect(decision.asks).toEqual([
      { kind: 'category', target: 'adult' },
      { kind: 'service', target: 'radio' },
    ])
    const one = new Map<string, ConsentState>([['category/adult', 'granted']])
    expect(decide(situation(noon, sources, { ...film, consents: one }))).toMatchObject({ verdict: 'later' })
    const both = new Map<string, ConsentState>([...one, ['service/radio', 'granted']])
    expect(decide(situation(noon, sources, { ...film, consents: both })).verdict).toBe('now')
  })
  it('that was denied refuses, and that was taken back holds', () => {
    const sources = { household: { consent: { services: ['radio'] } } }
    const answered = (state: ConsentState) =>
      decide(situation(noon, sources, { consents: new Map([['service/radio', state]]) }))
    expect(answered('denied').why).toBe('refused by the consent of the household, the household has declined radio')
    expect(answered('revoked')).toMatchObject({ verdict: 'later', until: null, asks: [] })
  })
})

describe('the parental limit', () => {
  it('is the strictest that anybody sets: a household does not lift that of a child’s device', () => {
    const limit = (maximumRating: number) => ({ parental: { maximumRating } })
    const rated = (rating: number) => ({ service: { categories: [], rating } })
    const sources = { household: limit(18), user: limit(16), device: limit(12) }
    expect(decide(situation(noon, sources, rated(12))).verdict).toBe('now')
    expect(decide(situation(noon, sources, rated(13))).why).toBe(
      'refused by the parental limit of the device, radio is rated 13, the limit is 12',
    )
    expect(decide(situation(noon, { household: { parental: null } }, rated(18))).verdict).toBe('now')
  })
})

describe('a decision', () => {
  it('names every rule that was looked at, with what it went by', () => {
    expect(decide(situation(noon)).rules.map(({ rule, holds, detail }) => [rule, holds, detail])).toEqual([
      ['parental limit', true, 'none set'],
      ['consent', true, 'none needed'],
      ['automatic updates', true, 'nothing set: on'],
      ['quiet hours', true, 'none set'],
      ['windows', true, 'none set'],
      ['metered link', true, 'no limit set'],
    ])
  })
  it('is never before later before now, and open-ended before any time', () => {
    const rule = (verdict: RuleVerdict['verdict'], until: number | null): RuleVerdict => {
      return { rule: verdict, source: '', holds: verdict === 'now', verdict, until, detail: 'd' }
    }
    expect(combine([rule('now', null), rule('later', 5), rule('later', 9)])).toMatchObject({
      verdict: 'later',
      until: 9,
    })
    expect(combine([rule('later', 5), rule('later', null)])).toMatchObject({ verdict: 'later', until: null })
    expect(combine([rule('later', 5), rule('never', null)])).toMatchObject({ verdict: 'never', until: null })
  })
})

describe('the next time a clock shows a time of day', () => {
  it('is right over the change to summer time and back', () => {
    // Berlin goes from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25.
    expect(nextAt(Date.parse('2026-03-28T22:00:00Z'), 6 * 60, 'Europe/Berlin')).toBe(Date.parse('2026-03-29T04:00:00Z'))
    expect(nextAt(Date.parse('2026-10-24T21:00:00Z'), 6 * 60, 'Europe/Berlin')).toBe(Date.parse('2026-10-25T05:00:00Z'))
  })
  it('ends at a time that exists when the day leaves the wanted one out', () => {
    const at = nextAt(Date.parse('2026-03-28T22:00:00Z'), 2 * 60 + 30, 'Europe/Berlin')
    expect(at).toBeGreaterThan(Date.parse('2026-03-29T00:59:00Z'))
    expect(at).toBeLessThanOrEqual(Date.parse('2026-03-29T02:00:00Z'))
  })
  it('is never now: at 06:00 sharp the next 06:00 is tomorrow', () => {
    expect(nextAt(Date.parse('2026-06-01T04:00:00Z'), 6 * 60, 'Europe/Berlin')).toBe(Date.parse('2026-06-02T04:00:00Z'))
  })
})
