import { ApiError } from '@sutler/client'

/** What a refusal says of the fields of a form, by the JSON pointers of their values: `{ '/name': 'is too long' }`. */
export function fieldFaults(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof ApiError)) return {}
  return Object.fromEntries(error.places.map(({ pointer, detail }) => [pointer, detail]))
}
