import type { OrderItem } from '../../../order-processing/index.ts'
import type { Facts } from './facts.ts'

/** Words for things, times and sizes, the same in every sentence. */

export function deviceText({ devices }: Pick<Facts, 'devices'>, id: string): string {
  const known = devices.get(id)
  if (known === undefined) return `device ${id}`
  return known.name === null ? `the ${known.class} ${id}` : `the ${known.class} "${known.name}" (${id})`
}

export function householdText({ households }: Pick<Facts, 'households'>, id: string): string {
  const name = households.get(id)
  return name === undefined ? `household ${id}` : `household "${name}" (${id})`
}

/** As the household reads its clock. */
export function timeText({ zone }: Pick<Facts, 'zone'>, at: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
  return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')} (${zone})`
}

/** What an item asks for, as after "ordered to". */
export function wishText(facts: Pick<Facts, 'households'>, item: OrderItem): string {
  const { action, service, version, to } = item
  const which = version === '' ? service : `${service} ${version}`
  if (action === 'move') return `move ${which} to ${to === null ? 'another household' : householdText(facts, to)}`
  if (action === 'modify') return `change ${service}${version === '' ? '' : ` to ${version}`}`
  return `${action} ${which}`
}

export function listed(words: readonly string[], most = 5): string {
  const shown = words.slice(0, most)
  const left = words.length - shown.length
  const all = left > 0 ? [...shown, `${left} more`] : shown
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)!}`
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

export function bytesText(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ] as const)
    if (bytes >= size) return `${(bytes / size).toFixed(1)} ${unit}`
  return `${bytes} bytes`
}

/**
 * Clauses that follow a colon or "because" have no capital letter and no full stop of their own.
 * @param unsaid what stands there when the text says nothing
 */
export function clause(text: string, unsaid = 'no reason was noted'): string {
  return text.trim().replace(/\s*\.$/, '') || unsaid
}

/** What holds or refuses, where the sentence says that it does. */
export function holder(why: string, unsaid?: string): string {
  return clause(why, unsaid).replace(/^(held|refused) by /, '')
}

/** For a sentence that begins with a word, and not with an id or a name. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The order that took the place of something, where a reason names one. */
export function supersedingOrder(reason: string): string | null {
  return /superseded by order (\S+)/.exec(reason)?.[1] ?? null
}
