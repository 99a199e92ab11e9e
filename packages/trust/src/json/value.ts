import type { Json, JsonObject } from '@sutler/json'

export type { Json, JsonObject } from '@sutler/json'

/** The object of these fields, without those that are undefined. */
export function jsonObject(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const entries = Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined)
  return new Map(entries)
}

/** The object with these fields set; an undefined one is taken out, all others stay. */
export function withFields(object: JsonObject, fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const changed = new Map(object)
  for (const [key, value] of Object.entries(fields))
    if (value === undefined) changed.delete(key)
    else changed.set(key, value)
  return changed
}
