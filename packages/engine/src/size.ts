import type { Json, JsonObject } from './types.ts'

/** Bytes of the value as compact JSON in UTF-8; stops counting once it is above `limit`. */
export function jsonBytes(value: Json, limit = Number.POSITIVE_INFINITY): number {
  switch (typeof value) {
    case 'string':
      return textBytes(value)
    case 'number':
      return value >= 0 && value < 10 && Number.isInteger(value) ? 1 : String(value).length
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
/** Bytes of documents that are replaced, never changed. Smaller ones are counted again faster than they are remembered. */
const worthKnowing = 512

/** The document with one entry replaced; null when it would be larger than `limit` bytes. For a large one it costs what the entry costs. */
export function withEntry(document: JsonObject, key: string, value: Json, limit: number): JsonObject | null {
  const changed = { ...document, [key]: value }
  const before = known.get(document)
  const bytes = before === undefined ? jsonBytes(changed, limit) : before + growth(document, key, value, limit)
  if (bytes > limit) return null
  if (bytes >= worthKnowing) known.set(changed, bytes)
  return changed
}

/** By how many bytes a document that is not empty grows with the entry. */
function growth(document: JsonObject, key: string, value: Json, limit: number): number {
  const replaced = Object.hasOwn(document, key) ? entryBytes(key, document[key] ?? null, limit) : 0
  return entryBytes(key, value, limit) - replaced
}
