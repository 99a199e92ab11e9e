import { groupType } from '../../domain/scim/discovery.ts'
import { memberIds } from '../../domain/scim/group-changes.ts'
import { groupDraft, groupResource, groupTag, type UserGroup } from '../../domain/scim/group-resource.ts'
import { project, projectionOf, shows } from '../../domain/scim/projection.ts'
import { readResource, requireComplete } from '../../domain/scim/resource.ts'
import { groups } from '../../domain/scim/schemas.ts'
import { baseOf, type ScimDependencies } from './answer.ts'
import type { ScimResources } from './resources.ts'

/** Groups of people. Their members are read only where an answer has them. */
export function groupResources(deps: ScimDependencies): ScimResources<UserGroup> {
  const { userGroups } = deps
  return {
    type: groupType,
    noun: 'user group',
    actions: { read: 'user-group.read', write: 'user-group.write' },
    summaries: {
      list: 'Lists or finds groups of people',
      get: 'Shows a group of people',
      create: 'Makes a group of people',
      replace: 'Writes a group of people anew, with all its members',
      change: 'Changes a group of people by operations; members come and go one by one',
      remove: 'Deletes a group of people; they stay, without the roles that it gave',
    },
    answersPatch: false,
    object: (_principal, group) => (group === null ? {} : { tenant: group.tenant }),
    tag: groupTag,
    async shown(found, query) {
      const projection = projectionOf(groups, query)
      const members = shows(projection, 'members') ? await userGroups.members(found.map(({ id }) => id)) : null
      return found.map((group) =>
        project(groups, groupResource(group, members && (members.get(group.id) ?? []), baseOf(deps)), projection),
      )
    },
    list: ({ tenant }, wish, query) =>
      userGroups.list({ tenant, ...wish }, shows(projectionOf(groups, query), 'members')),
    find: userGroups.find,
    async add(tenant, body) {
      const { draft, members } = read(body)
      return userGroups.add(tenant, draft, members)
    },
    async replace(id, body, admit) {
      const { draft, members } = read(body)
      return userGroups.replace(id, draft, members, admit)
    },
    patch: userGroups.patch,
    remove: userGroups.remove,
  }
}

function read(body: unknown) {
  const resource = readResource(groups, body)
  requireComplete(groups, resource)
  return { draft: groupDraft(resource), members: memberIds(resource['members'], '/members') }
}
