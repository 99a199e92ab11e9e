/** A value of JSON (RFC 8259). */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
/** A Map, so that `__proto__` is a key like any other. */
export type JsonObject = ReadonlyMap<string, Json>
