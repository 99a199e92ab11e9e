import type postgres from 'postgres'
import type { Sql } from '../../../../platform/database.ts'
import type { Attribute } from '../../domain/scim/attributes.ts'
import { scimError } from '../../domain/scim/errors.ts'
import type { Comparison, Filter, FilterValue } from '../../domain/scim/filter.ts'
import type { ResolvedPath } from '../../domain/scim/schemas.ts'
import { unsortable, type Sort } from '../../domain/scim/sort.ts'

type Fragment = postgres.PendingQuery<postgres.Row[]>

/** Where the values of an attribute are: in a column of the row, or in rows of their own. */
export type Place =
  | { readonly column: Fragment; readonly folded?: boolean }
  /** `exists`: whether one of them is so; `field`: a part of one, as text. */
  | {
      readonly exists: (condition: Fragment) => Fragment
      readonly field: (name: string) => Fragment | null
      /** A part of the primary one, else of the first, for sorting; absent = that is not done. */
      readonly first?: (name: string) => Fragment
    }

export type Places = (path: ResolvedPath) => Place | null

/** A condition on rows that holds where the filter does; never null. @throws CallerError `scim-invalid-filter` */
export function filterSql(sql: Sql, filter: Filter, places: Places): Fragment {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const word = filter.kind === 'and' ? sql`and` : sql`or`
      return filter.parts
        .map((part) => sql`(${filterSql(sql, part, places)})`)
        .reduce((all, each) => sql`${all} ${word} ${each}`)
    }
    case 'not':
      return sql`not (${filterSql(sql, filter.part, places)})`
    case 'some': {
      const place = placeOf(filter.path, places)
      if ('column' in place) throw unusable(filter.path)
      const own: Places = ({ attribute }) => {
        const column = place.field(attribute.name)
        return column === null ? null : { column }
      }
      return place.exists(filterSql(sql, filter.part, own))
    }
    case 'present':
      return present(sql, filter.path, placeOf(filter.path, places))
    case 'compare': {
      const { path, op, value } = filter
      const place = placeOf(path, places)
      if (value === null) {
        const there = present(sql, path, place)
        return op === 'eq' ? sql`not (${there})` : there
      }
      // Not equal: no value of it is.
      if (op === 'ne') return sql`not (${compared(sql, path, place, 'eq', value)})`
      return compared(sql, path, place, op, value)
    }
  }
}

/**
 * What a list is ordered by, before the id (RFC 7644, 3.4.2.3). Texts are compared as filters compare them.
 * @throws CallerError `scim-invalid-value`
 */
export function sortSql(sql: Sql, { path, descending }: Sort, places: Places): Fragment {
  const place = places(path)
  const name = path.sub?.name ?? 'value'
  const column = place === null ? undefined : 'column' in place ? place.column : place.first?.(name)
  const attribute = comparedAttribute(path)
  if (column === undefined || attribute.type === 'complex') throw unsortable(nameOf(path))
  const text = attribute.type !== 'dateTime' && attribute.type !== 'boolean'
  const own = !text ? column : sql`${attribute.caseExact ? column : sql`lower(${column})`} collate "C"`
  // PostgreSQL's own place for null is what the standard asks for: last, and first where it is descending.
  return descending ? sql`${own} desc` : own
}

function placeOf(path: ResolvedPath, places: Places): Place {
  const place = places(path)
  if (place === null) throw unusable(path)
  return place
}

function present(sql: Sql, { sub }: ResolvedPath, place: Place): Fragment {
  if ('column' in place) return sql`coalesce(${place.column}::text <> '', false)`
  const field = place.field(sub?.name ?? 'value')
  return place.exists(field === null ? sql`true` : sql`${field} is not null`)
}

function compared(sql: Sql, path: ResolvedPath, place: Place, op: Comparison, value: FilterValue): Fragment {
  const attribute = comparedAttribute(path)
  if ('column' in place) return comparison(sql, attribute, place, op, value)
  const column = place.field(path.sub?.name ?? 'value')
  if (column === null) throw unusable(path)
  return place.exists(comparison(sql, attribute, { column }, op, value))
}

/** Of a complex one its `value`. */
function comparedAttribute({ attribute, sub }: ResolvedPath): Attribute {
  const named = sub ?? attribute
  return named.subAttributes.find(({ name }) => name === 'value') ?? named
}

function comparison(
  sql: Sql,
  { type, caseExact }: Attribute,
  { column, folded = false }: { readonly column: Fragment; readonly folded?: boolean },
  op: Comparison,
  value: FilterValue,
): Fragment {
  if (type === 'dateTime') return sql`coalesce(${column} ${operator(sql, op)} ${new Date(String(value))}, false)`
  if (type === 'boolean') return sql`coalesce(${column}::text = ${String(value)}, false)`
  const text = caseExact ? String(value) : String(value).toLowerCase()
  const own = caseExact || folded ? column : sql`lower(${column})`
  if (op === 'co') return sql`coalesce(${own} like ${`%${literal(text)}%`}, false)`
  if (op === 'sw') return sql`coalesce(${own} like ${`${literal(text)}%`}, false)`
  if (op === 'ew') return sql`coalesce(${own} like ${`%${literal(text)}`}, false)`
  // Never null either, and in a form that an index is used for.
  if (op === 'eq') return sql`(${own} is not null and ${own} = ${text})`
  return sql`coalesce(${own} collate "C" ${operator(sql, op)} ${text}, false)`
}

function operator(sql: Sql, op: Comparison): Fragment {
  const operators = { eq: sql`=`, ne: sql`<>`, gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` }
  return operators[op as keyof typeof operators]
}

function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}

function nameOf({ attribute, sub }: ResolvedPath): string {
  return sub === null ? attribute.name : `${attribute.name}.${sub.name}`
}

function unusable(path: ResolvedPath) {
  const detail = `${nameOf(path)} cannot be filtered by; docs/guide/scim.md lists what can.`
  return scimError('invalidFilter', detail, '#query/filter')
}
