import {
  type CelInput,
  type CelList,
  type CelMap,
  type CelUint,
  type CelValue,
  celList,
  celType,
  isCelList,
  isCelMap,
  isCelUint,
} from '@bufbuild/cel'
import { meter } from './budget.ts'
import { durationText, type Span, timestampText } from './instants.ts'
import { isObject, type Json, type JsonObject, type Variables } from './json.ts'

/** The mark by which the library knows its maps. Ours read the JSON object in place, where its own copies every level. */
const mapMark = Symbol.for('@bufbuild/cel/map')

type CelKey = bigint | string | boolean | CelUint | number

/** A JSON object as a CEL map, converted entry by entry and only when asked for. */
class JsonMap {
  readonly [mapMark] = {}
  readonly source: JsonObject
  readonly #scope: Scope

  constructor(source: JsonObject, scope: Scope) {
    this.source = source
    this.#scope = scope
  }

  get size(): number {
    return Object.keys(this.source).length
  }

  get(key: CelKey): CelValue | undefined {
    if (typeof key !== 'string' || !Object.hasOwn(this.source, key)) return undefined
    return this.#scope.toCel(this.source[key] ?? null)
  }

  has(key: CelKey): boolean {
    return typeof key === 'string' && Object.hasOwn(this.source, key)
  }

  keys(): IterableIterator<string> {
    return Object.keys(this.source).values()
  }

  *values(): IterableIterator<CelValue> {
    for (const [, value] of this.entries()) yield value
  }

  *entries(): IterableIterator<[string, CelValue]> {
    for (const key of Object.keys(this.source)) yield [key, this.#scope.toCel(this.source[key] ?? null)]
  }

  forEach(callback: (value: CelValue, key: string, map: CelMap) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this as unknown as CelMap)
  }

  [Symbol.iterator](): IterableIterator<[string, CelValue]> {
    return this.entries()
  }
}

/** The conversions of one evaluation: each part of a document is converted at most once, and its original is remembered. */
export class Scope {
  readonly #converted = new Map<object, CelValue>()
  readonly #originals = new Map<object, Json>()

  toCel(value: Json): CelValue {
    if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
    if (typeof value !== 'object' || value === null) return value
    const known = this.#converted.get(value)
    if (known !== undefined) return known
    const converted = this.#convert(value)
    this.#converted.set(value, converted)
    this.#originals.set(converted as object, value)
    return converted
  }

  #convert(value: readonly Json[] | JsonObject): CelValue {
    if (isObject(value)) return new JsonMap(value, this) as unknown as CelMap
    meter.spend(value.length >> 3)
    return celList(value.map((element) => this.toCel(element)))
  }

  /** The document's own JSON that this value came from. */
  original(value: object): Json | undefined {
    return this.#originals.get(value)
  }
}

/** Variables as the library reads them: by name, on demand, and nothing of `Object.prototype`. */
export function bind(variables: Variables, scope: Scope): Record<string, CelInput> {
  const bound = Object.create(null) as Record<string, CelInput>
  for (const name of Object.keys(variables)) {
    const value = variables[name]
    if (value !== undefined) bound[name] = value instanceof Date ? timestamp(value) : scope.toCel(value)
  }
  return bound
}

function timestamp(date: Date): CelInput {
  const milliseconds = date.getTime()
  const seconds = Math.floor(milliseconds / 1000)
  const message = {
    $typeName: 'google.protobuf.Timestamp',
    seconds: BigInt(seconds),
    nanos: (milliseconds - seconds * 1000) * 1_000_000,
  }
  return message as CelInput
}

/** A result without JSON form. */
export class NotJson extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'NotJson'
  }
}

export function toJson(value: CelValue, scope: Scope): Json {
  meter.spend(1)
  switch (typeof value) {
    case 'string':
      return storable(value)
    case 'boolean':
      return value
    case 'bigint':
      return number(Number(value))
    case 'number':
      return number(value)
    default:
      return value === null ? null : (scope.original(value) ?? compound(value, scope))
  }
}

/** No database keeps these. */
function storable(text: string): string {
  if (text.includes('\0')) throw new NotJson('text with a NUL character cannot be kept')
  if (!text.isWellFormed()) throw new NotJson('text with half of a surrogate pair cannot be kept')
  return text
}

function number(value: number): number {
  if (!Number.isFinite(value)) throw new NotJson(`${value} has no JSON form`)
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new NotJson(`${value} is beyond ±(2^53−1)`)
  return value
}

function compound(value: Exclude<CelValue, string | boolean | bigint | number | null>, scope: Scope): Json {
  if (isCelList(value)) return listJson(value, scope)
  if (isCelMap(value)) return mapJson(value, scope)
  if (value instanceof Uint8Array) return base64(value)
  if (isCelUint(value)) return number(Number(value.value))
  const type = celType(value).name
  if (type === 'google.protobuf.Timestamp') return timestampText(spanOf(value))
  if (type === 'google.protobuf.Duration') return durationText(spanOf(value))
  throw new NotJson(`a value of type ${type} has no JSON form`)
}

function listJson(list: CelList, scope: Scope): Json {
  meter.spend(list.size)
  const items: Json[] = []
  for (const element of list) items.push(toJson(element, scope))
  return items
}

function mapJson(map: CelMap, scope: Scope): Json {
  const entries: [string, Json][] = []
  for (const [key, element] of map.entries()) {
    entries.push([isCelUint(key) ? String(key.value) : storable(String(key)), toJson(element, scope)])
  }
  return Object.fromEntries(entries)
}

/** Seconds and nanoseconds of a CEL timestamp or duration. */
export function spanOf(value: unknown): Span {
  return (value as { readonly message: Span }).message
}

function base64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
