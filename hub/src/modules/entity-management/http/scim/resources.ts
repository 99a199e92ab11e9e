import type { Access, AccessObject, Action, Principal, Scope } from '../../../../platform/access.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { changedMeanwhile } from '../../../../platform/http/codes.ts'
import { scimPrefix } from '../../../../platform/http/scim-error.ts'
import { missing } from '../../app/codes.ts'
import type { Sliced, SlicedWish } from '../../app/scim/storage.ts'
import type { ResourceType } from '../../domain/scim/discovery.ts'
import { readOperations, type Operation } from '../../domain/scim/patch.ts'
import type { ProjectionQuery } from '../../domain/scim/projection.ts'
import type { ScimObject } from '../../domain/scim/resource.ts'
import { listed } from './answer.ts'

/** Sees the resource under lock, or that there is none, and throws when it must not be changed. */
export type Admit<T> = (current: T | null) => void

/** A type of resource as the routes see it: all that differs between people and their groups. */
export interface ScimResources<T extends { readonly id: string }> {
  readonly type: ResourceType
  /** In messages. */
  readonly noun: string
  readonly actions: { readonly read: Action; readonly write: Action }
  /** Of the operations, for the reference. */
  readonly summaries: Readonly<Record<'list' | 'get' | 'create' | 'replace' | 'change' | 'remove', string>>
  /** Whether a PATCH is answered with the resource: RFC 7644, 3.5.2 lets the answer be empty, for a group may have very many members. */
  readonly answersPatch: boolean
  object(principal: Principal, found: T | null): AccessObject
  tag(found: T): string
  shown(found: readonly T[], query: ProjectionQuery): Promise<ScimObject[]>
  list(scope: Scope, wish: Omit<SlicedWish, 'tenant'>, query: ProjectionQuery): Promise<Sliced<T>>
  find(id: string): Promise<T | null>
  add(tenant: string, body: unknown): Promise<T>
  replace(id: string, body: unknown, admit: Admit<T>): Promise<T>
  patch(id: string, operations: readonly Operation[], admit: Admit<T>): Promise<T>
  remove(id: string, admit: Admit<T>): Promise<void>
}

/** Which version a change is based on: the value of If-Match, or none. */
export type BasedOn = string | undefined

/** What principals do with resources of a type, alone or in bulk; each is authorised. */
export function commands<T extends { readonly id: string }>(access: Access, resources: ScimResources<T>) {
  const { type, noun, actions } = resources
  const admitted =
    (principal: Principal, id: string, basedOn: BasedOn): Admit<T> =>
    (current) => {
      access.authorise(principal, actions.write, resources.object(principal, current))
      if (current !== null) requireVersion(basedOn, resources.tag(current), `${scimPrefix}${type.endpoint}/${id}`)
    }
  return {
    async find(principal: Principal, id: string): Promise<T> {
      const found = await resources.find(id)
      access.authorise(principal, actions.read, resources.object(principal, found))
      if (found === null) throw missing(noun, id)
      return found
    },

    async create(principal: Principal, body: unknown): Promise<T> {
      access.authorise(principal, actions.write)
      return resources.add(principal.tenant, body)
    },

    replace: (principal: Principal, id: string, body: unknown, basedOn: BasedOn): Promise<T> =>
      resources.replace(id, body, admitted(principal, id, basedOn)),

    change: async (principal: Principal, id: string, body: unknown, basedOn: BasedOn): Promise<T> =>
      resources.patch(id, readOperations(body), admitted(principal, id, basedOn)),

    remove: (principal: Principal, id: string, basedOn: BasedOn): Promise<void> =>
      resources.remove(id, admitted(principal, id, basedOn)),
  }
}

/** A change based on another version is refused; one that names none passes. @throws CallerError `changed-meanwhile` (412) */
function requireVersion(basedOn: BasedOn, etag: string, path: string): void {
  if (basedOn === undefined || listed(basedOn, etag)) return
  throw new CallerError(changedMeanwhile, `${path} is now ${etag}; the change is based on ${basedOn.slice(0, 200)}.`)
}
