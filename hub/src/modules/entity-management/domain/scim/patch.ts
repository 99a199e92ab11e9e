import { scimError } from './errors.ts'
import type { Attribute } from './attributes.ts'
import { parsePath, type Filter, type PatchPath } from './filter.ts'
import { matches } from './match.ts'
import { isObject, readSingle, readValue, type ScimObject, type ScimValue } from './resource.ts'
import { resolvePath, type ResolvedPath, type ResourceSchema } from './schemas.ts'

export const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** One operation, its shape checked. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove'
  readonly path: string | null
  readonly value: unknown
  /** JSON pointer to it. */
  readonly place: string
}

const mostOperations = 1000

/** The operations of a PATCH body (RFC 7644, 3.5.2). @throws CallerError `scim-invalid-syntax`, `scim-no-target` */
export function readOperations(body: unknown): Operation[] {
  const given = isObject(body) ? Object.entries(body) : []
  const of = (name: string): unknown => given.find(([key]) => key.toLowerCase() === name)?.[1]
  const schemas = of('schemas')
  if (!Array.isArray(schemas) || !schemas.some((id) => String(id).toLowerCase() === patchOp.toLowerCase()))
    throw scimError('invalidSyntax', `\`schemas\` does not have ${patchOp}.`, '/schemas')
  const operations = of('operations')
  if (!Array.isArray(operations) || operations.length === 0)
    throw scimError('invalidSyntax', '`Operations` is no list with at least one operation.', '/Operations')
  if (operations.length > mostOperations)
    throw scimError('invalidSyntax', `There are more than ${mostOperations} operations.`, '/Operations')
  return operations.map((operation: unknown, i) => readOperation(operation, `/Operations/${i}`))
}

function readOperation(operation: unknown, place: string): Operation {
  if (!isObject(operation)) throw scimError('invalidSyntax', 'An operation is an object.', place)
  const { op, path = null, value } = operation
  const wanted = typeof op === 'string' ? op.toLowerCase() : ''
  if (wanted !== 'add' && wanted !== 'replace' && wanted !== 'remove')
    throw scimError('invalidSyntax', '`op` is add, replace or remove.', `${place}/op`)
  if (path !== null && typeof path !== 'string') throw scimError('invalidPath', 'A path is a text.', `${place}/path`)
  if (path === null && wanted === 'remove')
    throw scimError('noTarget', 'What is to be removed is not said: `path` is missing.', place)
  if (wanted === 'add' && value === undefined) throw scimError('invalidValue', '`value` is missing.', place)
  return { op: wanted, path: path === '' ? null : path, value, place }
}

/** One operation on one attribute. */
export interface Step {
  readonly op: Operation['op']
  readonly path: PatchPath
  readonly value: unknown
  readonly place: string
}

/**
 * The operation by attributes: without a path its value has one of each (RFC 7644, 3.5.2.1 and 3.5.2.3), whose names may be paths
 * themselves, as some clients send; unknown ones are passed over there as in a resource.
 * @throws CallerError `scim-invalid-path`, `scim-invalid-filter`, `scim-invalid-value`, `scim-mutability`
 */
