import type { Delivery } from '../../../order-processing/index.ts'
import type { Answer } from '../../../policy-and-preferences/index.ts'
import type { Chain, LinkKind } from './chain.ts'
import type { CourseStep, Facts } from './facts.ts'
import { clause, counted, holder, supersedingOrder, timeText } from './wording.ts'

/** What happened to a delivery after it was planned, step by step. */

interface Step {
  readonly kind: LinkKind
  readonly at: Date
  readonly sentence: string
}

/** Adds the course of the delivery, each step caused by the one before. @returns the place of the last step, or of `from` */
export function addCourse(chain: Chain, facts: Facts, delivery: Delivery, from: number): number {
  const entries = (facts.courses.get(delivery.id) ?? []).filter(
    ({ outcome }) => outcome === 'fired' || outcome === 'operated',
  )
  const answers = facts.answers.get(delivery.id) ?? []
  const steps =
    entries.length > 0 ? stepsOf(facts, delivery, entries) : answers.map((answer) => answerStep(facts, answer))
  let last = from
  for (const { kind, at, sentence } of steps) {
    const order = supersedingOrder(sentence)
    last = chain.add(kind, at, sentence, { delivery: delivery.id, ...(order === null ? {} : { order }) }, last)
  }
  return last
}

function answerStep(facts: Facts, { at, decision: { verdict, until, why } }: Answer): Step {
  return { kind: 'permission', at, sentence: permission(facts, verdict, until === null ? null : new Date(until), why) }
}

function permission(facts: Facts, verdict: string, until: Date | null, why: string): string {
  if (verdict === 'now') return `Policy let it go: ${clause(why)}`
  if (verdict === 'never') return `Policy does not allow it: ${holder(why)}`
  return `Policy held it back ${until === null ? 'until something changes' : `until ${timeText(facts, until)}`}: ${holder(why)}`
}

function stepsOf(facts: Facts, delivery: Delivery, entries: readonly CourseStep[]): Step[] {
  let offers = 0
  return entries.flatMap((entry): Step[] => {
    const step = (kind: LinkKind, sentence: string): Step[] => [{ kind, at: entry.at, sentence }]
    const said = (name: string): string => (typeof entry.args[name] === 'string' ? entry.args[name] : '')
    switch (entry.type) {
      case 'decided': {
        const until = said('until') === '' ? null : new Date(said('until'))
        const text = permission(facts, said('verdict'), until, said('why'))
        if (said('verdict') !== 'now') return step('permission', text)
        offers += 1
        return step(
          'permission',
          `${text}; it was offered to the device${offers === 1 ? '' : ` for the ${ordinal(offers)} time`}`,
        )
      }
      case 'accepted':
        return step('device', 'The device took the offer and began to work on it')
      case 'declined':
        return step('device', declined(said('reason'), said('detail')))
      case 'outcome':
        return step(
          'device',
          entry.args['proven'] === true ? proved(delivery) : `The device reported ${clause(said('detail'))}`,
        )
      case 'late':
        return step('device', 'A day went by without a word from the device of what came of it')
      case 'unreached':
        return step('presence', 'The device could not be reached for 30 days')
      case 'withdraw':
      case 'cancel':
        return step('withdrawal', `It was withdrawn: ${clause(said('reason'), 'cancelled')}`)
      default:
        return entry.outcome === 'operated'
          ? step('withdrawal', `An operator intervened (${entry.type.replace('operator.', '')})`)
          : []
    }
  })
}

function declined(reason: string, detail: string): string {
  if (reason === 'busy') return 'The device was busy and did not take it yet'
  if (reason === 'superseded') return 'The device had something newer to do and did not take it'
  const more = clause(detail, '')
  return `The device declined: ${clause(reason)}${more === '' ? '' : `, ${more}`}`
}

function proved({ kind, service, version, proof }: Delivery): string {
  if (kind === 'remove') return `The device reported that ${service} is gone from it`
  if (kind === 'suspend') return `The device reported that it has stopped ${service}`
  if (proof?.by !== undefined)
    return `The device says that it runs ${service} ${version}: ${clause(proof.by, 'it says so')}`
  const files = proof?.files ?? 0
  return `The device proved it: ${counted(files, 'file')} of ${service} ${version} ${files === 1 ? 'is' : 'are'} as ordered, and its health check passed`
}

function ordinal(count: number): string {
  return ['first', 'second', 'third', 'fourth', 'fifth'][count - 1] ?? `${count}th`
}
