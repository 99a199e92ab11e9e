import { resolve, sourceText } from '../preferences/matters.ts'
import type { Situation } from '../situation.ts'

/**
 * Why this delivery need not wait for a better time; null when it must. The highest priority does not, unless somebody has said that
 * it does; nor does what puts back a change that failed: the time for that was when it was begun.
 */
export function passesTimes({ delivery, sources }: Situation): string | null {
  if (delivery.origin === 'hub') return 'it puts back what was before a change that failed'
  if (delivery.priority > 0) return null
  const urgent = resolve('urgent', sources)
  return urgent.value === 'waits' ? null : 'its order has the highest priority'
}

/** Who has said that even the highest priority waits, for people; '' when that is not why. */
export function waitsBecause({ delivery, sources }: Situation): string {
  const urgent = resolve('urgent', sources)
  return delivery.priority === 0 && urgent.value === 'waits'
    ? `; the highest priority waits, too, says ${sourceText(urgent)}`
    : ''
}
