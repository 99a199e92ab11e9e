import type { Context } from 'hono'
import type { Access } from '../../../../platform/access.ts'
import type { Log } from '../../../../platform/log.ts'
import type { ApiEnv } from '../../../../platform/http/api.ts'
import { scimMediaType, scimPrefix } from '../../../../platform/http/scim-error.ts'
import type { UserGroups } from '../../app/scim/user-groups.ts'
import type { ScimUsers } from '../../app/scim/users.ts'
import type { ScimObject } from '../../domain/scim/resource.ts'

/** What SCIM's routes work with. */
export interface ScimDependencies {
  readonly access: Access
  readonly log: Log
  readonly scimUsers: ScimUsers
  readonly userGroups: UserGroups
  /** Absolute address of the hub. */
  readonly url: () => string
  /** Of one request, bytes. */
  readonly bodyLimit: number
}

/** Absolute address of /scim/v2. */
export function baseOf({ url }: Pick<ScimDependencies, 'url'>): string {
  return `${url()}${scimPrefix}`
}

export const tag = 'SCIM 2.0'
export const mediaType = scimMediaType

/** One resource with its entity tag; 304 where the client has it already (RFC 7644, 3.14). */
export function answerResource(
  c: Context<ApiEnv>,
  resource: ScimObject,
  etag: string,
  { status = 200, headers = {} }: { status?: 200 | 201; headers?: Readonly<Record<string, string>> } = {},
): Response {
  const known = c.req.method === 'GET' && listed(c.req.header('if-none-match'), etag)
  if (known) return c.body(null, 304, { etag })
  return c.json(resource, status, { 'content-type': mediaType, etag, ...headers })
}

/** RFC 7644, 3.4.2. */
export function answerList(
  c: Context<ApiEnv>,
  resources: readonly ScimObject[],
  total: number,
  startIndex: number,
): Response {
  const message = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  }
  return c.json(message, 200, { 'content-type': mediaType })
}

/** Whether the header of tags has this one. Weak or strong makes no difference here: a tag names one version of what SCIM keeps. */
export function listed(header: string | undefined, etag: string): boolean {
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '')
  return header?.split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag)) ?? false
}
