import { type CompiledTemplate, compile, compileTemplate, evaluate, ExpressionError, render } from '@sutler/expressions'
import type { Expression, Json, JsonObject } from '@sutler/engine'

/** The step is undone (section 2, errors). `parts`: what its explanation must at least say. */
export class Undone extends Error {
  readonly reason: string
  readonly parts: readonly string[]

  constructor(reason: string, parts: readonly string[]) {
    super(reason)
    this.reason = reason
    this.parts = parts
  }
}

/** An error of its work names the transition. */
export function inTransition<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Undone) throw new Undone(error.reason, [`transition "${name}"`, ...error.parts])
    throw error
  }
}

/** What expressions see (section 7). */
export interface Scope {
  readonly args: JsonObject
  readonly data: JsonObject
  readonly shared: JsonObject
  readonly states: readonly string[]
  readonly call: JsonObject
  readonly id: string
  readonly now: Date
}

export function valueOf(source: Expression, scope: Scope): Json {
  return undoing(() => evaluate(compile(source), { ...scope }))
}

export function textOf(template: string, scope: Scope, encode?: (text: string) => string): string {
  return undoing(() => {
    const compiled: CompiledTemplate = compileTemplate(template)
    return render(compiled, { ...scope }, encode)
  })
}

function undoing<T>(evaluation: () => T): T {
  try {
    return evaluation()
  } catch (error) {
    if (error instanceof ExpressionError) throw new Undone(error.code, [error.expression])
    throw error
  }
}

const minute = 60_000
const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: minute,
  h: 60 * minute,
  d: 1440 * minute,
  w: 7 * 1440 * minute,
}

/** Milliseconds of `15m`, `1h30m` or `PT15M`, rounded up; null when the text is neither. */
export function durationOf(text: string): number | null {
  const iso = /^PT(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(text)
  if (iso)
    return Math.ceil(Number(iso[1] ?? 0) * 60 * minute + Number(iso[2] ?? 0) * minute + Number(iso[3] ?? 0) * 1000)
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d|w))+$/.test(text)) return null
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g)]
  return Math.ceil(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * units[unit ?? '']!, 0))
}

const leap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** Milliseconds since the epoch of RFC 3339 text, rounded up; null when it is none. */
export function instantOf(text: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text)
  if (!match) return null
  const [year, month, day, hour, minutes, seconds] = match.slice(1, 7).map(Number) as [number, ...number[]]
  const days = [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month! - 1] ?? 0
  if (year < 1 || day! < 1 || day! > days || hour! > 23 || minutes! > 59 || seconds! > 59) return null
  const instant = Date.parse(text.replace(match[7] ?? '', ''))
  return Number.isNaN(instant) || !/^\d{4}/.test(instantText(instant))
    ? null
    : instant + Math.ceil(Number(`0${match[7] ?? ''}`) * 1000)
}

export function instantText(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z')
}

/** Section 7: whether a value is of an argument's type. */
export function isOf(type: string, value: Json): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string'
    case 'int':
      return typeof value === 'number' && value % 1 === 0 && Math.abs(value) < 2 ** 53
    case 'float':
      return typeof value === 'number'
    case 'bool':
      return value === true || value === false
    case 'bytes':
      return typeof value === 'string' && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value)
    case 'timestamp':
      return typeof value === 'string' && instantOf(value) !== null
    case 'duration':
      return typeof value === 'string' && durationOf(value.startsWith('-') ? value.slice(1) : value) !== null
    case 'list':
      return Array.isArray(value)
    case 'map':
      return value !== null && typeof value === 'object' && !Array.isArray(value)
    default:
      return true
  }
}

/** Section 11: sizes are those of compact JSON in UTF-8. */
export function bytesOf(value: JsonObject): number {
  return Buffer.byteLength(JSON.stringify(value))
}

/** `model:<name>[@<version>]/<id>`: the name, what was written of the version, the id; null when it is none. */
export function urlParts(text: string): { model: string; version: string; id: string } | null {
  const match = /^model:([A-Za-z][A-Za-z0-9_-]*)(@[0-9A-Za-z.+-]+)?\/([^/?#]+)$/.exec(text)
  if (!match) return null
  try {
    return { model: match[1]!, version: match[2] ?? '', id: decodeURIComponent(match[3]!) }
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}
