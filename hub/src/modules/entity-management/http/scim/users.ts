import { userType } from '../../domain/scim/discovery.ts'
import { project, projectionOf } from '../../domain/scim/projection.ts'
import { readResource } from '../../domain/scim/resource.ts'
import { users } from '../../domain/scim/schemas.ts'
import { userResource, userTag, type ScimUser } from '../../domain/scim/user-resource.ts'
import { userObject } from '../objects.ts'
import { baseOf, type ScimDependencies } from './answer.ts'
import type { ScimResources } from './resources.ts'

/** People with an account. */
export function userResources(deps: ScimDependencies): ScimResources<ScimUser> {
  const { scimUsers } = deps
  return {
    type: userType,
    noun: 'SCIM user',
    actions: { read: 'user.read', write: 'user.write' },
    summaries: {
      list: 'Lists or finds people with an account: who may not read all finds nobody but themselves',
      get: 'Shows a person with an account',
      create: 'Brings a person, with an account that logs in through an identity provider',
      replace: 'Writes a person anew: what is not sent goes',
      change: 'Changes a person by operations on attributes',
      remove: 'Takes the account away, with its sessions and keys; the person stays until erased',
    },
    answersPatch: true,
    object(principal, user) {
      const households = user?.households.map(({ id }) => id) ?? []
      return userObject(principal, user === null ? undefined : { ...user, households })
    },
    tag: userTag,
    async shown(found, query) {
      const projection = projectionOf(users, query)
      return found.map((user) => project(users, userResource(user, baseOf(deps)), projection))
    },
    list: ({ tenant, all, owner }, wish) => scimUsers.list({ tenant, only: all ? null : owner, ...wish }),
    find: scimUsers.find,
    add: async (tenant, body) => scimUsers.add(tenant, readResource(users, body)),
    replace: async (id, body, admit) => scimUsers.replace(id, readResource(users, body), admit),
    patch: async (id, operations, admit) => scimUsers.patch(id, operations, admit),
    remove: scimUsers.remove,
  }
}
