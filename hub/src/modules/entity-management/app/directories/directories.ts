import type { Tx } from '../../../../platform/database.ts'
import { CallerError, OutsideError, errorCode } from '../../../../platform/errors.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import { directoryFailed, isLdapFilter } from '../../../../platform/ldap-client.ts'
import type { Directory, EntryParts, HttpSettings, LdapSettings } from '../../domain/directories/directory.ts'
import { filledUrl, ldapFilter } from '../../domain/directories/templates.ts'
import type { User } from '../../domain/entities.ts'
import { missing } from '../codes.ts'
import type { EntityDependencies } from '../dependencies.ts'
import type { PageRequest } from '../page-request.ts'
import type { NewUser } from '../users.ts'
import { purposeOf, type DirectoryLookUps } from './look-up.ts'

export const directoryThere = errorCode(
  'directory-exists',
  409,
  'There is a directory of that name already',
  'Choose another name, or change the one that is there.',
)
export const directoryRefused = errorCode(
  'directory-refused',
  422,
  'The directory cannot be used like that',
  'Correct what is named: TLS (ldaps://, StartTLS, https://) unless SUTLER_DIRECTORIES_PRIVATE=allow, `{q}` where the words go, a filter as RFC 4515 writes it.',
)
export const tooManyDirectories = errorCode(
  'too-many-directories',
  409,
  'There are as many directories as a tenant may have',
  'Remove one that is not used.',
)
export const entryUnknown = errorCode(
  'directory-entry-unknown',
  422,
  'The directory has no such entry',
  'Take the entry from a search (GET /api/v1/search?outside=true).',
)
export const entryThere = errorCode(
  'directory-entry-adopted',
  409,
  'That entry is somebody here already',
  'The search names the user.',
)

/** Each is asked by every search outside. */
const most = 10

export type NewDirectory = { readonly name: string; readonly url: string; readonly secret: string | null } & (
  | { readonly kind: 'ldap'; readonly settings: LdapSettings }
  | { readonly kind: 'http'; readonly settings: HttpSettings }
)

/** What is absent stays. */
export interface DirectoryChange {
  readonly name?: string | undefined
  readonly url?: string | undefined
  readonly secret?: string | null | undefined
  readonly settings?: Partial<Omit<LdapSettings & HttpSettings, 'attributes'>> & {
    readonly attributes?: Partial<EntryParts>
  }
  readonly disabled?: boolean | undefined
}

interface People {
  add(tx: Tx, user: NewUser): Promise<User>
}

export type Directories = ReturnType<typeof directories>

