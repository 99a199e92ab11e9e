import { complex, flag, reference, text, time, typedValues, type Attribute } from './attributes.ts'

export interface Schema {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly attributes: readonly Attribute[]
}

/** What a resource is made of: its own schema, and others in an object under their id. */
export interface ResourceSchema {
  readonly core: Schema
  readonly extensions: readonly Schema[]
}

const work = ['work', 'home', 'other']

export const userSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'A person with an account of this hub.',
  attributes: [
    text('userName', 'Names the person where they come from. Its case does not matter.', {
      required: true,
      uniqueness: 'server',
    }),
    complex('name', 'The parts of the name.', [
      text('formatted', 'The whole name.'),
      text('familyName', 'Last name.'),
      text('givenName', 'First name.'),
      text('middleName', 'Middle names.'),
      text('honorificPrefix', 'Title before the name.'),
      text('honorificSuffix', 'What follows the name.'),
    ]),
    text('displayName', 'The name that this hub shows; absent = made from `name`, else `userName`.'),
    text('nickName', 'How the person is called.'),
    reference('profileUrl', 'A page about the person.', ['external']),
    text('title', 'Such as “Vice President”.'),
    text('userType', 'Such as “Employee”.'),
    text('preferredLanguage', 'As in Accept-Language.'),
    text('locale', 'Such as en-GB.'),
    text('timezone', 'IANA name, such as Europe/Berlin.'),
    flag('active', 'False: the account is disabled and its sessions are ended.'),
    typedValues('emails', 'E-mail addresses; the primary one, else the first, is where this hub writes to.', work),
    typedValues('phoneNumbers', 'Telephone numbers.', ['work', 'home', 'mobile', 'fax', 'pager', 'other']),
    typedValues('ims', 'Addresses for messages.', []),
    typedValues('photos', 'Pictures.', ['photo', 'thumbnail']),
    complex(
      'addresses',
      'Postal addresses.',
      [
        text('formatted', 'The whole address.'),
        text('streetAddress', 'Street and number.'),
        text('locality', 'Town.'),
        text('region', 'State or region.'),
        text('postalCode', 'Postal code.'),
        text('country', 'ISO 3166-1 alpha-2.'),
        text('type', 'What it is for.', { canonicalValues: work }),
        flag('primary', 'The preferred one; at most one is.'),
      ],
      { multiValued: true },
    ),
    complex(
      'groups',
      'User groups that the person is in; changed at the groups.',
      [
        text('value', 'Id of the group.', { mutability: 'readOnly', caseExact: true }),
        reference('$ref', 'Address of the group.', ['Group'], { mutability: 'readOnly' }),
        text('display', 'Name of the group.', { mutability: 'readOnly' }),
        text('type', 'Always `direct`.', { mutability: 'readOnly', canonicalValues: ['direct'] }),
      ],
      { multiValued: true, mutability: 'readOnly' },
    ),
    typedValues('entitlements', 'Kept for whoever sends them; they give no rights here.', []),
  ],
}

export const enterpriseSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'The person in an enterprise.',
  attributes: [
    text('employeeNumber', 'Identifier in the organisation.'),
    text('costCenter', 'Cost centre.'),
    text('organization', 'Organisation.'),
    text('division', 'Division.'),
    text('department', 'Department.'),
    complex('manager', 'Whom the person reports to.', [
      text('value', 'Identifier of the manager.', { caseExact: true }),
      reference('$ref', 'Address of the manager.', ['User']),
      text('displayName', 'Name of the manager.', { mutability: 'readOnly' }),
    ]),
  ],
}

export const homeSchema: Schema = {
  id: 'urn:sutler:params:scim:schemas:extension:2.0:User',
  name: 'HouseholdUser',
  description: 'What only this hub has of a person.',
  attributes: [
    complex(
      'households',
      'Households that the person belongs to.',
      [
        text('value', 'Id of the household.', { required: true, caseExact: true }),
        text('display', 'Name of the household.', { mutability: 'readOnly' }),
      ],
      { multiValued: true },
    ),
  ],
}

export const groupSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'A group of people. It may give roles, which operators set: docs/guide/scim.md.',
  attributes: [
    text('displayName', 'The name of the group.', { required: true, uniqueness: 'server' }),
    complex(
      'members',
      'Who is in it.',
      [
        text('value', 'Id of the person.', { required: true, mutability: 'immutable', caseExact: true }),
        reference('$ref', 'Address of the person.', ['User'], { mutability: 'readOnly' }),
        text('display', 'Name of the person.', { mutability: 'readOnly' }),
        text('type', 'Always `User`: groups in groups are not kept.', {
          mutability: 'immutable',
          canonicalValues: ['User'],
        }),
      ],
      { multiValued: true },
    ),
  ],
}

/** What every resource has (RFC 7643, 3.1); in no schema's own list. */
const common: readonly Attribute[] = [
  text('id', 'Given by this hub.', {
    mutability: 'readOnly',
    caseExact: true,
    returned: 'always',
    uniqueness: 'server',
  }),
  text('externalId', 'Given by the client, kept as it is.', { caseExact: true }),
  complex(
    'meta',
    'About the resource.',
    [
      text('resourceType', 'Name of its type.', { mutability: 'readOnly', caseExact: true }),
      time('created', 'When it was made.'),
      time('lastModified', 'When SCIM or an operator changed it last.'),
      reference('location', 'Its address.', ['uri'], { mutability: 'readOnly' }),
      text('version', 'Its entity tag.', { mutability: 'readOnly', caseExact: true }),
    ],
    { mutability: 'readOnly' },
  ),
]

export const users: ResourceSchema = { core: userSchema, extensions: [enterpriseSchema, homeSchema] }
export const groups: ResourceSchema = { core: groupSchema, extensions: [] }
export const allSchemas: readonly Schema[] = [userSchema, enterpriseSchema, homeSchema, groupSchema]

/** Where an attribute is: in the resource itself, or in an extension's object. */
export interface ResolvedPath {
  readonly extension: Schema | null
  readonly attribute: Attribute
  readonly sub: Attribute | null
}

/** Attributes of a resource's own level, those that every resource has included. */
export function coreAttributes({ core }: ResourceSchema): readonly Attribute[] {
  return [...common, ...core.attributes]
}

/** Names are compared without case (RFC 7643, 2.1). */
export function named(attributes: readonly Attribute[], name: string): Attribute | undefined {
  const wanted = name.toLowerCase()
  return attributes.find((each) => each.name.toLowerCase() === wanted)
}

/** What `[urn:]attribute[.sub]` names (RFC 7644, 3.10); null when the resource has none such. */
export function resolvePath(schema: ResourceSchema, path: string): ResolvedPath | null {
  const lower = path.toLowerCase()
  for (const each of [schema.core, ...schema.extensions]) {
    if (!lower.startsWith(`${each.id.toLowerCase()}:`)) continue
    const rest = path.slice(each.id.length + 1)
    const extension = each === schema.core ? null : each
    return within(extension === null ? coreAttributes(schema) : each.attributes, rest, extension)
  }
  return within(coreAttributes(schema), path, null)
}

function within(attributes: readonly Attribute[], path: string, extension: Schema | null): ResolvedPath | null {
  const [first = '', second, ...more] = path.split('.')
  const attribute = named(attributes, first)
  if (attribute === undefined || more.length > 0) return null
  if (second === undefined) return { extension, attribute, sub: null }
  const sub = named(attribute.subAttributes, second)
  return sub === undefined ? null : { extension, attribute, sub }
}
