import { readIsoDuration } from '@sutler/expressions'
import type { WallTime } from '../../../../platform/clock.ts'
import type { OrderTemplate, PolicyAction, PolicyDocument } from '../../contract-policy-document.ts'
import { knownEventTypes } from './event-types.gen.ts'
import { expressionFindings, templateFindings, type Finding } from './findings.ts'
import { namesFor, namesOfDelivery } from './names.ts'
import { isZone } from '../windows/zone.ts'
import { scheduleMistake } from './schedule.ts'
import { triggerOf } from './trigger.ts'

type Names = ReturnType<typeof namesFor>

/** Everything that is wrong with a policy document by itself; what it names is looked up by the caller. */
export function checkPolicy(document: PolicyDocument, now: WallTime): Finding[] {
  const names = namesFor(triggerOf(document))
  return [
    ...triggerFindings(document, now),
    ...expressionFindings(document.if, '/if', names, 'condition'),
    ...document.then.flatMap((action, index) => actionFindings(action, `/then/${index}`, names, document)),
    ...orderOfActions(document),
  ]
}

function triggerFindings(document: PolicyDocument, now: WallTime): Finding[] {
  const { when } = document
  const findings: Finding[] = []
  const add = (pointer: string, detail: string): void => void findings.push({ pointer: `/when/${pointer}`, detail })
  if (when.event !== undefined)
    for (const [index, type] of [when.event].flat().entries()) {
      const mistake = eventMistake(type)
      if (mistake !== null) add(Array.isArray(when.event) ? `event/${index}` : 'event', mistake)
    }
  for (const name of ['rrule', 'exdate'] as const)
    if (when[name] !== undefined && when.dtstart === undefined) add(name, 'belongs to `dtstart`, the first time')
  const trigger = triggerOf(document)
  if (when.timeZone !== undefined && trigger.kind !== 'schedule')
    add('timeZone', 'belongs to `schedule` and `dtstart` alone')
  if (when.days !== undefined && when.localTime === undefined)
    add('days', 'belongs to `localTime` alone; a schedule has its days in its fifth field')
  if (trigger.kind === 'schedule') {
    const { at, timeZone } = trigger
    const mistake = isZone(timeZone) ? scheduleMistake(at, timeZone, now) : noSuchZone(timeZone)
    if (mistake !== null) add(mistake.property, mistake.detail)
  }
  return [...findings, ...eachFindings(document)]
}

function noSuchZone(timeZone: string): { property: string; detail: string } {
  const detail = `there is no time zone ${timeZone}; use an IANA name such as Europe/Berlin`
  return { property: 'timeZone', detail }
}

function eventMistake(type: string): string | null {
  if (knownEventTypes.has(type)) return null
  if (/^(policy|approval)\./.test(type))
    return `${type} comes from policies themselves: nothing can be set off by it, or they would set off one another`
  const noun = type.split('.')[0]!
  const alike = [...knownEventTypes].filter((known) => known.startsWith(`${noun}.`))
  const there = alike.length > 0 ? `of ${noun} there are ${alike.join(', ')}` : 'see docs/reference/events.md'
  return `there is no event ${type}: ${there}`
}

function eachFindings({ when }: PolicyDocument): Finding[] {
  const { each } = when
  if (each === undefined) return []
  const at = '/when/each'
  if (when.before !== undefined)
    return [{ pointer: at, detail: 'a delivery goes to one device: there is nothing else to go through' }]
  if (when.localTime !== undefined && each.of !== 'device')
    return [{ pointer: `${at}/of`, detail: 'local time is a device’s: only devices can be gone through' }]
  if (each.service !== undefined && each.of !== 'subscription')
    return [{ pointer: `${at}/service`, detail: 'only subscriptions are of a service' }]
  if (each.filter !== undefined && each.of !== 'device')
    return [
      { pointer: `${at}/filter`, detail: 'filters are for devices; say in `if` which households or subscriptions' },
    ]
  // The names are those that are there before anything is gone through.
  const before = namesFor(triggerOf({ when: { ...when, each: undefined } }))
  return each.service === undefined ? [] : templateFindings(each.service, `${at}/service`, before)
}

function actionFindings(action: PolicyAction, at: string, names: Names, document: PolicyDocument): Finding[] {
  if (action.order !== undefined) return orderFindings(action.order, `${at}/order`, names)
  if (action.notify !== undefined) return templateFindings(action.notify.message, `${at}/notify/message`, names)
  if (action.approve !== undefined) {
    const { within, question } = action.approve
    return [
      ...periodFindings(within, `${at}/approve/within`, 366),
      ...(question === undefined ? [] : templateFindings(question, `${at}/approve/question`, names)),
    ]
  }
  return holdFindings(action.hold!, `${at}/hold`, names, document)
}