export function stepsOf(schema: ResourceSchema, { op, path, value, place }: Operation): Step[] {
  if (path !== null) {
    const extension = schema.extensions.find(({ id }) => id.toLowerCase() === path.toLowerCase())
    if (extension !== undefined && op !== 'remove')
      return stepsOf(schema, { op, path: null, value: { [extension.id]: value }, place })
    const resolved = parsePath(schema, path, `${place}/path`)
    requireMutable(resolved, `${place}/path`)
    return [{ op, path: resolved, value, place: `${place}/value` }]
  }
  if (!isObject(value)) throw scimError('invalidValue', 'Without a path, the value is an object.', `${place}/value`)
  return Object.entries(value).flatMap(([name, own]) => {
    const extension = schema.extensions.find(({ id }) => id.toLowerCase() === name.toLowerCase())
    const at = `${place}/value/${name.slice(0, 128).replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (extension !== undefined) {
      if (!isObject(own)) throw scimError('invalidValue', `${extension.id} is no object.`, at)
      const inside = Object.fromEntries(Object.entries(own).map(([key, each]) => [`${extension.id}:${key}`, each]))
      return stepsOf(schema, { op, path: null, value: inside, place })
    }
    const known = name.includes('[') || resolvePath(schema, name) !== null
    if (!known) return []
    const resolved = parsePath(schema, name, at)
    // In a whole resource what is readOnly is ignored.
    return isReadOnly(resolved) ? [] : [{ op, path: resolved, value: own, place: at }]
  })
}

/** The resource after these steps, in order. @throws CallerError `scim-no-target`, `scim-invalid-value` */
export function applySteps(resource: ScimObject, steps: readonly Step[]): ScimObject {
  return steps.reduce(applied, resource)
}

function applied(resource: ScimObject, step: Step): ScimObject {
  const { extension, attribute } = step.path
  const own = (extension === null ? resource : (resource[extension.id] ?? {})) as ScimObject
  const changed = withValue(own, attribute.name, attribute.multiValued ? list(own, step) : single(own, step))
  if (extension === null) return changed
  return withValue(resource, extension.id, Object.keys(changed).length === 0 ? undefined : changed)
}

/** What becomes of an attribute with one value. */
function single(own: ScimObject, { op, path: { attribute, sub }, value, place }: Step): ScimValue | undefined {
  const now = own[attribute.name]
  if (attribute.type !== 'complex') return op === 'remove' ? undefined : readValue(attribute, value, place)
  const parts = (now ?? {}) as ScimObject
  if (sub !== null)
    return nonEmpty(withValue(parts, sub.name, op === 'remove' ? undefined : readValue(sub, value, place)))
  // Sub-attributes that are not sent stay (RFC 7644, 3.5.2.3).
  const sent = op === 'remove' ? undefined : readSingle(attribute, value, place)
  return sent === undefined ? undefined : { ...parts, ...(sent as ScimObject) }
}

/** What becomes of a list. */
function list(own: ScimObject, step: Step): ScimValue | undefined {
  const { op, path, value, place } = step
  const { attribute, sub, filter } = path
  const now = (own[attribute.name] ?? []) as readonly ScimObject[]
  if (filter === null && sub === null) {
    if (op === 'remove') return value === undefined ? undefined : without(now, readListed(attribute, value, place))
    const sent = (readValue(attribute, value, place) ?? []) as readonly ScimObject[]
    return nonEmptyList(op === 'replace' ? sent : joined(now, sent))
  }
  const chosen = (each: ScimObject): boolean => filter === null || matches(filter, each)
  if (op === 'remove')
    return nonEmptyList(
      sub === null
        ? now.filter((each) => !chosen(each))
        : now.flatMap((each): readonly ScimObject[] =>
            chosen(each) ? listOf(nonEmpty(withValue(each, sub.name, undefined))) : [each],
          ),
    )
  const sent = sub === null ? readSingle(attribute, value, place) : { [sub.name]: readValue(sub, value, place) }
  if (sent === undefined) throw scimError('invalidValue', 'There is nothing in the value.', place)
  if (!now.some(chosen)) return joined(now, [{ ...described(step, filter), ...(sent as ScimObject) }])
  const changed = now.map((each) => (chosen(each) ? merged(each, sent as Partial<ScimObject>) : each))
  return onlyPrimary(changed, (each, i) => each !== now[i])
}

/** A value that an addition makes where its filter finds none: what the filter says of it. @throws CallerError `scim-no-target` */
function described({ op, place }: Step, filter: Filter | null): ScimObject {
  const said = filter === null ? [] : filter.kind === 'and' ? filter.parts : [filter]
  const plain = said.every((part) => part.kind === 'compare' && part.op === 'eq' && part.value !== null)
  if (op !== 'add' || !plain) throw scimError('noTarget', 'No value is what the path asks for.', place)
  return Object.fromEntries(
    said.flatMap((part) => (part.kind === 'compare' ? [[part.path.attribute.name, part.value as ScimValue]] : [])),
  )
}

/** With those that are not there yet; a new primary value takes the mark from the one before. */
function joined(now: readonly ScimObject[], sent: readonly ScimObject[]): ScimObject[] {
  const fresh = sent.filter((each) => !now.some((present) => alike(present, each)))
  return onlyPrimary([...now, ...fresh], (_each, i) => i >= now.length)
}

/** Where a changed value is primary, the others are not (RFC 7644, 3.5.2). */
function onlyPrimary(values: readonly ScimObject[], isNew: (value: ScimObject, i: number) => boolean): ScimObject[] {
  const last = values.findLastIndex((each, i) => isNew(each, i) && each['primary'] === true)
  if (last < 0) return [...values]
  return values.map((each, i) => (i !== last && each['primary'] === true ? { ...each, primary: false } : each))
}

/** What is to be taken out of a list by its values, as some clients ask. */
function readListed(attribute: Attribute, value: unknown, place: string): readonly ScimObject[] {
  return (readValue(attribute, value, place) ?? []) as readonly ScimObject[]
}

function without(now: readonly ScimObject[], gone: readonly ScimObject[]): ScimValue | undefined {
  return nonEmptyList(now.filter((each) => !gone.some((one) => one['value'] === each['value'])))
}

/** Values of a list are objects of plain values. */
function alike(a: ScimObject, b: ScimObject): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

function merged(each: ScimObject, sent: Partial<ScimObject>): ScimObject {
  return Object.entries(sent).reduce<ScimObject>((all, [name, value]) => withValue(all, name, value), each)
}

function withValue(object: ScimObject, name: string, value: ScimValue | undefined): ScimObject {
  const { [name]: _before, ...rest } = object
  return value === undefined ? rest : { ...rest, [name]: value }
}

function nonEmpty(object: ScimObject): ScimObject | undefined {
  return Object.keys(object).length === 0 ? undefined : object
}

function listOf(object: ScimObject | undefined): readonly ScimObject[] {
  return object === undefined ? [] : [object]
}

function nonEmptyList(values: readonly ScimObject[]): readonly ScimObject[] | undefined {
  return values.length === 0 ? undefined : values
}

function isReadOnly({ attribute, sub }: ResolvedPath): boolean {
  return attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly'
}

function requireMutable(path: ResolvedPath, place: string): void {
  if (isReadOnly(path)) throw scimError('mutability', `${(path.sub ?? path.attribute).name} is readOnly.`, place)
}
