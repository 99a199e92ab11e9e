import { describe, expect, it } from 'vitest'
import { decide, type Situation } from './decide.ts'
import { nextAt } from './local-time.ts'

const situation = (now: string, more: Partial<Situation> = {}): Situation => ({
  now: Date.parse(now),
  deviceTimeZone: 'Europe/Berlin',
  householdTimeZone: 'UTC',
  sources: { household: {}, device: {} },
  ...more,
})
const night = { quietHours: { from: '22:00', to: '06:00' } }

describe('quiet hours', () => {
  it('hold a delivery back in the local time of the device, until they end', () => {
    const decision = decide(situation('2026-06-01T21:30:00Z', { sources: { household: night, device: {} } }))
    expect(decision).toMatchObject({ allowed: false, until: Date.parse('2026-06-02T04:00:00Z') })
    expect(decision.why).toContain('22:00–06:00 in Europe/Berlin')
  })
  it('let it go outside them', () => {
    expect(decide(situation('2026-06-01T19:30:00Z', { sources: { household: night, device: {} } })).allowed).toBe(true)
  })
  it('of the household win over those of the device, also when the household wants none', () => {
    const household = { quietHours: null }
    expect(decide(situation('2026-06-01T21:30:00Z', { sources: { household, device: night } })).allowed).toBe(true)
    expect(decide(situation('2026-06-01T21:30:00Z', { sources: { household: {}, device: night } })).allowed).toBe(false)
  })
  it('use the zone of the household while the device has reported none or nonsense', () => {
    const sources = { household: night, device: {} }
    for (const deviceTimeZone of [null, 'Mars/Olympus']) {
      const decision = decide(situation('2026-06-01T21:30:00Z', { deviceTimeZone, sources }))
      expect(decision.allowed).toBe(true)
      expect(decide(situation('2026-06-01T22:30:00Z', { deviceTimeZone, sources })).allowed).toBe(false)
    }
  })
  it('explain every rule that was looked at', () => {
    expect(decide(situation('2026-06-01T12:00:00Z')).rules).toEqual([
      { rule: 'quiet hours of the household', holds: true, detail: 'none set' },
      { rule: 'quiet hours of the device', holds: true, detail: 'none set' },
    ])
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
