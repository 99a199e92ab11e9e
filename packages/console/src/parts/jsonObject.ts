import type { Json, JsonObject } from '@sutler/engine'

/** The text as a JSON object, an empty one where nothing is written; null when it is none. */
export function jsonObject(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text.trim() === '' ? '{}' : text) as Json
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
  } catch {
    return null
  }
}
