import { isWithin, minuteOf, minuteOfDay, nextAt } from '../local-time.ts'
import { resolve, sourceText } from '../preferences/matters.ts'
import { holds, later, nobody, type Rule } from '../rule.ts'
import { passesTimes, waitsBecause } from './urgency.ts'

/** Quiet hours in the local time of the device: by the hub's clock, the device's own is never asked. */
export const quietHours: Rule = {
  name: 'quiet hours',
  judge(situation) {
    const { now, zone, sources } = situation
    const said = resolve('quietHours', sources)
    const source = sourceText(said)
    if (said.value === undefined) return holds('none set', nobody)
    if (said.value === null) return holds('explicitly none', source)
    const { from, to } = said.value
    const detail = `${from}–${to} in ${zone.name}`
    if (!isWithin(minuteOfDay(now, zone.name), minuteOf(from), minuteOf(to))) return holds(detail, source)
    const pass = passesTimes(situation)
    if (pass !== null) return holds(`${detail}; ${pass}`, source)
    return later(nextAt(now, minuteOf(to), zone.name), `${detail}${waitsBecause(situation)}`, source)
  },
}
