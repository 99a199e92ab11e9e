import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policyDocument, type PolicyDocument } from '../../contract-policy-document.ts'
import { isForEveryone } from './breadth.ts'
import { checkPolicy } from './check-policy.ts'
import { judge, wouldDo } from './judge.ts'
import { loopThrough } from './loops.ts'
import { dueByZone, nextDue, nextLocal } from './schedule.ts'

const now = Date.UTC(2026, 2, 28, 12)
const orderGuide = { order: { items: [{ action: 'add', service: 'tv-guide' }] } }
const parse = (document: object): PolicyDocument =>
  policyDocument.parse({ name: 'greet', when: { event: 'device.enrolled' }, then: [orderGuide], ...document })
const findings = (document: object) =>
  checkPolicy(parse(document), now).map(({ pointer, detail }) => `${pointer}: ${detail}`)

describe('a policy document', () => {
  it('that is right has no findings', () => {
    expect(findings({})).toEqual([])
    const hold = { hold: { for: 'PT2H', deliveries: 'delivery.service != "security"' } }
    expect(findings({ when: { schedule: '0 20 * * SAT', timeZone: 'Europe/Berlin' }, then: [hold] })).toEqual([])
    expect(findings({ when: { localTime: '03:00', days: ['sun'] }, if: 'device.report.class == "phone"' })).toEqual([])
    const each = { of: 'subscription', service: '{event.subject}' }
    expect(
      findings({
        when: { event: 'device.enrolled', each },
        then: [
          {
            order: {
              household: '{subscription.household}',
              items: [{ action: 'modify', service: '{subscription.service}' }],
            },
          },
        ],
      }),
    ).toEqual([])
    expect(findings({ when: { before: 'delivery' }, if: 'delivery.bytes > 1000', then: [{ approve: {} }] })).toEqual([])
  })

  it.each<[string, object, RegExp]>([
    [
      'an event that there is not',
      { when: { event: 'device.exploded' } },
      /^\/when\/event: there is no event device\.exploded: of device there are .*device\.enrolled/,
    ],
    [
      'events of policies',
      { when: { event: ['device.enrolled', 'policy.fired'] } },
      /^\/when\/event\/1: policy\.fired comes from policies themselves/,
    ],
    ['CEL that is none', { if: 'event.type ==' }, /^\/if: is no CEL expression: .*\(line 1, character 12\)/],
    [
      'CEL of several lines',
      { if: 'event.type ==\n  "x" +* 1' },
      /^\/if: is no CEL expression: .*\(line 2, character 7\)/,
    ],
    [
      'a name that there is not',
      { if: 'devise.class == "phone"' },
      /^\/if: reads “devise”: here there are event, household, device/,
    ],
    [
      'a key that there is not',
      { if: 'device.clas == "phone"' },
      /^\/if: reads device\.clas: device has id, household, class/,
    ],
    ['a condition that is none', { if: 'device.class' }, /^\/if: gives no truth value/],
    ['a condition that never holds', { if: '1 > 2' }, /^\/if: never holds/],
    [
      'a loop in loops',
      {
        if: `[${'1,'.repeat(400)}1].all(a, [${'1,'.repeat(400)}1].all(b, [${'1,'.repeat(400)}1].all(c, a + b + c > 0)))`,
      },
      /^\/if: is too expensive/,
    ],
    [
      'a schedule that never comes',
      { when: { schedule: '0 0 30 2 *' }, then: [{ notify: { message: 'x' } }] },
      /^\/when\/schedule: “0 0 30 2 \*” never comes/,
    ],
    [
      'a schedule that is none',
      { when: { schedule: '61 * * * *' }, then: [{ notify: { message: 'x' } }] },
      /^\/when\/schedule: .*Invalid value for minute: 61/,
    ],
    [
      'a rule that is none',
      { when: { dtstart: '2026-06-01T03:00', rrule: 'FREQ=HOURLY' }, then: [{ notify: { message: 'x' } }] },
      /^\/when\/rrule: the rule repeats HOURLY/,
    ],
    [
      'a rule that is over',
      { when: { dtstart: '2020-06-01T03:00' }, then: [{ notify: { message: 'x' } }] },
      /^\/when\/dtstart: “2020-06-01T03:00” never comes/,
    ],
    [
      'a rule without its first time',
      { when: { schedule: '0 0 * * *', rrule: 'FREQ=DAILY' }, then: [{ notify: { message: 'x' } }] },
      /^\/when\/rrule: belongs to `dtstart`/,
    ],
    [
      'a schedule of seconds',
      { when: { schedule: '* * * * * *' }, then: [{ notify: { message: 'x' } }] },
      /^\/when\/schedule: .*requires exactly 5 parts/,
    ],
    [
      'a zone that there is not',
      { when: { schedule: '0 0 * * *', timeZone: 'Mars/Olympus' }, then: [{ notify: { message: 'x' } }] },
      /^\/when\/timeZone: there is no time zone Mars\/Olympus/,
    ],
    [
      'a household that a schedule does not have',
      { when: { schedule: '0 0 * * *' } },
      /^\/then\/0\/order\/household: reads “household”: here there are schedule, now/,
    ],
    [
      'a template that is not closed',
      { then: [{ notify: { message: 'x {event.type' } }] },
      /^\/then\/0\/notify\/message: is no CEL expression: a \{ is not closed \(line 1, character 3\)/,
    ],
    [
      'a template that gives an object',
      { then: [{ notify: { message: '{event}' } }] },
      /^\/then\/0\/notify\/message: \{event\} gives a list or an object/,
    ],
    [
      'an approval of nothing',
      { then: [orderGuide, { approve: {} }] },
      /^\/then\/1: nothing follows that could be approved/,
    ],
    [
      'an order before a delivery',
      { when: { before: 'delivery' } },
      /^\/then\/0: a policy before a delivery has one hold/,
    ],
    [
      'a duration that is none',
      { then: [{ hold: { for: '2 hours' } }] },
      /^\/then\/0\/hold\/for: “2 hours” is no duration/,
    ],
    ['a hold of a thousand years', { then: [{ hold: { for: 'P365000D' } }] }, /^\/then\/0\/hold\/for: .*too long/],
    [
      'an end that is no moment',
      { then: [{ hold: { until: '"tomorrow"' } }] },
      /^\/then\/0\/hold\/until: gives "tomorrow", not a moment/,
    ],
    [
      'a move to nowhere',
      { then: [{ order: { items: [{ action: 'move', service: 'x' }] } }] },
      /^\/then\/0\/order\/items\/0\/to: a move needs/,
    ],
    [
      'an item that waits for itself',
      { then: [{ order: { items: [{ action: 'add', service: 'x', after: [0] }] } }] },
      /^\/then\/0\/order\/items\/0\/after\/0: there is no other item 0/,
    ],
  ])('refuses %s, with the place', (_, document, expected) => {
    expect(findings(document)[0]).toMatch(expected)
  })

  it('has exactly one trigger, and each action is exactly one', () => {
    expect(() => parse({ when: { event: 'device.enrolled', before: 'delivery' } })).toThrow('exactly one of event')
    expect(() => parse({ then: [{ notify: { message: 'x' }, hold: { for: 'PT1H' } }] })).toThrow('exactly one of order')
  })

  it('never makes the check fail, whatever text it has in it', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }).filter((text) => text !== ''),
        (text) => {
          const document = { if: text, then: [{ notify: { message: text } }, { hold: { until: text, why: text } }] }
          for (const { detail } of checkPolicy(
            policyDocument.parse({ name: 'any', when: { schedule: text }, ...document }),
            now,
          ))
            expect(detail).not.toBe('')
        },
      ),
    )
  })
})

