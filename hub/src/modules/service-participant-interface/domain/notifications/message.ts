import { escaped } from '../../../../platform/markup.ts'
import type { LoggedEvent } from '../logged-event.ts'
import { sentenceOf, words } from './words.ts'

/** An e-mail. */
export interface Message {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

/** Events that a message tells one by one; of more it says only how many there were of each type. */
const toldOneByOne = 20

/** What happened since the last message, as one can be written of it. */
export interface Happened {
  /** The first of them. */
  readonly first: readonly LoggedEvent[]
  /** Of all, by type. */
  readonly counts: ReadonlyMap<string, number>
}

export function happened(before: Happened, events: readonly LoggedEvent[]): Happened {
  const counts = new Map(before.counts)
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1)
  return { first: [...before.first, ...events].slice(0, toldOneByOne), counts }
}

export const nothing: Happened = { first: [], counts: new Map() }

export function total({ counts }: Happened): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

interface Links {
  readonly hub: string
  readonly unsubscribe: string
}

/** One message about all that happened, as text and as simple HTML, with the headers by which a mail program ends them (RFC 8058). */
export function notificationMail(to: string, what: Happened, { hub, unsubscribe }: Links): Message {
  const count = total(what)
  const lines = what.first.map(
    (event) => `${event.at.toISOString().slice(0, 16).replace('T', ' ')} UTC  ${sentenceOf(event)}`,
  )
  const rest = count - what.first.length
  const counts = [...what.counts].map(([type, of]) => words.counted(type, of))
  const more = rest > 0 ? [words.more(rest), ...counts] : []
  const foot = [`${words.ofHub(hub)} ${words.why}`, words.unsubscribe(unsubscribe)]
  return {
    to,
    subject: words.subject(count, sentenceOf(what.first[0]!)).slice(0, 200),
    text: `${[...lines, '', ...(more.length > 0 ? [...more, ''] : []), '-- ', ...foot].join('\n')}\n`,
    html: documentOf([
      listOf(lines),
      more.length > 0 ? `<p>${escaped(more[0]!)}</p>${listOf(counts)}` : '',
      `<hr><p>${escaped(foot[0]!)} <a href="${escaped(unsubscribe)}">${escaped(words.unsubscribeLink)}</a></p>`,
    ]),
    headers: {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      // RFC 3834: no program is to answer.
      'Auto-Submitted': 'auto-generated',
    },
  }
}

/** Asks whoever reads the address whether messages may be sent there. */
export function confirmationMail(to: string, name: string, hub: string, link: string): Message {
  const { subject, asked, go, link: label, ignore } = words.confirm
  return {
    to,
    subject,
    text: `${[asked(name, hub), '', go(link), '', ignore].join('\n')}\n`,
    html: documentOf([
      `<p>${escaped(asked(name, hub))}</p>`,
      `<p><a href="${escaped(link)}">${escaped(label)}</a></p>`,
      `<p>${escaped(ignore)}</p>`,
    ]),
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}

function documentOf(parts: readonly string[]): string {
  return `<!doctype html><html lang="en"><body>${parts.join('')}</body></html>`
}

function listOf(lines: readonly string[]): string {
  return `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`
}
