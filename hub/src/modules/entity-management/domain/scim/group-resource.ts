import type { WallTime } from '../../../../platform/clock.ts'
import type { Role } from '../../../../platform/access.ts'
import { nameFault, tidyName } from '../text.ts'
import { scimError } from './errors.ts'
import type { ScimObject } from './resource.ts'
import { groupSchema } from './schemas.ts'
import type { Named } from './user-resource.ts'

/** People under one name, who may have roles by it. */
export interface UserGroup {
  readonly id: string
  readonly tenant: string
  readonly name: string
  /** Of the client that keeps it by SCIM. */
  readonly externalId: string | null
  /** What everybody in it has, beside the roles of their own account; set by operators, never by SCIM. */
  readonly roles: readonly Role[]
  readonly version: number
  readonly createdAt: WallTime
  readonly changedAt: WallTime
}

export interface GroupDraft {
  readonly name: string
  readonly externalId: string | null
}

/** @param resource complete @throws CallerError `scim-invalid-value` */
export function groupDraft(resource: ScimObject): GroupDraft {
  const { displayName, externalId = null } = resource as { displayName: string; externalId?: string }
  const fault = nameFault(displayName)
  if (fault !== null) throw scimError('invalidValue', fault, '/displayName')
  return { name: tidyName(displayName), externalId }
}

/** What SCIM may change of it, but for its members. */
export function storedGroup({ name, externalId }: GroupDraft): ScimObject {
  return { displayName: name, ...(externalId === null ? {} : { externalId }) }
}

/** @param members null = not shown @param base absolute address of /scim/v2 */
export function groupResource(group: UserGroup, members: readonly Named[] | null, base: string): ScimObject {
  const shown = members ?? []
  return {
    schemas: [groupSchema.id],
    id: group.id,
    ...storedGroup(group),
    ...(shown.length === 0
      ? {}
      : {
          members: shown.map(({ id, name }) => ({
            value: id,
            $ref: `${base}/Users/${id}`,
            display: name,
            type: 'User',
          })),
        }),
    meta: {
      resourceType: 'Group',
      created: new Date(group.createdAt).toISOString(),
      lastModified: new Date(group.changedAt).toISOString(),
      location: `${base}/Groups/${group.id}`,
      version: groupTag(group),
    },
  }
}

export function groupTag({ version }: Pick<UserGroup, 'version'>): string {
  return `W/"${version}"`
}
