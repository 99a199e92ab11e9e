import type { Relation } from '../definition.ts'
import type { Candidates } from './candidates.ts'
import { asks } from './catalogue.ts'
import { constraintOf } from './constraints.ts'
import { InQuestion } from './in-question.ts'
import { ownSentence } from './own-sentences.ts'
import type { Placement } from './placement.ts'
import type { Constraint, Reason } from './problem.ts'
import { listed, versionsText } from './wording.ts'

/** Constraints as reasons for people: those of wishes first, each with the versions that it is about. */
export function reasonsOf(candidates: Candidates, placement: Placement, numbers: readonly number[]): Reason[] {
  const constraints = numbers.map((number) => constraintOf(candidates.catalogue, number))
  const question = new InQuestion(candidates, placement, constraints)
  return (
    constraints
      // A pin is told in the same sentence as the wish that has it.
      .filter(({ kind, service }) => kind !== 'limit' || !question.has('wish', service))
      .toSorted((one, other) => rank(one) - rank(other))
      .map((constraint) => reason(question, constraint))
  )
}

const kindOrder: readonly Constraint['kind'][] = ['wish', 'limit', 'relation', 'channel', 'state', 'fit']
const rank = ({ kind }: Constraint): number => kindOrder.indexOf(kind)

function reason(question: InQuestion, constraint: Constraint): Reason {
  const { kind, service } = constraint
  if (kind === 'relation') return relationReason(question, constraint)
  if (kind === 'wish' || kind === 'limit') return wishReason(question, constraint)
  const barred = question.barred(service, kind)
  // What fits some device by itself can still lack the one where something that extends it must go.
  const versions = kind === 'fit' && barred.length === 0 ? question.versions(service, kind) : barred
  const devices = kind === 'fit' ? { devices: question.candidates.problem.devices.map(({ id }) => id) } : {}
  return {
    sentence: ownSentence(question, service, kind, versions),
    services: [service],
    versions: versions.map(({ version }) => version),
    ...devices,
    constraints: [constraint],
  }
}

function wishReason(question: InQuestion, constraint: Constraint): Reason {
  const { kind, service } = constraint
  const wish = question.candidates.wishOf.get(question.number(service))!
  const limited = kind === 'limit' || question.has('limit', service)
  const limit = [wish.version, wish.range].filter((one) => one !== undefined)
  // What is there must stay as well as what is wished must come.
  const unlimited = wish.keep === true ? `the household has ${service}` : `${service} is wished`
  const pinned = wish.keep === true && wish.version !== undefined
  const exactly = pinned ? `${service} is pinned to ${wish.version}` : `${service} ${limit.join(' within ')} is wished`
  const wished = limited ? exactly : unlimited
  return {
    sentence: wished + (limited ? noneOf(question, service, limit[0]!) : noneOf(question, service, '*')),
    services: [service],
    ...(limited && wish.version !== undefined ? { versions: [wish.version] } : {}),
    ...(wish.devices === undefined ? {} : { devices: wish.devices }),
    constraints: limited && kind === 'wish' ? [constraint, { kind: 'limit', service }] : [constraint],
  }
}

/** Says so where a service has no version at all in a range. */
function noneOf(question: InQuestion, service: string, range: string): string {
  const { versions } = question.service(service)
  if (question.service(service).within(range).includes(1)) return ''
  return versions.length === 0
    ? `, and there is no version of ${service}`
    : `, and there is none: ${service} has ${versionsText(versions)}`
}

const verbs: Readonly<Record<Relation['kind'], readonly [one: string, several: string, after: string]>> = {
  requires: ['requires', 'require', ''],
  extends: ['extends', 'extend', ' on the same device'],
  conflicts: ['conflicts with', 'conflict with', ''],
  replaces: ['replaces', 'replace', ', so that both cannot stay'],
  recommends: ['recommends', 'recommend', ''],
}

function relationReason(question: InQuestion, constraint: Constraint & { readonly kind: 'relation' }): Reason {
  const { service, relation, to } = constraint
  const holders = question
    .versions(service, null)
    .flatMap((version) =>
      version.relations
        .filter((one) => one.kind === relation && one.service === to)
        .map(({ range }) => ({ version, range })),
    )
  const ranges = [...new Set(holders.map(({ range }) => range))]
  const [one, several, after] = verbs[relation]
  const parts = ranges.map((range) => {
    const versions = holders.filter((holder) => holder.range === range).map(({ version }) => version)
    const verb = versions.length === 1 ? one : several
    const none = asks({ kind: relation }) ? noneOf(question, to, range) : ''
    return `${service} ${versionsText(versions)} ${verb} ${to} ${range}${after}${none}`
  })
  return {
    sentence: listed(parts, '; '),
    services: [service, to],
    versions: holders.map(({ version }) => version.version),
    relation: { kind: relation, ranges },
    constraints: [constraint],
  }
}
