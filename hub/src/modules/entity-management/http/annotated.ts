import type { AccessObject } from '../../../platform/access.ts'
import { missing, requireHere } from '../app/codes.ts'
import type { EntityManagementApp } from '../app/index.ts'
import type { EntityKind } from '../domain/attributes.ts'
import { deviceObject, householdObject } from './objects.ts'

/** A kind of entity that has notes and a history, as the API names it. */
export interface Annotated {
  readonly kind: EntityKind
  readonly path: string
  /** Within ids of operations. */
  readonly name: string
  readonly noun: string
  readonly tag: string
  /**
   * Has `authorise` judge the entity, also one that is not there.
   * @throws what that throws; CallerError `not-found` (404), `gone` (410)
   */
  admit(entities: EntityManagementApp, id: string, authorise: (object: AccessObject) => void): Promise<void>
}

export const annotated: readonly Annotated[] = [
  {
    kind: 'device',
    path: 'devices',
    name: 'Device',
    noun: 'device',
    tag: 'Devices',
    async admit({ devices }, id, authorise) {
      const [found] = await devices.find([id])
      authorise(deviceObject(found))
      if (!found) throw missing('device', id)
    },
  },
  {
    kind: 'user',
    path: 'users',
    name: 'User',
    noun: 'person',
    tag: 'Users',
    async admit({ users }, id, authorise) {
      const [found] = await users.find([id])
      authorise({ ...(found && { tenant: found.tenant }), owner: found?.id ?? '-' })
      if (!found) throw missing('user', id)
      requireHere('user', found)
    },
  },
  {
    kind: 'household',
    path: 'households',
    name: 'Household',
    noun: 'household',
    tag: 'Households',
    async admit({ households }, id, authorise) {
      const [found] = await households.find([id])
      authorise(householdObject(found))
      if (!found) throw missing('household', id)
      requireHere('household', found)
    },
  },
]
