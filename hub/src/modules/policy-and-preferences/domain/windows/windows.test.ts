import { array, assert, constantFrom, integer, property, record, subarray, type Arbitrary } from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { CallerError } from '../../../../platform/errors.ts'
import { checkWindows } from './check.ts'
import { dayLength } from './civil.ts'
import { openingAt } from './openings.ts'
import { recurrenceOf, startsFrom } from './recurrence.ts'
import { readRule } from './rule.ts'
import { readWindow, type WindowText } from './window.ts'
import { instantOf, readingAt } from './zone.ts'

const allow = (dtstart: string, rrule: string | undefined, duration: string, more: object = {}): WindowText => ({
  kind: 'allow',
  dtstart,
  duration,
  ...(rrule === undefined ? {} : { rrule }),
  ...more,
})

/** Starts of a rule, as local dates with times. */
function starts(dtstart: string, rrule: string, count: number): string[] {
  const start = Date.parse(`${dtstart}:00Z`)
  const found: string[] = []
  for (const at of startsFrom(recurrenceOf(start, readRule(rrule), []), start, start + 60 * 366 * dayLength)) {
    found.push(new Date(at).toISOString().slice(0, 16))
    if (found.length === count) break
  }
  return found
}

describe('a rule', () => {
  // RFC 5545, 3.8.5.3, its examples with their dates.
  test.each([
    [
      '1997-09-02T09:00',
      'FREQ=DAILY;INTERVAL=10;COUNT=5',
      ['1997-09-02', '1997-09-12', '1997-09-22', '1997-10-02', '1997-10-12'],
    ],
    [
      '1998-01-01T09:00',
      'FREQ=YEARLY;UNTIL=20000131;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA',
      ['1998-01-01', '1998-01-02', '1998-01-03'],
    ],
    ['1997-09-02T09:00', 'FREQ=WEEKLY;INTERVAL=2;WKST=SU', ['1997-09-02', '1997-09-16', '1997-09-30', '1997-10-14']],
    [
      '1997-09-01T09:00',
      'FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224;WKST=SU;BYDAY=MO,WE,FR',
      ['1997-09-01', '1997-09-03', '1997-09-05', '1997-09-15', '1997-09-17'],
    ],
    [
      '1997-08-05T09:00',
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
      ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24'],
    ],
    [
      '1997-08-05T09:00',
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
      ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31'],
    ],
    ['1997-09-05T09:00', 'FREQ=MONTHLY;COUNT=10;BYDAY=1FR', ['1997-09-05', '1997-10-03', '1997-11-07', '1997-12-05']],
    [
      '1997-09-07T09:00',
      'FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU',
      ['1997-09-07', '1997-09-28', '1997-11-02', '1997-11-30'],
    ],
    ['1997-09-28T09:00', 'FREQ=MONTHLY;BYMONTHDAY=-3', ['1997-09-28', '1997-10-29', '1997-11-28', '1997-12-29']],
    [
      '1997-09-30T09:00',
      'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1',
      ['1997-09-30', '1997-10-01', '1997-10-31', '1997-11-01'],
    ],
    [
      '1997-01-01T09:00',
      'FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200',
      ['1997-01-01', '1997-04-10', '1997-07-19', '2000-01-01', '2000-04-09'],
    ],
    ['1997-05-19T09:00', 'FREQ=YEARLY;BYDAY=20MO', ['1997-05-19', '1998-05-18', '1999-05-17']],
    ['1997-05-12T09:00', 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', ['1997-05-12', '1998-05-11', '1999-05-17']],
    [
      '1997-09-02T09:00',
      'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
      ['1998-02-13', '1998-03-13', '1998-11-13', '1999-08-13', '2000-10-13'],
    ],
    [
      '1996-11-05T09:00',
      'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
      ['1996-11-05', '2000-11-07', '2004-11-02'],
    ],
    ['1997-09-04T09:00', 'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', ['1997-09-04', '1997-10-07', '1997-11-06']],
    [
      '1997-09-29T09:00',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
      ['1997-09-29', '1997-10-30', '1997-11-27', '1997-12-30'],
    ],
    [
      '2007-01-15T09:00',
      'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5',
      ['2007-01-15', '2007-01-30', '2007-02-15', '2007-03-15', '2007-03-30'],
    ],
  ])('from %s, %s', (dtstart, rrule, dates) => {
    expect(starts(dtstart, rrule, dates.length)).toEqual(dates.map((date) => `${date}T09:00`))
  })

  it('starts several times a day where it names hours', () => {
    expect(starts('2026-01-01T06:30', 'FREQ=DAILY;BYHOUR=6,18', 3)).toEqual([
      '2026-01-01T06:30',
      '2026-01-01T18:30',
      '2026-01-02T06:30',
    ])
  })

  it('is reached as quickly from far as from near', () => {
    const recurrence = recurrenceOf(Date.UTC(1970, 0, 1), readRule('FREQ=DAILY;INTERVAL=3'), [])
    let looked = 0
    for (const at of startsFrom(recurrence, Date.UTC(2500, 0, 1), Date.UTC(2501, 0, 1))) {
      looked += 1
      expect((at / dayLength) % 3).toBe(0)
      if (looked === 3) break
    }
    expect(looked).toBe(3)
  })

  test.each([
    ['FREQ=HOURLY', /repeats HOURLY/],
    ['BYDAY=SA', /has no FREQ/],
    ['FREQ=DAILY;BYSECOND=1', /seconds/],
    ['FREQ=DAILY;UNTIL=20260101T000000Z', /leave the Z out/],
    ['FREQ=DAILY;COUNT=3;UNTIL=20260101', /one of them/],
    ['FREQ=WEEKLY;BYDAY=1MO', /counts weekdays/],
    ['FREQ=WEEKLY;BYMONTHDAY=1', /BYMONTHDAY/],
    ['FREQ=MONTHLY;BYMONTHDAY=0', /0 in BYMONTHDAY/],
    ['FREQ=MONTHLY;BYMONTHDAY=32', /from -31 to 31/],
    ['FREQ=DAILY;INTERVAL=0', /INTERVAL goes from 1/],
    ['FREQ=DAILY;BYSETPOS=1', /without another BY/],
    ['FREQ=DAILY;X-OWN=1', /not RRULE's/],
    ['FREQ=YEARLY;COUNT=1000;BYMONTH=2;BYMONTHDAY=29', /more than 40 years/],
    ['FREQ=DAILY;FREQ=DAILY', /twice/],
  ])('%s is refused in words', (rrule, words) => {
    expect(() => readWindow(allow('2026-01-01T08:00', rrule, 'PT1H'))).toThrow(words)
  })
})

/** `code pointer` of what a list is refused with; '' when it is taken. */
function refusal(list: readonly WindowText[], quietHours: { from: string; to: string } | null = null): string {
  try {
    checkWindows(list, Date.UTC(2026, 5, 1), quietHours)
    return ''
  } catch (error) {
    if (!(error instanceof CallerError)) throw error
    return `${error.code} ${error.places[0]?.pointer}`
  }
}

describe('windows are refused', () => {
  test.each<[string, WindowText[], string]>([
    [
      'on 30 February',
      [allow('2026-01-01T22:00', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'PT4H')],
      'window-never-opens /windows/0/rrule',
    ],
    [
      'all over',
      [allow('2026-01-01T22:00', 'FREQ=DAILY;UNTIL=20260201', 'PT4H')],
      'window-never-opens /windows/0/rrule',
    ],
    [
      'whose only day is excepted',
      [allow('2027-01-01T22:00', undefined, 'PT4H', { exdate: ['2027-01-01T22:00'] })],
      'window-never-opens /windows/0/rrule',
    ],
    [
      'that are denied whole',
      [
        allow('2026-01-01T22:00', 'FREQ=DAILY', 'PT4H'),
        { ...allow('2026-01-01T21:00', 'FREQ=DAILY', 'PT6H'), kind: 'deny' },
      ],
      'window-never-opens /windows',
    ],
    [
      'that overlap themselves',
      [allow('2026-01-01T22:00', 'FREQ=DAILY', 'P2D')],
      'window-overlaps-itself /windows/0/duration',
    ],
    ['of no length', [allow('2026-01-01T22:00', 'FREQ=DAILY', 'PT0S')], 'invalid-window /windows/0/duration'],
    ['of a year', [allow('2026-01-01T22:00', undefined, 'P366D')], 'invalid-window /windows/0/duration'],
    ['of months', [allow('2026-01-01T22:00', undefined, 'P1M')], 'invalid-window /windows/0/duration'],
    ['from 31 June', [allow('2026-06-31T22:00', undefined, 'PT1H')], 'invalid-window /windows/0/dtstart'],
    ['in a zone of their own', [allow('2026-06-01T22:00Z', undefined, 'PT1H')], 'invalid-window /windows/0/dtstart'],
  ])('%s', (_what, list, expected) => {
    expect(refusal(list)).toBe(expected)
  })

  it('within quiet hours that cover them', () => {
    const list = [allow('2026-01-01T23:00', 'FREQ=DAILY', 'PT2H')]
    expect(refusal(list)).toBe('')
    expect(refusal(list, { from: '22:00', to: '06:00' })).toBe('window-never-opens /windows')
    expect(refusal(list, { from: '23:30', to: '06:00' })).toBe('')
  })

  it('before anybody has counted to the end of days', () => {
    const never = Array.from({ length: 20 }, () =>
      allow('1970-01-01T00:00', 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'PT1H'),
    )
    expect(refusal(never)).toBe('window-never-opens /windows/0/rrule')
  })
})

const minute = 60_000

describe('over changes of the clock', () => {
  it('a time that a night leaves out is read with the offset before: 02:30 becomes 03:30', () => {
    expect(new Date(instantOf(Date.UTC(2026, 2, 29, 2, 30), 'Europe/Berlin')).toISOString()).toBe(
      '2026-03-29T01:30:00.000Z',
    )
    expect(readingAt(Date.UTC(2026, 2, 29, 1, 30), 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 3, 30))
  })
  it('of a time that a night has twice the first is meant', () => {
    expect(new Date(instantOf(Date.UTC(2026, 9, 25, 2, 30), 'Europe/Berlin')).toISOString()).toBe(
      '2026-10-25T00:30:00.000Z',
    )
  })
  it('a day that an island never had is passed over', () => {
    // Apia went from 29 to 31 December 2011.
    expect(readingAt(instantOf(Date.UTC(2011, 11, 30, 12), 'Pacific/Apia'), 'Pacific/Apia')).toBe(
      Date.UTC(2011, 11, 31, 12),
    )
  })

  /** Nights in which clocks are changed, by one hour, by half an hour, at midnight. */
  const nights = [
    ['Europe/Berlin', Date.UTC(2026, 2, 29)],
    ['Europe/Berlin', Date.UTC(2026, 9, 25)],
    ['America/New_York', Date.UTC(2026, 10, 1)],
    ['Australia/Lord_Howe', Date.UTC(2026, 3, 5)],
    ['Australia/Lord_Howe', Date.UTC(2026, 9, 4)],
    ['Asia/Beirut', Date.UTC(2026, 2, 29)],
    ['Africa/Cairo', Date.UTC(2026, 3, 24)],
  ] as const

  const window = record({
    kind: constantFrom('allow' as const, 'deny' as const),
    hour: integer({ min: 0, max: 23 }),
    quarter: integer({ min: 0, max: 3 }),
    weekdays: subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
    length: integer({ min: 1, max: 95 }),
  })
  type Drawn = typeof window extends Arbitrary<infer T> ? T : never
  const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

  const textOf = ({ kind, hour, quarter, weekdays, length }: Drawn): WindowText => ({
    kind,
    dtstart: `2020-01-06T${String(hour).padStart(2, '0')}:${String(quarter * 15).padStart(2, '0')}`,
    rrule: `FREQ=WEEKLY;BYDAY=${weekdays.map((day) => names[day]).join(',')}`,
    duration: `PT${length * 15}M`,
  })

  const lead = 3 * 24 * 60
  const clockOf = (timeZone: string, from: number, to: number): number[] => {
    const shown: number[] = []
    for (let at = from - lead * minute; at < to; at += minute) shown.push(readingAt(at, timeZone))
    return shown
  }

  /** Minute by minute, knowing nothing but what the place's clock shows: which minutes are open. */
  function oracle(drawn: readonly Drawn[], shown: readonly number[]): boolean[] {
    const inside = drawn.map(() => new Uint8Array(shown.length))
    for (const [index, { hour, quarter, weekdays, length }] of drawn.entries()) {
      const wanted = hour * 60 + quarter * 15
      for (let day = Math.floor(shown[0]! / dayLength); day * dayLength <= shown.at(-1)!; day += 1) {
        if (!weekdays.includes((day + 3) % 7)) continue
        const start = day * dayLength + wanted * minute
        let first = shown.indexOf(start)
        // Left out: as long after the jump as it would have been before it.
        if (first < 0) {
          const jump = shown.findIndex((reading, at) => at > 0 && shown[at - 1]! < start && reading > start)
          if (jump < 0) continue
          first = jump + (start - shown[jump - 1]!) / minute - 1
        }
        inside[index]!.fill(1, first, first + length * 15)
      }
    }
    const allowing = drawn.some(({ kind }) => kind === 'allow')
    return shown.slice(lead).map((_reading, offset) => {
      const open = (kind: string) =>
        drawn.some((each, index) => each.kind === kind && inside[index]![lead + offset] === 1)
      return !open('deny') && (!allowing || open('allow'))
    })
  }

  test.each(nights)(
    'what is open in %s around %d is what the clock on the wall says, minute by minute',
    (timeZone, night) => {
      const [from, to] = [night - dayLength, night + 2 * dayLength]
      const shown = clockOf(timeZone, from, to)
      assert(
        property(array(window, { minLength: 1, maxLength: 3 }), (drawn) => {
          const expected = oracle(drawn, shown)
          const windows = drawn.map((each) => readWindow(textOf(each)))
          const wrong: unknown[] = []
          for (let offset = 0; offset < expected.length; offset += 7) {
            const next = expected.indexOf(true, offset)
            const opening = openingAt(windows, from + offset * minute, timeZone)
            const until = opening.open ? from + offset * minute : (opening.until ?? Infinity)
            // What the oracle has not looked at must lie behind it.
            const right = next < 0 ? until >= to : until === from + next * minute
            if (!right) wrong.push({ offset, next, opening })
          }
          expect(wrong).toEqual([])
        }),
        { numRuns: 12 },
      )
    },
  )
})