const device = { id: 'dev-1', household: 'hh-1', class: 'phone', reachable: true, report: null }
const situation = {
  event: {
    type: 'device.enrolled',
    subject: 'dev-1',
    household: 'hh-1',
    at: '2026-03-28T12:00:00Z',
    data: { class: 'phone' },
  },
  household: { id: 'hh-1', name: 'Meier', timeZone: 'UTC' },
  device,
  subscription: null,
  now: new Date(now),
}

describe('judging a policy', () => {
  it('says part by part what held, and does nothing when one did not', () => {
    const { held, clauses, actions } = judge(
      parse({ if: 'device.class == "phone" && device.report.os.name == "linux"' }),
      situation,
      now,
    )
    expect([held, actions]).toEqual([false, []])
    expect(clauses.map(({ held }) => held)).toEqual([true, false])
  })

  it('writes out the order, with the household it happened in', () => {
    const items = [{ action: 'add', service: 'guide-{device.class}', devices: ['{device.id}'] }]
    const order = { reference: 'for {event.subject}', items, priority: 2, requestedStart: '{now + duration("PT1H")}' }
    const { actions } = judge(parse({ then: [{ order }] }), situation, now)
    const wanted = {
      household: 'hh-1',
      reference: 'for dev-1',
      requestedStart: '2026-03-28T13:00:00Z',
      priority: 2,
      items: [{ action: 'add', service: 'guide-phone', devices: ['dev-1'] }],
    }
    expect(actions).toEqual([{ kind: 'order', wanted }])
    expect(wouldDo(actions[0]!)).toBe('order for hh-1: add guide-phone')
  })

  it('says of what cannot be written out why, and writes out the rest', () => {
    const then = [{ notify: { message: '{event.data.model}' } }, orderGuide]
    const { actions } = judge(parse({ then }), { ...situation, household: null }, now)
    expect(actions.map((action) => 'refusal' in action && action.refusal)).toEqual([
      expect.stringContaining('event.data.model') as string,
      expect.stringContaining('household.id') as string,
    ])
  })

  it('does not hold when its condition can no longer be read', () => {
    const { held, clauses } = judge({ ...parse({}), if: 'device.class ==' }, situation, now)
    expect([held, clauses[0]!.held, clauses[0]!.detail]).toEqual([false, false, expect.stringContaining('expecting')])
  })

  it('ends a hold when it says, and refuses one that has ended already', () => {
    const ends = (hold: object) => judge(parse({ then: [{ hold }] }), situation, now).actions[0]!
    expect(ends({ for: 'PT2H' })).toMatchObject({ wanted: { until: now + 7_200_000, deliveries: 'true' } })
    expect(ends({ until: 'now + duration("P1D")' })).toMatchObject({ wanted: { until: now + 86_400_000 } })
    expect(ends({ until: 'now - duration("P1D")' })).toMatchObject({ refusal: expect.stringContaining('ended') })
  })
})

