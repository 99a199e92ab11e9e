import type { PolicyDocument, weekdays } from '../../contract-policy-document.ts'
import type { RecurrenceText } from '../windows/occurrences.ts'

export type FanOut = NonNullable<PolicyDocument['when']['each']>
export type Weekday = (typeof weekdays)[number]

/** Five fields of cron, or an iCalendar rule. */
export type Schedule = string | RecurrenceText

/** `when`, as one of its four kinds. */
export type Trigger =
  | { readonly kind: 'event'; readonly types: readonly string[]; readonly each: FanOut | null }
  | { readonly kind: 'schedule'; readonly at: Schedule; readonly timeZone: string; readonly each: FanOut | null }
  | {
      readonly kind: 'localTime'
      readonly time: string
      readonly days: readonly Weekday[]
      readonly each: FanOut & { readonly of: 'device' }
    }
  | { readonly kind: 'delivery' }

export function triggerOf({ when }: Pick<PolicyDocument, 'when'>): Trigger {
  const each = when.each ?? null
  if (when.event !== undefined) return { kind: 'event', types: [when.event].flat(), each }
  const at = scheduleOf(when)
  if (at !== null) return { kind: 'schedule', at, timeZone: when.timeZone ?? 'UTC', each }
  if (when.localTime !== undefined)
    return { kind: 'localTime', time: when.localTime, days: when.days ?? [], each: { ...when.each, of: 'device' } }
  return { kind: 'delivery' }
}

function scheduleOf({ schedule, dtstart, rrule, exdate }: PolicyDocument['when']): Schedule | null {
  if (dtstart !== undefined) return { dtstart, rrule, exdate }
  return schedule ?? null
}
