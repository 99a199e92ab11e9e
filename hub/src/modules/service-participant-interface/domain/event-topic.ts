import type { LoggedEvent } from './logged-event.ts'

/** Under which systems hear of events. */
const root = 'sutler/v1/events'
const levels = 4

/** `sutler/v1/events/<noun>/<what happened>/<household, or ->/<subject>`; the subject percent-encoded (RFC 3986, 2.1). */
export function eventTopic({ type, household, subject }: LoggedEvent): string {
  const dot = type.indexOf('.')
  return `${root}/${type.slice(0, dot)}/${type.slice(dot + 1)}/${household ?? '-'}/${encodeURIComponent(subject)}`
}

/** Whether a filter is about events: beneath their root, no deeper than topics go, no longer than any of them. */
export function isEventFilter(filter: string): boolean {
  if (!filter.startsWith(`${root}/`) || filter.length > 512) return false
  const wanted = filter.slice(root.length + 1).split('/')
  return wanted.length === levels || (wanted.length < levels && wanted.at(-1) === '#')
}