describe('schedules', () => {
  it('are due in their zone, also over the change to summer time', () => {
    expect(nextDue('30 2 * * *', 'Europe/Berlin', now)).toBe(Date.UTC(2026, 2, 29, 1))
    expect(nextDue('0 20 * * SAT', 'Europe/Berlin', now)).toBe(Date.UTC(2026, 2, 28, 19))
    expect(nextDue('30 2 * * *', 'Europe/Berlin', Date.UTC(2026, 9, 24, 22))).toBe(Date.UTC(2026, 9, 25, 0, 30))
    expect(nextDue('30 2 * * *', 'Europe/Berlin', Date.UTC(2026, 9, 25, 0, 30))).toBe(Date.UTC(2026, 9, 26, 1, 30))
  })
  it('are written as iCalendar rules, too: the first time, how it repeats, and what is left out', () => {
    const lastSunday = { dtstart: '2026-01-25T03:00', rrule: 'FREQ=MONTHLY;BYDAY=-1SU', exdate: ['2026-03-29T03:00'] }
    expect(nextDue(lastSunday, 'Europe/Berlin', Date.UTC(2026, 1, 1))).toBe(Date.UTC(2026, 1, 22, 2))
    expect(nextDue(lastSunday, 'Europe/Berlin', Date.UTC(2026, 1, 22, 2))).toBe(Date.UTC(2026, 3, 26, 1))
    const once = { dtstart: '2026-06-01T12:00' }
    expect(nextDue(once, 'Asia/Tokyo', now)).toBe(Date.UTC(2026, 5, 1, 3))
    expect(nextDue(once, 'Asia/Tokyo', Date.UTC(2026, 5, 1, 3))).toBeNull()
  })
  it('never stand still: the next is always later', () => {
    fc.assert(
      fc.property(
        fc.nat(59),
        fc.nat(23),
        fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC'),
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) }),
        (minute, hour, zone, after) => {
          const due = nextDue(`${minute} ${hour} * * *`, zone, after)!
          expect(due).toBeGreaterThan(after)
          expect(due - after).toBeLessThanOrEqual(26 * 3_600_000)
        },
      ),
      { numRuns: 200 },
    )
  })
  it('of devices come together for zones in which it is the same time', () => {
    const due = dueByZone('03:00', [], ['Europe/Berlin', 'Europe/Paris', 'Asia/Tokyo'], now)
    expect([...due]).toEqual([
      [Date.UTC(2026, 2, 29, 1), ['Europe/Berlin', 'Europe/Paris']],
      [Date.UTC(2026, 2, 28, 18), ['Asia/Tokyo']],
    ])
  })
  it('of devices keep to their days', () => {
    expect(nextLocal('03:00', ['wed'], 'Asia/Tokyo', now)).toBe(Date.UTC(2026, 2, 31, 18))
  })
})

