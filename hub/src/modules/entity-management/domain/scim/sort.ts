import { scimError } from './errors.ts'
import { resolvePath, type ResolvedPath, type ResourceSchema } from './schemas.ts'

/** By what a list is sorted (RFC 7644, 3.4.2.3). What has no value comes last, and first where it is descending. */
export interface Sort {
  readonly path: ResolvedPath
  readonly descending: boolean
}

/** @throws CallerError `scim-invalid-value` */
export function parseSort(schema: ResourceSchema, sortBy: string, sortOrder: 'ascending' | 'descending'): Sort {
  const path = resolvePath(schema, sortBy)
  if (path === null) throw unsortable(sortBy)
  return { path, descending: sortOrder === 'descending' }
}

export function unsortable(name: string) {
  const detail = `It cannot be sorted by ${name.slice(0, 200)}; docs/guide/scim.md says by what it can.`
  return scimError('invalidValue', detail, '#query/sortBy')
}
