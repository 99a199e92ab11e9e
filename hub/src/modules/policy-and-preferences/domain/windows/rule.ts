import { RuleFault, numbers, whole } from './fault.ts'
import { readLocal } from './local-text.ts'
import { dayLength, type WallReading } from './civil.ts'

/** RRULE of RFC 5545, 3.3.10, read and checked. What windows and schedules have no use for is refused with a sentence, never passed over. */

export const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export type Frequency = (typeof frequencies)[number]

/** `ordinal` 0 = every such day; 1 = the first, -1 = the last of the month or year. */
export interface DayRule {
  readonly weekday: number
  readonly ordinal: number
}

export interface RecurrenceRule {
  readonly frequency: Frequency
  readonly interval: number
  readonly count: number | null
  /** The last reading that counts. */
  readonly until: WallReading | null
  readonly weekStart: number
  readonly months: readonly number[]
  readonly monthDays: readonly number[]
  readonly yearDays: readonly number[]
  readonly weekNumbers: readonly number[]
  readonly weekdays: readonly DayRule[]
  readonly hours: readonly number[]
  readonly minutes: readonly number[]
  readonly positions: readonly number[]
}

const weekdayNames = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const parts = /^(FREQ|INTERVAL|COUNT|UNTIL|WKST|BYMONTH|BYMONTHDAY|BYYEARDAY|BYWEEKNO|BYDAY|BYHOUR|BYMINUTE|BYSETPOS)$/

/** @throws RuleFault in words that complete "the rule …" */
export function readRule(text: string): RecurrenceRule {
  const given = partsOf(text)
  const list = (name: string, least: number, most: number): number[] => numbers(name, given.get(name), least, most)
  const until = given.get('UNTIL')
  const rule: RecurrenceRule = {
    frequency: frequencyOf(given.get('FREQ')),
    interval: whole('INTERVAL', given.get('INTERVAL') ?? '1', 1, 1000),
    count: given.has('COUNT') ? whole('COUNT', given.get('COUNT')!, 1, 1000) : null,
    until: until === undefined ? null : untilOf(until),
    weekStart: weekdayOf('WKST', given.get('WKST') ?? 'MO'),
    months: list('BYMONTH', 1, 12),
    monthDays: list('BYMONTHDAY', -31, 31),
    yearDays: list('BYYEARDAY', -366, 366),
    weekNumbers: list('BYWEEKNO', -53, 53),
    weekdays: given.has('BYDAY') ? given.get('BYDAY')!.split(',').map(dayRuleOf) : [],
    hours: list('BYHOUR', 0, 23),
    minutes: list('BYMINUTE', 0, 59),
    positions: list('BYSETPOS', -366, 366),
  }
  checkTogether(rule)
  return rule
}

function partsOf(text: string): Map<string, string> {
  const given = new Map<string, string>()
  for (const part of text.toUpperCase().split(';')) {
    const [name = '', value, ...more] = part.split('=')
    if (name === 'BYSECOND') throw new RuleFault('names seconds (BYSECOND); times are whole minutes')
    if (!parts.test(name) || value === undefined || value === '' || more.length > 0)
      throw new RuleFault(`has a part that is not RRULE's: “${part.slice(0, 40)}”`)
    if (given.has(name)) throw new RuleFault(`says ${name} twice`)
    given.set(name, value)
  }
  if (given.has('COUNT') && given.has('UNTIL')) throw new RuleFault('has COUNT and UNTIL; RFC 5545 allows one of them')
  return given
}

function frequencyOf(text: string | undefined): Frequency {
  const found = frequencies.find((frequency) => frequency === text)
  if (found !== undefined) return found
  if (text === undefined) throw new RuleFault('has no FREQ')
  if (/^(HOURLY|MINUTELY|SECONDLY)$/.test(text))
    throw new RuleFault(`repeats ${text}; rules repeat DAILY or more rarely, with BYHOUR for several a day`)
  throw new RuleFault(`has the unknown FREQ=${text.slice(0, 40)}`)
}

function weekdayOf(name: string, text: string): number {
  const weekday = weekdayNames.indexOf(text)
  if (weekday < 0) throw new RuleFault(`${name} has “${text.slice(0, 40)}”, which is no weekday (MO to SU)`)
  return weekday
}

function dayRuleOf(text: string): DayRule {
  const ordinal = text.slice(0, -2)
  return {
    weekday: weekdayOf('BYDAY', text.slice(-2)),
    ordinal: ordinal === '' ? 0 : (numbers('BYDAY', ordinal, -53, 53)[0] ?? 0),
  }
}

/** A day counts whole. */
function untilOf(text: string): WallReading {
  if (text.endsWith('Z')) throw new RuleFault('says UNTIL in UTC (…Z); as DTSTART it is local time: leave the Z out')
  const day = /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  if (day !== null) return readLocal(`${day[1]}-${day[2]}-${day[3]}T00:00`, 'UNTIL') + dayLength - 1000
  const time = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/.exec(text)
  if (time === null) throw new RuleFault(`has UNTIL=${text.slice(0, 40)}; write 20261231 or 20261231T235900`)
  const [, year, month, date, hour, minute, second] = time
  return readLocal(`${year}-${month}-${date}T${hour}:${minute}:${second}`, 'UNTIL')
}

/** The notes under RFC 5545's table of BYxxx parts. */
function checkTogether(rule: RecurrenceRule): void {
  const { frequency, monthDays, yearDays, weekNumbers, weekdays, positions, months, hours, minutes } = rule
  if (frequency === 'WEEKLY' && monthDays.length > 0)
    throw new RuleFault('has BYMONTHDAY, which WEEKLY rules cannot have')
  if (frequency !== 'YEARLY' && yearDays.length > 0)
    throw new RuleFault('has BYYEARDAY, which only YEARLY rules can have')
  if (frequency !== 'YEARLY' && weekNumbers.length > 0)
    throw new RuleFault('has BYWEEKNO, which only YEARLY rules can have')
  const ordinals = weekdays.some(({ ordinal }) => ordinal !== 0)
  if (ordinals && (frequency === 'DAILY' || frequency === 'WEEKLY'))
    throw new RuleFault('counts weekdays (like 1MO), which only MONTHLY and YEARLY rules can do')
  if (ordinals && weekNumbers.length > 0) throw new RuleFault('counts weekdays (like 1MO) beside BYWEEKNO')
  const others = [months, monthDays, yearDays, weekNumbers, weekdays, hours, minutes]
  if (positions.length > 0 && others.every((part) => part.length === 0))
    throw new RuleFault('has BYSETPOS without another BY… part to choose from')
}
