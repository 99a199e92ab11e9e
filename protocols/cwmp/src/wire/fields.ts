import { CwmpError } from '../errors.ts'
import { schemaInstance } from './namespaces.ts'
import type { XmlElement } from './xml/read.ts'

/** Readers of a method's fields. The clause is the one that defines the method, for the error. */

/** The first child of this name, in whatever namespace: clients qualify fields now and then. */
export function childOf(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((child) => child.name === name)
}

export function neededChild(parent: XmlElement, name: string, clause: string): XmlElement {
  const child = childOf(parent, name)
  if (child) return child
  throw new CwmpError('missing-field', clause, parent.offset, `${parent.name} has no ${name}`)
}

/** A text without the white space around it; empty when the field is missing. @throws CwmpError `bad-field` when too long */
export function trimmed(parent: XmlElement, name: string, clause: string, length: number): string {
  const child = childOf(parent, name)
  if (!child) return ''
  const text = child.text.trim()
  if (text.length > length) {
    const detail = `${parent.name}.${name} has ${text.length} characters, limit ${length}`
    throw new CwmpError('bad-field', clause, child.offset, detail)
  }
  return text
}

/** As `trimmed`, but the field must be there and hold something. */
export function neededText(parent: XmlElement, name: string, clause: string, length: number): string {
  const child = neededChild(parent, name, clause)
  const text = trimmed(parent, name, clause, length)
  if (text !== '') return text
  throw new CwmpError('bad-field', clause, child.offset, `${parent.name}.${name} is empty`)
}

/** A whole number from 0 to 2³²−1; `fallback` when the field is missing or empty. */
export function unsigned(parent: XmlElement, name: string, clause: string, fallback?: number): number {
  const child = fallback === undefined ? neededChild(parent, name, clause) : childOf(parent, name)
  const text = child?.text.trim() ?? ''
  if (child === undefined || (text === '' && fallback !== undefined)) return fallback!
  const value = /^\+?\d{1,10}$/.test(text) ? Number(text) : NaN
  if (value <= 4_294_967_295) return value
  throw new CwmpError('bad-field', clause, child.offset, `${parent.name}.${name} is no unsigned whole number`)
}

/** `1`, `0`, `true`, `false` (XML Schema Part 2, 3.2.2), in any case; `fallback` when the field is missing or empty. */
export function boolean(parent: XmlElement, name: string, clause: string, fallback: boolean): boolean {
  const child = childOf(parent, name)
  const text = child?.text.trim().toLowerCase() ?? ''
  if (child === undefined || text === '') return fallback
  if (text === '1' || text === 'true') return true
  if (text === '0' || text === 'false') return false
  throw new CwmpError('bad-field', clause, child.offset, `${parent.name}.${name} is neither true nor false`)
}

/** The children of a list, whatever they are called (SOAP arrays are by position); none when the list is missing. */
export function listOf(parent: XmlElement, name: string, clause: string, limit: number): readonly XmlElement[] {
  const list = childOf(parent, name)
  if (!list) return []
  if (list.children.length > limit) {
    const detail = `${parent.name}.${name} has ${list.children.length} entries, limit ${limit}`
    throw new CwmpError('too-many', clause, list.offset, detail)
  }
  return list.children
}

/** The local part of `xsi:type`; `string` when it is not said. */
export function typeOf(element: XmlElement): string {
  const found = element.attributes.find(({ name, namespace }) => name === 'type' && namespace === schemaInstance)
  return found?.value.slice(found.value.indexOf(':') + 1).trim() ?? 'string'
}

/**
 * Milliseconds since the Unix epoch. A time without a zone is taken as UTC. `0001-01-01T00:00:00` (the unknown time,
 * TR-106 3.2.1) and what is no time at all are null: devices without a clock send both.
 */
export function time(parent: XmlElement, name: string): number | null {
  const text = childOf(parent, name)?.text.trim() ?? ''
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/.exec(text)
  if (!found || text.startsWith('0001-')) return null
  const value = Date.parse(`${found[1]}${(found[2] ?? '').slice(0, 4)}${found[3] ?? 'Z'}`)
  return Number.isNaN(value) ? null : value
}
