import { scimError, type ScimError } from './errors.ts'
import type { Attribute } from './attributes.ts'
import { named, resolvePath, type ResolvedPath, type ResourceSchema } from './schemas.ts'

/** A filter (RFC 7644, 3.4.2.2), its attributes resolved. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'present'; readonly path: ResolvedPath }
  | { readonly kind: 'compare'; readonly path: ResolvedPath; readonly op: Comparison; readonly value: FilterValue }
  /** Some value of a multi-valued attribute for which all of it holds; paths in it are the value's own. */
  | { readonly kind: 'some'; readonly path: ResolvedPath; readonly part: Filter }

export const comparisons = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const
export type Comparison = (typeof comparisons)[number]
export type FilterValue = string | number | boolean | null

/** Of one filter: characters, comparisons, and brackets within brackets. */
const bounds = { length: 4096, terms: 50, depth: 16 }

/** @throws CallerError `scim-invalid-filter` with the place in characters */
export function parseFilter(schema: ResourceSchema, source: string): Filter {
  const reader = new Reader(source, 'invalidFilter', '#query/filter')
  const filter = reader.filter((path) => resolvePath(schema, path))
  reader.end()
  return filter
}

/** The target of a PATCH operation (RFC 7644, 3.5.2): `attribute`, `attribute.sub`, `attribute[filter]`, `attribute[filter].sub`. */
export interface PatchPath extends ResolvedPath {
  readonly filter: Filter | null
}

/** @throws CallerError `scim-invalid-path`, `scim-invalid-filter` */
export function parsePath(schema: ResourceSchema, source: string, place: string): PatchPath {
  const reader = new Reader(source, 'invalidPath', place)
  const path = reader.patchPath(schema)
  reader.end()
  return path
}

type Resolve = (path: string) => ResolvedPath | null

/** One pass, each token by a sticky expression that cannot go back: time grows with the length alone. */
class Reader {
  readonly #source: string
  readonly #error: ScimError
  readonly #place: string
  #at = 0
  #terms = 0
  #depth = 0

  constructor(source: string, error: ScimError, place: string) {
    this.#source = source
    this.#error = error
    this.#place = place
    if (source.length > bounds.length) throw this.#wrong(`it is longer than ${bounds.length} characters`)
  }

  filter(resolve: Resolve): Filter {
    return this.#list('or', () => this.#list('and', () => this.#term(resolve)))
  }

