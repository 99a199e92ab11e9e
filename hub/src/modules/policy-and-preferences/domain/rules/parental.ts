import { everyWord } from '../preferences/matters.ts'
import { holds, never, nobody, type Rule } from '../rule.ts'
import { isInstall } from '../situation.ts'

/** The strictest of all limits counts: what a household allows does not lift the limit of a child's device. */
export const parental: Rule = {
  name: 'parental limit',
  judge({ sources, delivery, service }) {
    const words = everyWord('parental', sources)
    const strictest = words.toSorted((a, b) => a.value.maximumRating - b.value.maximumRating)[0]
    if (strictest === undefined) return holds('none set', nobody)
    const { maximumRating } = strictest.value
    const source = `the ${strictest.source}`
    if (!isInstall(delivery)) return holds('only installs are limited', source)
    if (service === null) return holds(`up to ${maximumRating}`, source)
    const detail = `${delivery.service} is rated ${service.rating}, the limit is ${maximumRating}`
    return service.rating > maximumRating ? never(detail, source) : holds(detail, source)
  },
}
