export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** What an expression sees by name. A `Date` is a CEL timestamp; everything else is JSON. */
export type Variables = { readonly [name: string]: Json | Date }

export function isObject(value: Json | Date | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
