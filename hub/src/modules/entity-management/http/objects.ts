import type { AccessObject, Principal } from '../../../platform/access.ts'
import type { LabelsChange } from '../domain/attributes.ts'
import type { DeviceGroup } from '../domain/groups.ts'
import type { Device, Household, User } from '../domain/entities.ts'

/** Whether the change says what operators alone may say. */
export function isOperators({ tags, attributes }: LabelsChange): boolean {
  return tags !== undefined || attributes !== undefined
}

/** No household and nobody has this id. */
const nowhere = '-'

/**
 * What a request is about, for authorization. What does not exist is judged as something in a household that nobody
 * belongs to: who may not see everything gets the same answer for it as for other people's things.
 */
export function deviceObject(device: Device | undefined): AccessObject {
  return { ...of(device), household: device?.household ?? nowhere }
}

export function householdObject(household: Household | undefined): AccessObject {
  return { ...of(household), household: household?.id ?? nowhere }
}

/** Of a user's households the one that the principal shares, if any. Everybody owns themselves. */
export function userObject(
  principal: Principal,
  user: Pick<User, 'id' | 'tenant' | 'households'> | undefined,
): AccessObject {
  const shared = user?.households.find((household) => principal.households.includes(household))
  return { ...of(user), household: shared ?? nowhere, owner: user?.id ?? nowhere }
}

/** Groups are of no household: who sees all of a tenant sees them. */
export function groupObject(group: DeviceGroup | undefined): AccessObject {
  return of(group)
}

function of(entity: { readonly tenant: string } | undefined): Pick<AccessObject, 'tenant'> {
  return entity === undefined ? {} : { tenant: entity.tenant }
}
