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
    timeoutSeconds: Number(settings['timeoutSeconds']),
    cacheSeconds: Number(settings['cacheSeconds']),
  }
}

/** What makes the directory. */
export function newDirectoryOf(draft: DirectoryDraft) {
  const { kind, name, url, secret, filter, partId: id, partName, partEmail } = draft
  const attributes = { id, name: partName, email: partEmail === '' ? null : partEmail }
  const common = { name, url, secret: secret === '' ? null : secret }
  const { filter: _, ...ldap } = ldapSettings(draft)
  return kind === 'ldap'
    ? { kind, ...common, settings: { ...ldap, ...(filter !== '' && { filter }), attributes } }
    : { kind, ...common, settings: { ...httpSettings(draft), attributes } }
}

/** What changes it; where its entries have what stays as it was made. */
export function directoryChangeOf(draft: DirectoryDraft) {
  const { kind, name, url, secret, isWithoutSecret } = draft
  const settings = kind === 'ldap' ? ldapSettings(draft) : httpSettings(draft)
  const sealed = isWithoutSecret ? { secret: null } : secret === '' ? {} : { secret }
  return { name, url, settings, ...sealed }
}

function ldapSettings({ startTls, authority, bindDn, base, filter, timeoutSeconds, cacheSeconds }: DirectoryDraft) {
  return { startTls, authority: orNull(authority), bindDn: orNull(bindDn), base, filter, timeoutSeconds, cacheSeconds }
}

function httpSettings({ items, entryUrl, timeoutSeconds, cacheSeconds }: DirectoryDraft) {
  return { items, entryUrl: orNull(entryUrl), timeoutSeconds, cacheSeconds }
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}
