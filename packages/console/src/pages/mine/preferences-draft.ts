import type { Schemas } from '@sutler/client'

export type PreferencesDocument = Schemas['Preferences']

/** What the form holds: `usual` leaves a matter to the next in line. */
export interface PreferencesDraft {
  readonly quiet: boolean
  readonly from: string
  readonly to: string
  readonly metered: 'usual' | 'any' | 'unmetered-only' | 'as-written'
  readonly autoUpdate: 'usual' | 'on' | 'ask' | 'off'
  readonly limited: boolean
  readonly age: number
  readonly channel: 'usual' | 'stable' | 'beta' | 'alpha'
}

export function draftOf(document: PreferencesDocument): PreferencesDraft {
  const { quietHours, metered, autoUpdate, parental, channels } = document
  return {
    quiet: quietHours !== undefined && quietHours !== null,
    from: quietHours?.from ?? '22:00',
    to: quietHours?.to ?? '06:00',
    metered: metered === undefined ? 'usual' : typeof metered === 'string' ? metered : 'as-written',
    autoUpdate: autoUpdate?.default ?? 'usual',
    limited: parental !== undefined && parental !== null,
    age: parental?.maximumRating ?? 12,
    channel: channels?.default ?? 'usual',
  }
}

/** The document as the form has it now; what the form does not show stays as it was. */
export function documentOf(draft: PreferencesDraft, before: PreferencesDocument): PreferencesDocument {
  const { quietHours: _quiet, metered, autoUpdate, parental: _parental, channels, ...rest } = before
  const auto = { ...autoUpdate, default: draft.autoUpdate === 'usual' ? undefined : draft.autoUpdate }
  const from = { ...channels, default: draft.channel === 'usual' ? undefined : draft.channel }
  return {
    ...rest,
    ...(draft.quiet && { quietHours: { from: draft.from, to: draft.to } }),
    ...(draft.metered === 'as-written' ? { metered } : draft.metered !== 'usual' && { metered: draft.metered }),
    ...(saysSomething(auto) && { autoUpdate: auto }),
    ...(draft.limited && { parental: { maximumRating: draft.age } }),
    ...(saysSomething(from) && { channels: from }),
  } as PreferencesDocument
}

function saysSomething(part: object): boolean {
  return Object.values(part).some((value) => value !== undefined)
}
