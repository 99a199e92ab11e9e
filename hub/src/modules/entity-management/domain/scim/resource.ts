import type { Attribute } from './attributes.ts'
import { scimError } from './errors.ts'
import { coreAttributes, named, type ResourceSchema } from './schemas.ts'

export type ScimValue = string | boolean | ScimObject | readonly ScimValue[]
/** Attributes by their names as the schema spells them; extensions under their ids. What has no value is not there. */
export interface ScimObject {
  readonly [name: string]: ScimValue
}

/** Of one text, and of the values of one attribute. */
const bounds = { text: 4096, values: 200 }
/** A group has as many as are sent. */
const unbounded = new Set(['members'])

const unstorable = /\0|\p{Cs}/u

/**
 * What a client sent, in the schema's own spelling: names without regard to case, values checked, what is unknown or readOnly left
 * out (RFC 7644, 3.3 and 3.5.1). @throws CallerError `scim-invalid-syntax`, `scim-invalid-value`
 */
export function readResource(schema: ResourceSchema, body: unknown): ScimObject {
  if (!isObject(body)) throw scimError('invalidSyntax', 'The body is no JSON object.', '')
  const schemas = Object.entries(body).find(([name]) => name.toLowerCase() === 'schemas')?.[1]
  const ids = Array.isArray(schemas) ? schemas.map((id) => String(id).toLowerCase()) : []
  if (!ids.includes(schema.core.id.toLowerCase()))
    throw scimError('invalidSyntax', `\`schemas\` does not have ${schema.core.id}.`, '/schemas')
  return readAttributes(schema, body)
}

/** The same without `schemas`. @throws CallerError `scim-invalid-value` */
export function readAttributes(schema: ResourceSchema, body: Readonly<Record<string, unknown>>): ScimObject {
  const read: Record<string, ScimValue> = readParts(coreAttributes(schema), body, '')
  for (const [name, value] of Object.entries(body)) {
    const extension = schema.extensions.find(({ id }) => id.toLowerCase() === name.toLowerCase())
    if (extension === undefined || value === null) continue
    if (!isObject(value)) throw scimError('invalidValue', `${extension.id} is no object.`, pointer('', name))
    const own = readParts(extension.attributes, value, pointer('', name))
    if (Object.keys(own).length > 0) read[extension.id] = own
  }
  return read
}

/** That what is required is there. @throws CallerError `scim-invalid-value` */
export function requireComplete(schema: ResourceSchema, resource: ScimObject): void {
  const missing = schema.core.attributes.find(({ name, required }) => required && resource[name] === undefined)
  if (missing !== undefined) throw scimError('invalidValue', `${missing.name} is required.`, `/${missing.name}`)
}

/** A value for this attribute, or undefined where it means “no value” (RFC 7643, 2.5). @throws CallerError `scim-invalid-value` */
export function readValue(attribute: Attribute, value: unknown, place: string): ScimValue | undefined {
  if (value === undefined || value === null) return undefined
  if (!attribute.multiValued) return readSingle(attribute, value, place)
  const given = Array.isArray(value) ? (value as unknown[]) : [value]
  if (given.length > bounds.values && !unbounded.has(attribute.name))
    throw scimError('invalidValue', `${attribute.name} has more than ${bounds.values} values.`, place)
  const values = given.flatMap((each, i) => readSingle(attribute, each, `${place}/${i}`) ?? [])
  onePrimary(attribute, values, place)
  return values.length === 0 ? undefined : values
}

/** One value of a list, or the only one. */
export function readSingle(attribute: Attribute, value: unknown, place: string): ScimValue | undefined {
  const { name, type, subAttributes } = attribute
  if (type === 'complex') {
    // Sent by clients: the value alone, in place of an object with a `value`.
    const object = typeof value === 'string' && named(subAttributes, 'value') ? { value } : value
    if (!isObject(object)) throw scimError('invalidValue', `${name} takes objects, not ${kindOf(value)}.`, place)
    const read = readParts(subAttributes, object, place)
    const missing = subAttributes.find((sub) => sub.required && read[sub.name] === undefined)
    if (missing) throw scimError('invalidValue', `${name} needs ${missing.name}.`, place)
    return Object.keys(read).length === 0 ? undefined : read
  }
  if (type === 'boolean') {
    if (typeof value === 'boolean') return value
    // Sent by clients as text.
    if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true'
    throw scimError('invalidValue', `${name} is true or false, not ${kindOf(value)}.`, place)
  }
  if (typeof value !== 'string') throw scimError('invalidValue', `${name} is a text, not ${kindOf(value)}.`, place)
  if (value.length > bounds.text)
    throw scimError('invalidValue', `${name} has more than ${bounds.text} characters.`, place)
  if (unstorable.test(value))
    throw scimError('invalidValue', `${name} has a NUL character or half of a surrogate pair.`, place)
  return value
}

/** At most one value of a list is the primary one (RFC 7643, 2.4). */
function onePrimary({ name }: Attribute, values: readonly ScimValue[], place: string): void {
  const primary = values.filter((value) => (value as ScimObject)['primary'] === true)
  if (primary.length > 1) throw scimError('invalidValue', `${name} has more than one primary value.`, place)
}

function readParts(
  attributes: readonly Attribute[],
  body: Readonly<Record<string, unknown>>,
  place: string,
): Record<string, ScimValue> {
  const read: Record<string, ScimValue> = {}
  for (const [key, value] of Object.entries(body)) {
    const attribute = named(attributes, key)
    if (attribute === undefined || attribute.mutability === 'readOnly') continue
    const own = readValue(attribute, value, pointer(place, key))
    if (own !== undefined) read[attribute.name] = own
  }
  return read
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(value: unknown): string {
  return Array.isArray(value)
    ? 'a list'
    : value === null
      ? 'null'
      : typeof value === 'object'
        ? 'an object'
        : `a ${typeof value}`
}

function pointer(place: string, key: string): string {
  return `${place}/${key.slice(0, 128).replaceAll('~', '~0').replaceAll('/', '~1')}`
}