describe('loops', () => {
  const policy = (id: string, event: string, service: string, more: object = {}) => ({
    id,
    document: parse({
      name: id,
      when: { event },
      then: [{ order: { items: [{ action: 'modify', service }] } }],
      ...more,
    }),
  })
  const ring = (more: object = {}) => [
    policy('aaa', 'subscription.active', 'one'),
    policy('bbb', 'delivery.failed', 'two', more),
  ]
  it('of two policies, and of one with itself, are found', () => {
    expect(loopThrough('aaa', [policy('aaa', 'order.completed', 'one')])).toHaveLength(1)
    expect(loopThrough('aaa', [...ring(), policy('ccc', 'device.enrolled', 'x')])!.length).toBeGreaterThan(0)
    expect(loopThrough('ccc', [...ring(), policy('ccc', 'device.enrolled', 'x')])).toBeNull()
  })
  it('are none when `if` cannot hold for what the orders bring about', () => {
    const a = (condition: string) => policy('aaa', 'subscription.active', 'one', { if: condition })
    expect(loopThrough('aaa', [a('event.data.service == "two"')])).toBeNull()
    expect(loopThrough('aaa', [a('event.data.service == "one"')])).not.toBeNull()
    expect(loopThrough('aaa', [a('event.data.service.startsWith("o") && event.data.version == "2"')])).not.toBeNull()
    expect(
      loopThrough('aaa', [policy('aaa', 'order.failed', 'one', { if: 'event.data.origin.kind == "person"' })]),
    ).toBeNull()
  })
  it('are ended by a limit of one of them', () => {
    const limits = { perHouseholdPerDay: 1 }
    const calm = [policy('aaa', 'order.completed', 'one', { limits })]
    expect(loopThrough('aaa', calm)).toBeNull()
    expect(
      loopThrough('aaa', [policy('aaa', 'order.completed', 'x', { if: 'event.subject != "y"' }), ...calm.slice(1)]),
    ).not.toBeNull()
  })
})

describe('a policy for everyone', () => {
  it.each([
    [10, 10, false],
    [11, 11, true],
    [11, 1000, false],
    [101, 1000, true],
    [0, 0, false],
  ])('%i of %i households: %s', (households, of, expected) => {
    expect(isForEveryone(households, of)).toBe(expected)
  })
})
