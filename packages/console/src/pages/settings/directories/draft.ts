import type { Schemas } from '@sutler/client'

export type Directory = Schemas['Directory']
type Kind = Directory['kind']

/** A directory as it stands in its form: texts, where the empty one is what is usual, or nothing. */
export interface DirectoryDraft {
  readonly kind: Kind
  readonly name: string
  readonly url: string
  readonly secret: string
  /** The one that is kept is to be forgotten. */
  readonly isWithoutSecret: boolean
  readonly startTls: boolean
  readonly authority: string
  readonly bindDn: string
  readonly base: string
  readonly filter: string
  readonly items: string
  readonly entryUrl: string
  readonly partId: string
  readonly partName: string
  readonly partEmail: string
  readonly timeoutSeconds: number
  readonly cacheSeconds: number
}

/** Where entries usually have what is shown of a person. */
const usualParts: Readonly<Record<Kind, Pick<DirectoryDraft, 'partId' | 'partName' | 'partEmail'>>> = {
  ldap: { partId: 'entryUUID', partName: 'cn', partEmail: 'mail' },
  http: { partId: '/id', partName: '/name', partEmail: '/email' },
}

export function emptyDraft(kind: Kind): DirectoryDraft {
  return {
    kind,
    name: '',
    url: '',
    secret: '',
    isWithoutSecret: false,
    startTls: false,
    authority: '',
    bindDn: '',
    base: '',
    filter: '',
    items: '',
    entryUrl: '',
    ...usualParts[kind],
    timeoutSeconds: 2,
    cacheSeconds: 60,
  }
}

export function draftOf({ kind, name, url, settings }: Directory): DirectoryDraft {
  const text = (of: string): string => (typeof settings[of] === 'string' ? settings[of] : '')
  const { id, name: called, email } = settings['attributes'] as Readonly<Record<string, string | null>>
  return {
    ...emptyDraft(kind),
    name,
    url,
    startTls: settings['startTls'] === true,
    authority: text('authority'),
    bindDn: text('bindDn'),
    base: text('base'),
    filter: text('filter'),
    items: text('items'),
    entryUrl: text('entryUrl'),
    partId: id ?? '',
    partName: called ?? '',
    partEmail: email ?? '',
    timeoutSeconds: Number(settings['timeoutSeconds']),
    cacheSeconds: Number(settings['cacheSeconds']),
  }
}

/** What makes the directory. */
export function newDirectoryOf(draft: DirectoryDraft) {
  const { kind, name, url, secret, filter } = draft
  const common = { name, url, secret: secret === '' ? null : secret }
  const { filter: _, ...ldap } = ldapSettings(draft)
  return kind === 'ldap'
    ? { kind, ...common, settings: { ...ldap, ...(filter !== '' && { filter }) } }
    : { kind, ...common, settings: httpSettings(draft) }
}

/** What changes it. */
export function directoryChangeOf(draft: DirectoryDraft) {
  const { kind, name, url, secret, isWithoutSecret } = draft
  const settings = kind === 'ldap' ? ldapSettings(draft) : httpSettings(draft)
  const sealed = isWithoutSecret ? { secret: null } : secret === '' ? {} : { secret }
  return { name, url, settings, ...sealed }
}

function ldapSettings(draft: DirectoryDraft) {
  const { startTls, authority, bindDn, base, filter } = draft
  return { startTls, authority: orNull(authority), bindDn: orNull(bindDn), base, filter, ...commonSettings(draft) }
}

function httpSettings(draft: DirectoryDraft) {
  return { items: draft.items, entryUrl: orNull(draft.entryUrl), ...commonSettings(draft) }
}

function commonSettings({ partId: id, partName: name, partEmail, timeoutSeconds, cacheSeconds }: DirectoryDraft) {
  return { attributes: { id, name, email: orNull(partEmail) }, timeoutSeconds, cacheSeconds }
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}
