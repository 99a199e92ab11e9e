import type { WallTime } from '../../../platform/clock.ts'
import type { PreferencesDocument } from '../contract.ts'
import { isWithin, minuteOf, nextAt, minuteOfDay } from './local-time.ts'

/** Deciding whether a delivery may go now. Pure: everything it judges is passed in. */

/** Who may say something, strongest first (platform: law and operator, household, user, device, default). */
export interface Sources {
  readonly household: PreferencesDocument
  readonly device: PreferencesDocument
}

export interface Situation {
  readonly now: WallTime
  /** The zone that the device reports, or null before its first report. */
  readonly deviceTimeZone: string | null
  readonly householdTimeZone: string
  readonly sources: Sources
}

export interface RuleVerdict {
  readonly rule: string
  readonly holds: boolean
  readonly detail: string
}

export interface PolicyDecision {
  readonly allowed: boolean
  /** When to ask again; null when allowed. */
  readonly until: WallTime | null
  readonly why: string
  readonly rules: readonly RuleVerdict[]
}

/** Decides by quiet hours in the device's local time. The first source that says anything about them is the one that counts. */
export function decide(situation: Situation): PolicyDecision {
  const timeZone = zoneOf(situation)
  const rules: RuleVerdict[] = []
  for (const source of ['household', 'device'] as const) {
    const { quietHours } = situation.sources[source]
    const rule = `quiet hours of the ${source}`
    if (quietHours === undefined) {
      rules.push({ rule, holds: true, detail: 'none set' })
      continue
    }
    if (quietHours === null) {
      rules.push({ rule, holds: true, detail: 'explicitly none' })
      break
    }
    const { from, to } = quietHours
    const quiet = isWithin(minuteOfDay(situation.now, timeZone), minuteOf(from), minuteOf(to))
    rules.push({ rule, holds: !quiet, detail: `${from}–${to} in ${timeZone}` })
    if (!quiet) break
    const until = nextAt(situation.now, minuteOf(to), timeZone)
    return { allowed: false, until, why: `held by the ${rule}, ${from}–${to} in ${timeZone}`, rules }
  }
  return { allowed: true, until: null, why: 'nothing holds it back', rules }
}

/** A zone that this runtime does not know (a device may report anything) falls back to the household's. */
function zoneOf({ deviceTimeZone, householdTimeZone, sources }: Situation): string {
  for (const zone of [sources.device.timeZone, deviceTimeZone, sources.household.timeZone, householdTimeZone])
    if (zone !== undefined && zone !== null && isKnown(zone)) return zone
  return 'UTC'
}

function isKnown(zone: string): boolean {
  try {
    minuteOfDay(0, zone)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
