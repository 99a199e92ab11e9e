export { tooDeepAt } from './depth.ts'
export { JsonError, type JsonFault } from './errors.ts'
export { readJson, readJsonText, type JsonBounds } from './read.ts'
export type { Json, JsonObject } from './value.ts'
