import { z } from 'zod'
import type { WallTime } from '../../../../platform/clock.ts'
import { nameFault, tidyName } from '../text.ts'
import { scimError } from './errors.ts'
import type { ScimObject, ScimValue } from './resource.ts'
import { homeSchema, userSchema } from './schemas.ts'

/** Somebody or something, as others refer to it. */
export interface Named {
  readonly id: string
  readonly name: string
}

/** A person with an account, as SCIM knows them. */
export interface ScimUser {
  readonly id: string
  readonly tenant: string
  readonly userName: string
  readonly externalId: string | null
  readonly active: boolean
  /** What SCIM sent and nothing else here needs, by the schema's names. */
  readonly attributes: ScimObject
  /** Of what SCIM keeps, and of the person: together the entity tag. */
  readonly version: number
  readonly userVersion: number
  /** The person's, which operators may change, too. */
  readonly name: string
  readonly email: string | null
  readonly households: readonly Named[]
  readonly groups: readonly Named[]
  readonly createdAt: WallTime
  readonly changedAt: WallTime
}

/** What a client wants of a person. */
export interface UserDraft {
  readonly userName: string
  readonly externalId: string | null
  readonly active: boolean
  readonly attributes: ScimObject
  readonly name: string
  readonly email: string | null
  readonly households: readonly string[]
}

const email = z.email().max(254)
/** As long as an address may be (RFC 5321, 4.5.3.1.3). */
const longestUserName = 254

/** @param resource complete @throws CallerError `scim-invalid-value` */
export function userDraft(resource: ScimObject): UserDraft {
  const {
    userName,
    externalId = null,
    active = true,
    [homeSchema.id]: home,
    ...attributes
  } = resource as {
    userName: string
    externalId?: string
    active?: boolean
  } & ScimObject
  if (userName.trim() === '' || userName.length > longestUserName)
    throw scimError('invalidValue', `userName has 1 to ${longestUserName} characters.`, '/userName')
  const households = ((home as ScimObject | undefined)?.['households'] ?? []) as readonly ScimObject[]
  return {
    userName,
    externalId,
    active,
    attributes,
    name: nameOf(userName, attributes),
    email: emailOf(attributes),
    households: households.map((each) => each['value'] as string),
  }
}

function nameOf(userName: string, attributes: ScimObject): string {
  const { displayName } = attributes as { displayName?: string }
  const name = displayName ?? madeName(userName, attributes)
  const fault = nameFault(name)
  if (fault === null) return tidyName(name)
  throw scimError('invalidValue', fault, displayName === undefined ? '/name' : '/displayName')
}

/** What a person is called where nobody says it. */
function madeName(userName: string, attributes: ScimObject): string {
  const { formatted, givenName, familyName } = (attributes['name'] ?? {}) as Record<string, string | undefined>
  const both = [givenName, familyName].filter((part) => part !== undefined && part.trim() !== '').join(' ')
  return formatted ?? (both === '' ? userName : both)
}

function emailOf(attributes: ScimObject): string | null {
  const chosen = chosenEmail(attributes)?.['value'] as string | undefined
  if (chosen === undefined) return null
  if (!email.safeParse(chosen).success)
    throw scimError('invalidValue', 'This is no e-mail address: ' + chosen.slice(0, 80), '/emails')
  return chosen
}

/** The primary one, else the first (RFC 7643, 2.4). */
function chosenEmail(attributes: ScimObject): ScimObject | undefined {
  const all = (attributes['emails'] ?? []) as readonly ScimObject[]
  return all.find((each) => each['primary'] === true) ?? all[0]
}

/** What SCIM may change of the person: as it was sent, with the name and the address that the person has by now. */
export function storedResource(user: ScimUser): ScimObject {
  const { userName, externalId, active, attributes, name, email: address, households } = user
  const { displayName: _sent, emails: _emails, ...rest } = attributes
  const named = attributes['displayName'] !== undefined || tidyName(madeName(userName, attributes)) !== name
  const emails = currentEmails(attributes, address)
  return {
    userName,
    ...(externalId === null ? {} : { externalId }),
    active,
    ...rest,
    ...(named ? { displayName: name } : {}),
    ...(emails.length === 0 ? {} : { emails }),
    ...(households.length === 0
      ? {}
      : { [homeSchema.id]: { households: households.map(({ id, name: display }) => ({ value: id, display })) } }),
  }
}

function currentEmails(attributes: ScimObject, address: string | null): readonly ScimObject[] {
  const all = (attributes['emails'] ?? []) as readonly ScimObject[]
  const chosen = chosenEmail(attributes)
  if (chosen?.['value'] === (address ?? undefined)) return all
  const others = all.filter((each) => each !== chosen)
  return address === null ? others : [{ ...chosen, value: address, primary: true }, ...others]
}

/** The whole resource, as it is answered. @param base absolute address of /scim/v2 */
export function userResource(user: ScimUser, base: string): ScimObject {
  const stored = storedResource(user)
  const extensions = Object.keys(stored).filter((name) => name.startsWith('urn:'))
  return {
    schemas: [userSchema.id, ...extensions],
    id: user.id,
    ...stored,
    displayName: user.name,
    ...(user.groups.length === 0 ? {} : { groups: user.groups.map((group) => groupReference(group, base)) }),
    meta: {
      resourceType: 'User',
      created: iso(user.createdAt),
      lastModified: iso(user.changedAt),
      location: `${base}/Users/${user.id}`,
      version: userTag(user),
    },
  }
}

function groupReference({ id, name }: Named, base: string): ScimValue {
  return { value: id, $ref: `${base}/Groups/${id}`, display: name, type: 'direct' }
}

/** Weak: `groups` are left out of it (RFC 7644, 3.14). */
export function userTag({ userVersion, version }: Pick<ScimUser, 'userVersion' | 'version'>): string {
  return `W/"${userVersion}.${version}"`
}

function iso(time: WallTime): string {
  return new Date(time).toISOString()
}
