import type { WallTime } from '../../../platform/clock.ts'

/** What has tags, attributes, notes and a history. */
export const entityKinds = ['device', 'user', 'household'] as const
export type EntityKind = (typeof entityKinds)[number]

export const attributeTypes = ['string', 'number', 'boolean', 'date', 'enum'] as const
export type AttributeType = (typeof attributeTypes)[number]
export type AttributeValue = string | number | boolean

/** What a value must keep to; each type has its own of these. */
export interface AttributeBounds {
  /** Of a number; of a date as text, `2026-01-31`. */
  readonly minimum?: number | string | undefined
  readonly maximum?: number | string | undefined
  /** Of a number. */
  readonly integer?: boolean | undefined
  /** Of a string, characters. */
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  /** Of an enum. */
  readonly values?: readonly string[] | undefined
}

/** An attribute that a tenant's operators have defined for one kind of entity. */
export interface AttributeDefinition {
  readonly tenant: string
  readonly kind: EntityKind
  readonly name: string
  readonly type: AttributeType
  /** Whoever changes attributes of an entity must leave it with one. */
  readonly required: boolean
  readonly description: string
  readonly bounds: AttributeBounds
  readonly version: number
  readonly createdAt: WallTime
}

/** What operators say of an entity in words of their own. */
export interface Labels {
  /** Sorted, each once. */
  readonly tags: readonly string[]
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

export interface LabelsChange {
  /** All that it is to have. */
  readonly tags?: readonly string[] | undefined
  /** By name; null takes it away, what is not named stays. */
  readonly attributes?: Readonly<Record<string, AttributeValue | null>> | undefined
}

export const boundsOf: Readonly<Record<AttributeType, readonly (keyof AttributeBounds)[]>> = {
  string: ['minLength', 'maxLength'],
  number: ['minimum', 'maximum', 'integer'],
  boolean: [],
  date: ['minimum', 'maximum'],
  enum: ['values'],
}

/** Characters of a string, where its definition says nothing. */
export const longestString = 1000

/** What is wrong with a value, as a sentence, or null. */
export function valueFault(
  { type, bounds }: Pick<AttributeDefinition, 'type' | 'bounds'>,
  value: AttributeValue,
): string | null {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? stringFault(value, bounds) : 'This is to be a text.'
    case 'number':
      return typeof value === 'number' ? numberFault(value, bounds) : 'This is to be a number.'
    case 'boolean':
      return typeof value === 'boolean' ? null : 'This is to be true or false.'
    case 'date':
      return typeof value === 'string' && isDate(value)
        ? rangeFault(value, bounds)
        : 'This is to be a date such as 2026-01-31.'
    case 'enum':
      return bounds.values!.includes(value as string) ? null : `This is to be one of ${bounds.values!.join(', ')}.`
  }
}

function stringFault(text: string, { minLength = 0, maxLength = longestString }: AttributeBounds): string | null {
  const length = [...text].length
  if (length > maxLength) return `This has at most ${maxLength} characters; there are ${length}.`
  return length < minLength ? `This has at least ${minLength} characters; there are ${length}.` : null
}

function numberFault(number: number, bounds: AttributeBounds): string | null {
  if (!isPlainNumber(number))
    return 'A number is between -9007199254740991 and 9007199254740991, and has at most 6 decimals.'
  if (bounds.integer === true && !Number.isInteger(number)) return 'This is to be a whole number.'
  return rangeFault(number, bounds)
}

function rangeFault(value: number | string, { minimum, maximum }: AttributeBounds): string | null {
  if (minimum !== undefined && value < minimum) return `This is at least ${minimum}.`
  return maximum !== undefined && value > maximum ? `This is at most ${maximum}.` : null
}

/** Written the same by everybody: filters compare numbers of attributes as texts. */
export function isPlainNumber(number: number): boolean {
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER && /^-?\d+(\.\d{1,6})?$/.test(String(number))
}

/** A day of the calendar (RFC 3339, full-date). */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
