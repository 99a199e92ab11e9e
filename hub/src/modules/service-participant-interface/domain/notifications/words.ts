import type { LoggedEvent } from '../logged-event.ts'

/** All that e-mails of notifications say, in one place. */

type Data = Readonly<Record<string, unknown>>

const text = (data: Data, name: string, unsaid = ''): string => {
  const value = data[name]
  return typeof value === 'string' && value !== '' ? value : unsaid
}
const because = (data: Data, name = 'detail'): string => {
  const why = text(data, name)
  return why === '' ? '' : `: ${why}`
}
const service = (data: Data): string => [text(data, 'service', 'a service'), text(data, 'version')].join(' ').trim()

type Sentence = (event: Pick<LoggedEvent, 'subject'>, data: Data) => string

const sentences: Readonly<Record<string, Sentence>> = {
  'order.completed': ({ subject }) => `Order ${subject} is complete: every device has proved it`,
  'order.failed': ({ subject }, data) => `Order ${subject} failed${because(data)}`,
  'order.partial': ({ subject }, data) => `Order ${subject} was carried out in part${because(data)}`,
  'order.cancelled': ({ subject }, data) => `Order ${subject} was cancelled${because(data)}`,
  'order.rejected': ({ subject }, data) => `Order ${subject} cannot be carried out${because(data)}`,
  'order.jeopardy': ({ subject }, data) => `Order ${subject} is ${text(data, 'level')}${because(data, 'message')}`,
  'delivery.failed': (_event, data) =>
    `${service(data)} could not be delivered to ${text(data, 'device')}${because(data)}`,
  'device.fault': ({ subject }, data) => `Device ${subject} says that something went wrong${because(data)}`,
  'device.drifted': ({ subject }, data) =>
    `Device ${subject} is not as it proved with ${service(data)}${because(data)}`,
  'device.quarantined': ({ subject }, data) => `There seem to be two of device ${subject}${because(data, 'why')}`,
  'subscription.degraded': (_event, data) => `${service(data)} is not everywhere where it should be${because(data)}`,
  'approval.requested': (_event, data) => text(data, 'question', 'A policy asks for a decision'),
  'enrolment.waiting': ({ subject }, data) => `A ${text(data, 'class', 'device')} waits to be let in (${subject})`,
  'consent.asked': (_event, data) => `A household is asked for its consent to ${text(data, 'target', 'a service')}`,
  'campaign.waiting': (_event, data) => `Campaign ${text(data, 'name')} waits${because(data, 'why')}`,
  'campaign.paused': (_event, data) => `Campaign ${text(data, 'name')} is paused${because(data, 'why')}`,
  'campaign.aborted': (_event, data) => `Campaign ${text(data, 'name')} was aborted${because(data, 'why')}`,
  'campaign.failed': (_event, data) => `Campaign ${text(data, 'name')} failed${because(data, 'why')}`,
  'campaign.completed': (_event, data) => `Campaign ${text(data, 'name')} is complete`,
  'campaign.rolledBack': (_event, data) => `Campaign ${text(data, 'name')} was rolled back${because(data, 'why')}`,
  'version.published': (_event, data) => `${service(data)} was published`,
  'version.released': (_event, data) => `${service(data)} was released`,
  'version.deprecated': (_event, data) => `${service(data)} is deprecated`,
  'version.retired': (_event, data) => `${service(data)} was retired`,
  'api-key.expiring': (_event, data) => `The API key ${text(data, 'name')} ends at ${text(data, 'expiresAt')}`,
  'trust.expiring': ({ subject }, data) => `Signed metadata of ${subject} end at ${text(data, 'expires')}`,
}

/** An event in one sentence, without a full stop, on one line. */
export function sentenceOf(event: LoggedEvent): string {
  const known = sentences[event.type]
  const data = (event.data ?? {}) as Data
  const said = known === undefined ? `${event.type}: ${event.subject}` : known(event, data)
  return said.replaceAll(/\s+/g, ' ').trim().slice(0, 300)
}

export const words = {
  subject: (events: number, first: string): string => (events === 1 ? first : `${first}, and ${events - 1} more`),
  more: (events: number): string => `And ${events} more:`,
  counted: (type: string, count: number): string => `${count} × ${type}`,
  ofHub: (hub: string): string => `This is a message of ${hub}.`,
  why: 'You get it because you asked to be told of this by e-mail.',
  unsubscribe: (link: string): string => `To get no more of them: ${link}`,
  unsubscribeLink: 'Get no more of them',
  confirm: {
    subject: 'Do you want to be told of events by e-mail?',
    asked: (name: string, hub: string): string => `${name} wants messages of ${hub} to be sent to this address.`,
    go: (link: string): string => `If you want that, open this link and agree: ${link}`,
    link: 'I want that',
    ignore: 'Otherwise do nothing: no further message will come.',
  },
  pages: {
    confirmTitle: 'Messages by e-mail',
    confirm: (email: string): string => `Messages are to be sent to ${email} from now on.`,
    confirmButton: 'Yes, send them',
    confirmed: 'They are sent from now on. Each of them has a link to end them.',
    unsubscribe: (email: string): string => `No further messages of this kind are to be sent to ${email}.`,
    unsubscribeButton: 'Send no more',
    unsubscribed: 'No more of them are sent.',
    gone: 'This link is good no more.',
  },
} as const