function holdFindings(
  hold: NonNullable<PolicyAction['hold']>,
  at: string,
  names: Names,
  document: PolicyDocument,
): Finding[] {
  const { until, deliveries, why } = hold
  const own =
    document.when.before !== undefined && deliveries !== undefined
      ? [{ pointer: `${at}/deliveries`, detail: 'this policy is about the delivery at hand: say which in `if`' }]
      : []
  return [
    ...own,
    ...(hold.for === undefined ? [] : periodFindings(hold.for, `${at}/for`, 366)),
    ...(until === undefined ? [] : expressionFindings(until, `${at}/until`, names, 'timestamp')),
    ...(deliveries === undefined
      ? []
      : expressionFindings(deliveries, `${at}/deliveries`, namesOfDelivery, 'condition')),
    ...(why === undefined ? [] : templateFindings(why, `${at}/why`, names)),
  ]
}

function orderFindings(order: OrderTemplate, at: string, names: Names): Finding[] {
  const texts: [string, string | undefined][] = [
    ['household', order.household],
    ['reference', order.reference],
    ['requestedStart', order.requestedStart],
    ['requestedCompletion', order.requestedCompletion],
  ]
  for (const [index, item] of order.items.entries()) {
    const place = `items/${index}`
    texts.push([`${place}/service`, item.service], [`${place}/version`, item.version])
    texts.push([`${place}/channel`, item.channel], [`${place}/to`, item.to])
    for (const [position, device] of (item.devices ?? []).entries())
      texts.push([`${place}/devices/${position}`, device])
  }
  return [
    ...texts.flatMap(([place, text]) => (text === undefined ? [] : templateFindings(text, `${at}/${place}`, names))),
    ...order.items.flatMap((item, index) => itemFindings(item, index, order, `${at}/items/${index}`)),
  ]
}

function itemFindings(
  item: OrderTemplate['items'][number],
  index: number,
  order: OrderTemplate,
  at: string,
): Finding[] {
  const findings: Finding[] = []
  const twice = order.items.findIndex(({ service }) => service === item.service)
  if (twice < index) findings.push({ pointer: `${at}/service`, detail: `${item.service} is ordered twice` })
  if (item.action === 'move' && item.to === undefined)
    findings.push({ pointer: `${at}/to`, detail: 'a move needs the household that it goes to' })
  if (item.action !== 'move' && item.to !== undefined)
    findings.push({ pointer: `${at}/to`, detail: `belongs to move, not to ${item.action}` })
  if (item.version !== undefined && !['add', 'modify'].includes(item.action))
    findings.push({ pointer: `${at}/version`, detail: `${item.action} takes no version` })
  for (const [position, other] of (item.after ?? []).entries())
    if (other === index || other >= order.items.length)
      findings.push({ pointer: `${at}/after/${position}`, detail: `there is no other item ${other}` })
  return findings
}

/** An approval is for what comes after it, and a policy before deliveries decides on them alone. */
function orderOfActions({ when, then }: PolicyDocument): Finding[] {
  const kinds = then.map((action) => Object.keys(action)[0]!)
  if (when.before !== undefined)
    return kinds.flatMap((kind, index) =>
      (kind === 'hold' || kind === 'approve') && index === 0
        ? []
        : [
            {
              pointer: `/then/${index}`,
              detail: 'a policy before a delivery has one hold or one approve, and nothing else',
            },
          ],
    )
  const approvals = kinds.filter((kind) => kind === 'approve').length
  const last = kinds.length - 1
  return [
    ...(approvals > 1
      ? [{ pointer: '/then', detail: 'more than one approve: one answer is for all that follows it' }]
      : []),
    ...(kinds[last] === 'approve'
      ? [{ pointer: `/then/${last}`, detail: 'nothing follows that could be approved: put approve before it' }]
      : []),
  ]
}

function periodFindings(text: string, pointer: string, mostDays: number): Finding[] {
  const span = readIsoDuration(text)
  if (span === null) return [{ pointer, detail: `“${text}” is no duration: write PT30M, PT2H or P1D` }]
  if (span.seconds < 60n) return [{ pointer, detail: `${text} is too short: at least a minute (PT1M)` }]
  if (span.seconds > BigInt(mostDays * 86_400))
    return [{ pointer, detail: `${text} is too long: at most ${mostDays} days` }]
  return []
}
