import { resolve, sourceText } from '../preferences/matters.ts'
import { holds, later, nobody, type Rule } from '../rule.ts'
import { openingAt } from '../windows/openings.ts'
import { windowsOf } from '../windows/reading.ts'
import { passesTimes, waitsBecause } from './urgency.ts'

/** Windows as iCalendar rules, in the local time of the device. */
export const windows: Rule = {
  name: 'windows',
  judge(situation) {
    const said = resolve('windows', situation.sources)
    const source = sourceText(said)
    if (said.value === undefined) return holds('none set', nobody)
    if (said.value.length === 0) return holds('explicitly none', source)
    const { name } = situation.zone
    const opening = openingAt(windowsOf(said.value), situation.now, name)
    if (opening.open)
      return holds(`${opening.within ? `within ${opening.within}` : 'outside of every deny window'} in ${name}`, source)
    const detail = `${opening.because} in ${name}`
    const pass = passesTimes(situation)
    if (pass !== null) return holds(`${detail}; ${pass}`, source)
    const ended = opening.until === null ? '; none opens any more' : ''
    return later(opening.until, `${detail}${ended}${waitsBecause(situation)}`, source)
  },
}
