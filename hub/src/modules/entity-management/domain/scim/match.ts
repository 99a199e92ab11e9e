import type { Comparison, Filter, FilterValue } from './filter.ts'
import type { Attribute } from './attributes.ts'
import type { ScimObject, ScimValue } from './resource.ts'
import type { ResolvedPath } from './schemas.ts'

/** Whether the filter holds for a resource, or for one value of a list. */
export function matches(filter: Filter, resource: ScimObject): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => matches(part, resource))
    case 'or':
      return filter.parts.some((part) => matches(part, resource))
    case 'not':
      return !matches(filter.part, resource)
    case 'present':
      return valuesOf(filter.path, resource).length > 0
    case 'some': {
      const values = resource[filter.path.attribute.name]
      return Array.isArray(values) && values.some((value) => matches(filter.part, value as ScimObject))
    }
    case 'compare':
      return compared(filter, valuesOf(filter.path, resource))
  }
}

/** The plain values that a path leads to; of a complex one its `value`. */
function valuesOf({ extension, attribute, sub }: ResolvedPath, resource: ScimObject): ScimValue[] {
  const own = extension === null ? resource : ((resource[extension.id] ?? {}) as ScimObject)
  const value = own[attribute.name]
  const all = value === undefined ? [] : Array.isArray(value) ? (value as ScimValue[]) : [value]
  if (attribute.type !== 'complex') return all
  return all.flatMap((each) => (each as ScimObject)[sub?.name ?? 'value'] ?? [])
}

function compared(
  { op, value, path }: { op: Comparison; value: FilterValue; path: ResolvedPath },
  values: readonly ScimValue[],
): boolean {
  if (value === null) return (op === 'eq') === (values.length === 0)
  // Not equal: no value is.
  if (op === 'ne') return !compared({ op: 'eq', value, path }, values)
  const fold = folding(path.sub ?? path.attribute)
  const wanted = fold(value)
  return values.some((each) => holds(op, fold(each as FilterValue), wanted))
}

type Plain = string | number | boolean

function folding({ type, caseExact, subAttributes }: Attribute): (value: FilterValue) => Plain {
  const exact = type === 'complex' ? subAttributes.find(({ name }) => name === 'value')?.caseExact : caseExact
  if (type === 'dateTime') return (value) => Date.parse(String(value))
  return (value) => (typeof value === 'string' && !exact ? value.toLowerCase() : (value as Plain))
}

function holds(op: Comparison, value: Plain, wanted: Plain): boolean {
  const text = String(wanted)
  switch (op) {
    case 'eq':
      return value === wanted
    case 'ne':
      return value !== wanted
    case 'co':
      return String(value).includes(text)
    case 'sw':
      return String(value).startsWith(text)
    case 'ew':
      return String(value).endsWith(text)
    case 'gt':
      return value > wanted
    case 'ge':
      return value >= wanted
    case 'lt':
      return value < wanted
    case 'le':
      return value <= wanted
  }
}