  patchPath(schema: ResourceSchema): PatchPath {
    const at = this.#at
    const path = this.#attribute((name) => resolvePath(schema, name))
    if (!this.#take(/\[/y)) return { ...path, filter: null }
    if (path.sub !== null || !path.attribute.multiValued) throw this.#wrong('only a list takes a filter', at)
    const filter = this.#inside(path.attribute)
    const sub = this.#subName()
    if (sub === null) return { ...path, filter }
    return { ...path, filter, sub: this.#sub(path.attribute, sub) }
  }

  end(): void {
    this.#take(/\s+/y)
    if (this.#at < this.#source.length) throw this.#wrong('nothing more is expected')
  }

  #list(kind: 'and' | 'or', next: () => Filter): Filter {
    const parts = [next()]
    while (this.#take(kind === 'and' ? /\s+and\b/iy : /\s+or\b/iy)) parts.push(next())
    return parts.length === 1 ? parts[0]! : { kind, parts }
  }

  #term(resolve: Resolve): Filter {
    this.#take(/\s+/y)
    if (++this.#terms > bounds.terms) throw this.#wrong(`it has more than ${bounds.terms} comparisons`)
    if (this.#take(/not\s*\(/iy)) return { kind: 'not', part: this.#nested(resolve, /\s*\)/y) }
    if (this.#take(/\(/y)) return this.#nested(resolve, /\s*\)/y)
    return this.#comparison(resolve)
  }

  #nested(resolve: Resolve, close: RegExp): Filter {
    if (++this.#depth > bounds.depth) throw this.#wrong(`it has more than ${bounds.depth} brackets within brackets`)
    const part = this.filter(resolve)
    if (!this.#take(close)) throw this.#wrong('a bracket is not closed')
    this.#depth--
    return part
  }

  #comparison(resolve: Resolve): Filter {
    const path = this.#attribute(resolve)
    if (!this.#take(/\[/y)) return this.#compared(path)
    if (path.sub !== null || !path.attribute.multiValued) throw this.#wrong('only a list takes a filter in brackets')
    const part = this.#inside(path.attribute)
    // Not in the grammar of RFC 7644, and sent by clients all the same: emails[type eq "work"].value eq "x".
    const sub = this.#subName()
    if (sub === null) return { kind: 'some', path, part }
    const own = { extension: null, attribute: this.#sub(path.attribute, sub), sub: null }
    return { kind: 'some', path, part: { kind: 'and', parts: [part, this.#compared(own)] } }
  }

  /** A filter on the values of a list, up to the closing bracket. */
  #inside(attribute: Attribute): Filter {
    return this.#nested((name) => {
      const own = named(attribute.subAttributes, name)
      return own === undefined ? null : { extension: null, attribute: own, sub: null }
    }, /\s*\]/y)
  }

  #compared(path: ResolvedPath): Filter {
    if (this.#take(/\s+pr\b/iy)) return { kind: 'present', path }
    const at = this.#at
    const op = this.#take(/\s+(eq|ne|co|sw|ew|gt|ge|lt|le)\b/iy)
      ?.trim()
      .toLowerCase()
    if (op === undefined) throw this.#wrong(`a comparison is expected: pr, ${comparisons.join(', ')}`)
    const value = this.#value()
    const fault = misfit(path, op as Comparison, value)
    if (fault !== null) throw this.#wrong(fault, at)
    return { kind: 'compare', path, op: op as Comparison, value }
  }

  #attribute(resolve: Resolve): ResolvedPath {
    const at = this.#at
    const name = this.#take(/[A-Za-z$][\w$.:-]*/y)
    if (name === undefined) throw this.#wrong('the name of an attribute is expected')
    const path = resolve(name)
    if (path === null) throw this.#wrong(`there is no attribute ${name.slice(0, 128)}`, at)
    return path
  }

  #subName(): string | null {
    return this.#take(/\.[A-Za-z$][\w$-]*/y)?.slice(1) ?? null
  }

  #sub(attribute: Attribute, name: string): Attribute {
    const sub = named(attribute.subAttributes, name)
    if (sub === undefined) throw this.#wrong(`${attribute.name} has no ${name.slice(0, 128)}`)
    return sub
  }

  #value(): FilterValue {
    this.#take(/\s+/y)
    const at = this.#at
    const text = this.#take(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true\b|false\b|null\b/iy)
    if (text === undefined) throw this.#wrong('a value is expected: "text", a number, true, false or null')
    try {
      return JSON.parse(text.startsWith('"') ? text : text.toLowerCase()) as FilterValue
    } catch {
      throw this.#wrong('this is no text as JSON writes it', at)
    }
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#source)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #wrong(what: string, at = this.#at) {
    const noun = this.#error === 'invalidPath' ? 'path' : 'filter'
    return scimError(this.#error, `The ${noun} is wrong at character ${at + 1}: ${what}.`, this.#place)
  }
}

/** Why this cannot be compared so, or null. */
function misfit({ attribute, sub }: ResolvedPath, op: Comparison, value: FilterValue): string | null {
  const { name, type, subAttributes } = sub ?? attribute
  const compared = type === 'complex' ? named(subAttributes, 'value')?.type : type
  if (compared === undefined) return `${name} is compared by one of its parts`
  if (value === null) return op === 'eq' || op === 'ne' ? null : `null is compared with eq and ne only`
  const fits = compared === 'boolean' ? typeof value === 'boolean' : typeof value === 'string'
  if (!fits) return `${name} is compared with ${compared === 'boolean' ? 'true or false' : 'a text'}`
  if (compared === 'boolean' && op !== 'eq' && op !== 'ne') return `${name} is compared with eq and ne only`
  if (compared === 'dateTime' && (Number.isNaN(Date.parse(value as string)) || /^(co|sw|ew)$/.test(op)))
    return `${name} is a time, compared as such`
  return null
}