/** Directories of people outside, as operators set them up, and people who are taken over from them. */
export function directories(deps: EntityDependencies, people: People, lookUps: DirectoryLookUps) {
  const { database, doorbells, clock, outside } = deps
  const store = deps.storage.directories
  const now = (): Date => new Date(clock.now())
  const seal = (id: string, secret: string | null): Buffer | null =>
    secret === null || outside === undefined ? null : outside.sealing.seal(purposeOf(id), Buffer.from(secret))

  /** Who was taken over is known by the id that their entry had. @throws CallerError `directory-refused` (422) */
  const requireUnlinked = async (tx: Tx, { id, settings }: Directory): Promise<void> => {
    const linked = await store.countLinks(tx.sql, id)
    if (linked === 0) return
    const detail = `${linked} people who were taken over are known by ${settings.attributes.id}: add another directory.`
    throw new CallerError(directoryRefused, detail, { places: [{ pointer: '/settings/attributes/id', detail }] })
  }

  const owned = async (tenant: string, id: string) => {
    const found = await store.withSecret(database.sql, id)
    if (found?.directory.tenant !== tenant) throw missing('directory', id)
    return found
  }

  return {
    /** @throws CallerError `directory-refused` (422), `directory-exists`, `too-many-directories` (409) */
    async add(tenant: string, { secret, ...wanted }: NewDirectory): Promise<Directory> {
      const id = newId('dir', clock.now())
      const made: Directory = { id, tenant, ...wanted, disabled: false, version: 1, createdAt: clock.now() }
      requireUsable(made, outside?.inside ?? false)
      await database.transaction(async (tx) => {
        if ((await store.count(tx.sql, tenant)) >= most)
          throw new CallerError(tooManyDirectories, `There are ${most} directories.`)
        if (!(await store.insert(tx.sql, made, seal(id, secret)))) throw nameTaken(made.name)
        await appendEvents(tx, doorbells, [event('directory.created', made)])
      })
      return made
    },

    page: (tenant: string, page: PageRequest): Promise<Directory[]> => store.page(database.sql, page, tenant),

    find: (id: string): Promise<Directory | null> => store.find(database.sql, id),

    /** @param admit sees it under its lock, or that there is none @throws as `add` */
    change(id: string, wanted: DirectoryChange, admit: (current: Directory | null) => void): Promise<Directory> {
      return database.transaction(async (tx) => {
        const current = await store.find(tx.sql, id, true)
        admit(current)
        if (current === null) throw missing('directory', id)
        const { name = current.name, url = current.url, disabled = current.disabled, secret } = wanted
        const attributes = { ...current.settings.attributes, ...wanted.settings?.attributes }
        const settings = { ...current.settings, ...wanted.settings, attributes }
        const changed = { ...current, name, url, disabled, settings, version: current.version + 1 } as Directory
        requireUsable(changed, outside?.inside ?? false)
        if (attributes.id !== current.settings.attributes.id) await requireUnlinked(tx, current)
        const sealed = secret === undefined ? undefined : seal(id, secret)
        if (!(await store.update(tx.sql, changed, sealed))) throw nameTaken(name)
        await appendEvents(tx, doorbells, [event('directory.changed', changed)])
        return changed
      })
    },

    /** People who came from it stay, without the link. */
    async remove(id: string, admit: (current: Directory | null) => void): Promise<void> {
      await database.transaction(async (tx) => {
        const current = await store.find(tx.sql, id, true)
        admit(current)
        if (current === null) throw missing('directory', id)
        await store.remove(tx.sql, id)
        await appendEvents(tx, doorbells, [event('directory.removed', current)])
      })
    },

    /** Asks it now, for whoever sets it up. @throws CallerError `not-found` */
    async test(tenant: string, id: string, text: string) {
      const { directory, secret } = await owned(tenant, id)
      const began = clock.monotonic()
      const answer = await lookUps.now(directory, secret, { text })
      return { answer, took: Math.round(clock.monotonic() - began) }
    },

    /**
     * Takes a person over: name and address are the directory’s, and follow it from then on.
     * @throws CallerError `not-found`, `directory-entry-unknown`, `directory-entry-adopted`; OutsideError `directory-failed`
     */
    async adopt(
      tenant: string,
      from: { readonly directory: string; readonly entry: string },
      more: Omit<NewUser, 'tenant' | 'name' | 'email'>,
    ): Promise<User> {
      const { directory, secret } = await owned(tenant, from.directory)
      const answer = await lookUps.now(directory, secret, { entry: from.entry })
      if (!answer.answered) throw new OutsideError(directoryFailed, answer.why)
      const person = answer.people.find(({ entry }) => entry === from.entry)
      if (person === undefined)
        throw new CallerError(entryUnknown, `${directory.name} has no entry ${from.entry.slice(0, 200)}.`, {
          places: [{ pointer: '/from/entry', detail: 'There is none of this id.' }],
        })
      return database.transaction(async (tx) => {
        const user = await people.add(tx, { ...more, tenant, name: person.name, email: person.email })
        const link = { user: user.id, tenant, directory: directory.id, entry: person.entry }
        if (!(await store.link(tx.sql, link, now())))
          throw new CallerError(entryThere, `${person.name} was taken over from ${directory.name} before.`)
        return user
      })
    },
  }
}

/** @throws CallerError `directory-refused` (422) */
function requireUsable(directory: Directory, inside: boolean): void {
  const { url, kind, settings } = directory
  const refuse = (pointer: string, detail: string): never => {
    throw new CallerError(directoryRefused, detail, { places: [{ pointer, detail }] })
  }
  for (const [part, at] of Object.entries(settings.attributes))
    if (at !== null && (at === '' || at.startsWith('/')) === (kind === 'ldap'))
      refuse(
        `/settings/attributes/${part}`,
        kind === 'ldap' ? 'This is no attribute of LDAP.' : 'This is no JSON pointer.',
      )
  const secure = kind === 'ldap' ? url.startsWith('ldaps://') || settings.startTls : url.startsWith('https://')
  if (!secure && !inside) refuse('/url', `${url} has no TLS.`)
  if (kind === 'ldap') {
    if (!/^ldaps?:\/\/[^/?#@]+\/?$/.test(url) || !URL.canParse(url))
      refuse('/url', 'An LDAP directory is ldap://host:port or ldaps://host:port.')
    if (url.startsWith('ldaps://') && settings.startTls) refuse('/settings/startTls', 'ldaps:// has TLS already.')
    if (!settings.filter.includes('{q}')) refuse('/settings/filter', 'There is no {q} in it for what is looked for.')
    if (!isLdapFilter(ldapFilter(settings.filter, 'x'))) refuse('/settings/filter', 'This is no filter (RFC 4515).')
    return
  }
  if (!url.includes('{q}')) refuse('/url', 'There is no {q} in it for what is looked for.')
  for (const [pointer, each] of [
    ['/url', filledUrl(url, 'q', 'x')],
    ['/settings/entryUrl', filledUrl(settings.entryUrl ?? url, 'id', 'x')],
  ] as const)
    if (!URL.canParse(each) || !/^https?:$/.test(new URL(each).protocol)) refuse(pointer, 'This is no http address.')
  const [at, of] = [new URL(filledUrl(url, 'q', 'x')).origin, settings.entryUrl ?? url]
  if (new URL(filledUrl(of, 'id', 'x')).origin !== at)
    refuse('/settings/entryUrl', 'One entry is asked for at the same host: the secret goes with it.')
}

function nameTaken(name: string): CallerError {
  return new CallerError(directoryThere, `There is a directory named ${name} already.`)
}

function event(type: string, { id, tenant, name, kind, url, disabled }: Directory) {
  return { type, subject: id, tenant, household: null, data: { name, kind, url, disabled } }
}
