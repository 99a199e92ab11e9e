import { asciiOf } from './byte-reader.ts'
import { method, option } from './numbers.ts'

export interface CoapOption {
  readonly number: number
  readonly value: Uint8Array
}

/** A request or an answer, without what belongs to the way it travels (RFC 7252, 5). */
export interface CoapMessage {
  readonly code: number
  /** 0 to 8 bytes. */
  readonly token: Uint8Array
  /** By number, ascending. */
  readonly options: readonly CoapOption[]
  readonly payload: Uint8Array
}

export const noBytes = new Uint8Array(0)

const utf8 = new TextEncoder()
const lenient = new TextDecoder()

/** Length that each option may have and whether it may come more than once (RFC 7252, table 4; RFC 7641, 2; RFC 7959, 2.1). */
const known = new Map<number, { readonly least: number; readonly most: number; readonly repeatable?: true }>([
  [option.ifMatch, { least: 0, most: 8, repeatable: true }],
  [option.uriHost, { least: 1, most: 255 }],
  [option.etag, { least: 1, most: 8, repeatable: true }],
  [option.ifNoneMatch, { least: 0, most: 0 }],
  [option.observe, { least: 0, most: 3 }],
  [option.uriPort, { least: 0, most: 2 }],
  [option.locationPath, { least: 0, most: 255, repeatable: true }],
  [option.uriPath, { least: 0, most: 255, repeatable: true }],
  [option.contentFormat, { least: 0, most: 2 }],
  [option.maxAge, { least: 0, most: 4 }],
  [option.uriQuery, { least: 0, most: 255, repeatable: true }],
  [option.accept, { least: 0, most: 2 }],
  [option.locationQuery, { least: 0, most: 255, repeatable: true }],
  [option.block2, { least: 0, most: 3 }],
  [option.block1, { least: 0, most: 3 }],
  [option.size2, { least: 0, most: 4 }],
  [option.size1, { least: 0, most: 4 }],
])

/**
 * The first critical option that cannot be obeyed, else null. A wrong length or a repeat counts as unknown (RFC 7252, 5.4.3,
 * 5.4.5); odd numbers are critical (5.4.6); elective ones that are unknown are ignored.
 */
export function badOption(message: CoapMessage): number | null {
  let before = -1
  for (const { number, value } of message.options) {
    const rule = known.get(number)
    const again = number === before
    before = number
    if (rule && value.length >= rule.least && value.length <= rule.most && (!again || rule.repeatable)) continue
    if (number % 2 === 1) return number
  }
  return null
}

/** Value of an option that holds a whole number; undefined when it is absent or longer than 4 bytes. */
export function uintOption(message: CoapMessage, number: number): number | undefined {
  const found = message.options.find((each) => each.number === number)
  if (!found || found.value.length > 4) return undefined
  return found.value.reduce((value, byte) => value * 256 + byte, 0)
}

/** Texts of an option that may come more than once, in order. */
export function textOptions(message: CoapMessage, number: number): string[] {
  const found: string[] = []
  for (const { number: each, value } of message.options)
    if (each === number) found.push(asciiOf(value) ?? lenient.decode(value))
  return found
}

/** `['rd', '5a3f']` */
export function pathOf(message: CoapMessage): string[] {
  return textOptions(message, option.uriPath)
}

/** As few bytes as the number needs; 0 needs none (RFC 7252, 3.2). */
export function uintValue(value: number): Uint8Array {
  const bytes: number[] = []
  for (let left = value; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256)
  return Uint8Array.from(bytes)
}

export function uint(number: number, value: number): CoapOption {
  return { number, value: uintValue(value) }
}

export function texts(number: number, values: readonly string[]): CoapOption[] {
  return values.map((value) => ({ number, value: utf8.encode(value) }))
}

/** Sorted by number; options of one number stay in the order given. */
export function sorted(options: readonly CoapOption[]): CoapOption[] {
  return [...options].sort((one, other) => one.number - other.number)
}

export function isRequest(code: number): boolean {
  return code >= method.get && code <= 0x1f
}

export function isAnswer(code: number): boolean {
  return code >> 5 >= 2 && code >> 5 <= 5
}
