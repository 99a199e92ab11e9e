import type { DeliveryTerms } from '@sutler/device-model'
import type { Terms } from '../wire/documents.ts'
import type { Work } from './work.ts'

/** How strongly a device is asked, and when it may install; as policy says. */
export interface Urgency {
  /** Milliseconds since the Unix epoch: forced from then on; 0 = at once, null = the device may choose for ever. */
  readonly forcedFrom: number | null
  /** Whether installing is allowed at this moment; null where no window is set. */
  readonly window: 'open' | 'shut' | null
}

/** An order that is to be complete by a time is forced from then on; before, the device may choose. */
export function urgencyOf({ mayInstall, due }: DeliveryTerms, soft: boolean): Urgency {
  return { forcedFrom: due ?? (soft ? null : 0), window: mayInstall ? null : 'shut' }
}

/** `forced`, `soft` and `timeforced` in DDI's words; a shut window still lets the device download. */
export function termsOf({ forcedFrom, window }: Urgency, now: number): Terms {
  const handling = forcedFrom !== null && now >= forcedFrom ? 'forced' : 'attempt'
  if (window === null) return { download: handling, update: handling, window: null }
  return window === 'open'
    ? { download: handling, update: handling, window: 'available' }
    : { download: handling, update: 'skip', window: 'unavailable' }
}

/** Changes when the terms of an action do, so that a client that compares links looks again. Positive, 31 bits. */
export function tagOf(action: number, { download, update, window }: Terms): number {
  let hash = 0x811c9dc5
  for (const character of `${action} ${download} ${update} ${window}`)
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  return hash & 0x7fffffff
}

/** What the hub is set to. */
export interface Settings {
  readonly urgency: (work: Work) => Urgency
  /** Whether devices confirm actions themselves where they have not said how they want it. */
  readonly confirm: boolean
  /** How long a device is asked to stop an action before the hub lets go of it, milliseconds. */
  readonly cancelPatience: number
  /** How long a device may take to say what it runs after it has closed an action, milliseconds. */
  readonly proofPatience: number
}
