import { scimError } from './errors.ts'
import type { ScimObject, ScimValue } from './resource.ts'
import { coreAttributes, resolvePath, type ResolvedPath, type ResourceSchema } from './schemas.ts'

/** Which attributes an answer has (RFC 7644, 3.9): these only, or all but these. */
export interface Projection {
  readonly only: readonly ResolvedPath[] | null
  readonly but: readonly ResolvedPath[]
}

export interface ProjectionQuery {
  readonly attributes?: string | undefined
  readonly excludedAttributes?: string | undefined
}

/** Unknown names are passed over: what there is not, is not shown. @throws CallerError `scim-invalid-value` where both are given */
export function projectionOf(schema: ResourceSchema, { attributes, excludedAttributes }: ProjectionQuery): Projection {
  if (attributes !== undefined && excludedAttributes !== undefined)
    throw scimError('invalidValue', 'Say attributes or excludedAttributes, not both.', '#query/attributes')
  const paths = (text: string) =>
    text.split(',').flatMap((name) => {
      const trimmed = name.trim()
      const extension = schema.extensions.find(({ id }) => id.toLowerCase() === trimmed.toLowerCase())
      const all = extension?.attributes.map((attribute) => ({ extension, attribute, sub: null }))
      return all ?? resolvePath(schema, trimmed) ?? []
    })
  return {
    only: attributes === undefined ? null : paths(attributes),
    but: excludedAttributes === undefined ? [] : paths(excludedAttributes),
  }
}

/** Whether an answer has the attribute, in whole or in part. */
export function shows({ only, but }: Projection, name: string): boolean {
  if (only !== null) return only.some(({ attribute }) => attribute.name === name)
  return !but.some(({ attribute, sub }) => attribute.name === name && sub === null)
}

/** What is always returned stays: `schemas` and `id`. */
export function project(schema: ResourceSchema, resource: ScimObject, projection: Projection): ScimObject {
  const { only, but } = projection
  if (only === null && but.length === 0) return resource
  const always = new Set([
    'schemas',
    ...coreAttributes(schema).flatMap((each) => (each.returned === 'always' ? [each.name] : [])),
  ])
  return projected(resource, null, projection, always)
}

function projected(
  resource: ScimObject,
  extension: string | null,
  projection: Projection,
  always: ReadonlySet<string>,
): ScimObject {
  const shown = Object.entries(resource).flatMap(([name, value]): [string, ScimValue][] => {
    if (extension === null && always.has(name)) return [[name, value]]
    if (extension === null && name.startsWith('urn:')) {
      const own = projected(value as ScimObject, name, projection, always)
      return Object.keys(own).length === 0 ? [] : [[name, own]]
    }
    const own = part(value, name, extension, projection)
    return own === undefined ? [] : [[name, own]]
  })
  return Object.fromEntries(shown)
}

function part(value: ScimValue, name: string, extension: string | null, projection: Projection): ScimValue | undefined {
  const about = (paths: readonly ResolvedPath[]) =>
    paths.filter((path) => path.attribute.name === name && (path.extension?.id ?? null) === extension)
  if (projection.only !== null) {
    const wanted = about(projection.only)
    if (wanted.length === 0) return undefined
    return wanted.some(({ sub }) => sub === null)
      ? value
      : subs(value, (sub) => wanted.some((path) => path.sub?.name === sub))
  }
  const hidden = about(projection.but)
  if (hidden.some(({ sub }) => sub === null)) return undefined
  return hidden.length === 0 ? value : subs(value, (sub) => !hidden.some((path) => path.sub?.name === sub))
}

function subs(value: ScimValue, wanted: (name: string) => boolean): ScimValue | undefined {
  if (Array.isArray(value)) {
    const all = (value as readonly ScimValue[]).flatMap((each) => subs(each, wanted) ?? [])
    return all.length === 0 ? undefined : all
  }
  const kept = Object.entries(value as ScimObject).filter(([name]) => wanted(name))
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}
