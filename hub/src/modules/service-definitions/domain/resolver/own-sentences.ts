import { fit, untested } from '../fit.ts'
import type { InQuestion } from './in-question.ts'
import type { CatalogueVersion } from './problem.ts'
import { listed, versionsText } from './wording.ts'

/** Why versions of a service cannot be chosen, whatever else is: because of their channel, their state, or the devices. */
export function ownSentence(
  question: InQuestion,
  service: string,
  kind: 'channel' | 'state' | 'fit',
  versions: readonly CatalogueVersion[],
): string {
  if (kind === 'fit') return fitSentence(question, service, versions)
  const { wishOf, commonChannel } = question.candidates
  const taken = wishOf.get(question.number(service))?.channel ?? commonChannel
  const ground = kind === 'state' ? stateGround : (version: CatalogueVersion) => channelGround(version, taken)
  const grounds = [...new Set(versions.map(ground))]
  return listed(
    grounds.map((one) => {
      const some = versions.filter((version) => ground(version) === one)
      return `${service} ${versionsText(some)} cannot be chosen, being ${one}`
    }),
    '; ',
  )
}

function stateGround({ state }: CatalogueVersion): string {
  return state === 'candidate' || state === 'draft' ? `a ${state} that is not released` : state
}

function channelGround({ channel }: CatalogueVersion, taken: string): string {
  if (channel === 'stable') return 'a pre-release, which must be named'
  return `only on ${channel}, where ${taken} is taken`
}

function fitSentence(question: InQuestion, service: string, versions: readonly CatalogueVersion[]): string {
  const { devices } = question.candidates.problem
  if (devices.length === 0) return `${service} has no device to go to: the household has none`
  const wanted = question.candidates.wishOf.get(question.number(service))?.devices
  const looked = devices.filter(({ id }) => wanted === undefined || wanted.includes(id))
  const refusals = versions.flatMap((version) =>
    looked.flatMap(({ id, report, class: deviceClass, tester = false }) => {
      const judged = fit(version, report, deviceClass)
      const misfit = untested(version, tester) ?? (judged.component === null ? judged.reason : null)
      return misfit === null ? [] : [`${id}: ${misfit}`]
    }),
  )
  const none = wanted === undefined && question.barred(service, 'fit').length > 0
  const whom = none ? 'no device of the household' : 'not every device that it must'
  const verb = versions.length === 1 ? 'fits' : 'fit'
  return `${service} ${versionsText(versions)} ${verb} ${whom}: ${listed(refusals, '; ')}`
}
