import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mostWaiting, planArrival, type Arrival, type Crowd } from './arrival.ts'

const day = 86_400_000
const empty: Crowd = { ofTenant: 0, ofSource: 0, oldest: null }
const stranger: Arrival = { identity: 'GW-1', rule: null, device: null }
const rule = { household: 'hh-1', class: 'gateway', approval: 'none' } as const
const always = () => true
const never = () => false

describe('an unknown device that has proved something', () => {
  test('comes in by itself only by a rule that says household and class and holds, and never as one that is there', () => {
    const enrol = { kind: 'enrol', household: 'hh-1', class: 'gateway' }
    expect(planArrival({ ...stranger, rule }, null, empty, 0, always)).toEqual(enrol)
    expect(planArrival({ ...stranger, rule }, null, empty, 0, never)).toEqual({ kind: 'wait', instead: null })
    for (const lacking of [{ ...rule, household: null }, { ...rule, class: null }, null])
      expect(planArrival({ ...stranger, rule: lacking }, null, empty, 0, always).kind).toBe('wait')
    expect(planArrival({ ...stranger, rule, device: 'dev-1' }, null, empty, 0, always).kind).toBe('wait')
  })

  test('gets the answer that it had; that it was here is written once an hour', () => {
    const ticket = { id: 'enr-1', state: 'waiting', seenAt: 0 } as const
    const again = (now: number) => planArrival(stranger, ticket, empty, now, never)
    expect(again(3_599_999)).toEqual({ kind: 'known', ticket: 'enr-1', touch: false })
    expect(again(3_600_000)).toEqual({ kind: 'known', ticket: 'enr-1', touch: true })
    expect(planArrival({ ...stranger, rule }, { ...ticket, state: 'refused' }, empty, 0, always)).toEqual({
      kind: 'refuse',
    })
    expect(planArrival(stranger, { ...ticket, state: 'enrolled' }, empty, 0, never).kind).toBe('wait')
  })

  test('never makes more wait than may, whoever comes in whatever order', () => {
    const arrivals = fc.array(
      fc.record({ source: fc.nat(3), batch: fc.boolean(), after: fc.constantFrom(0, 1000, day) }),
      { maxLength: 300 },
    )
    const small = (crowd: Crowd): Crowd => ({ ...crowd, ofTenant: crowd.ofTenant * 20, ofSource: crowd.ofSource * 5 })
    fc.assert(
      fc.property(arrivals, (all) => {
        let now = 0
        let waiting: { id: string; source: string; seenAt: number }[] = []
        for (const [n, { source, batch, after }] of all.entries()) {
          now += after
          const from = `${batch} ${source}`
          const oldest = waiting[0] ?? null
          const crowd = {
            ofTenant: waiting.length,
            ofSource: waiting.filter((each) => each.source === from).length,
            oldest,
          }
          const arrival = { ...stranger, rule: batch ? { ...rule, approval: 'person' } : null }
          const plan = planArrival(arrival, null, small(crowd), now, never)
          if (plan.kind !== 'wait') continue
          const displaced = plan.instead === null ? day : now - oldest!.seenAt
          expect(displaced).toBeGreaterThanOrEqual(day)
          waiting = waiting.filter(({ id }) => id !== plan.instead)
          waiting.push({ id: String(n), source: from, seenAt: now })
          expect(waiting.length * 20).toBeLessThanOrEqual(mostWaiting.tenant)
          const same = waiting.filter((each) => each.source === from).length * 5
          expect(same).toBeLessThanOrEqual(batch ? mostWaiting.gateway : mostWaiting.address)
        }
      }),
    )
  })
})
