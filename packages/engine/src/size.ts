import type { Json, JsonObject } from './types.ts'

/** Bytes of the value as compact JSON in UTF-8; stops counting once it is above `limit`. */
export function jsonBytes(value: Json, limit = Number.POSITIVE_INFINITY): number {
  switch (typeof value) {
    case 'string':
      return textBytes(value)
    case 'number':
      return String(value).length
    case 'boolean':
      return value ? 4 : 5
    default:
      if (value === null) return 4
      return isList(value) ? listBytes(value, limit) : objectBytes(value, limit)
  }
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value)
}

function listBytes(list: readonly Json[], limit: number): number {
  let bytes = 2 + Math.max(0, list.length - 1)
  for (const element of list) {
    bytes += jsonBytes(element, limit - bytes)
    if (bytes > limit) break
  }
  return bytes
}

function objectBytes(object: JsonObject, limit: number): number {
  let bytes = 1
  for (const key in object) {
    bytes += entryBytes(key, object[key] ?? null, limit - bytes)
    if (bytes > limit) break
  }
  return Math.max(2, bytes)
}

/** `"key":value` and its comma or closing brace. */
function entryBytes(key: string, value: Json, limit: number): number {
  return textBytes(key) + 2 + jsonBytes(value, limit)
}

function textBytes(text: string): number {
  let bytes = text.length + 2
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 0x20 && code < 0x80 && code !== 0x22 && code !== 0x5c) continue
    bytes += extraBytes(code)
  }
  return bytes
}

function extraBytes(code: number): number {
  if (code >= 0x80) return code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2
  if (
    code === 0x22 ||
    code === 0x5c ||
    code === 0x0a ||
    code === 0x0d ||
    code === 0x09 ||
    code === 0x08 ||
    code === 0x0c
  )
    return 1
  return 5
}

const known = new WeakMap<JsonObject, number>()
/** Smaller documents are counted again faster than they are looked up. */
const worthKnowing = 512

function remember(document: JsonObject, bytes: number): void {
  if (bytes >= worthKnowing) known.set(document, bytes)
}

/** Bytes of a document that is replaced, never changed: a large one is counted once. */
export function documentBytes(document: JsonObject): number {
  const size = known.get(document)
  if (size !== undefined) return size
  const counted = jsonBytes(document)
  remember(document, counted)
  return counted
}

/** The document with one entry replaced; null when it would be larger than `limit` bytes. Costs what the entry costs. */
export function withEntry(document: JsonObject, key: string, value: Json, limit: number): JsonObject | null {
  const before = documentBytes(document)
  const empty = before === 2 && Object.keys(document).length === 0
  const replaced = Object.hasOwn(document, key) ? entryBytes(key, document[key] ?? null, limit) : empty ? 1 : 0
  const bytes = before - replaced + entryBytes(key, value, limit)
  if (bytes > limit) return null
  const changed = { ...document, [key]: value }
  remember(changed, bytes)
  return changed
}
