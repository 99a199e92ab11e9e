import { jsonObject, withFields } from '../json/value.ts'
import { readEnvelope } from '../metadata/envelope.ts'
import { dateTime } from '../metadata/fields.ts'
import { directorField, readRoot, topLevelRoles } from '../metadata/root.ts'
import { keysObject, keysOf, roleFields } from './roles.ts'
import { refuse } from './signing.ts'
import type { Json, JsonObject } from '../json/value.ts'
import type { Role } from '../metadata/envelope.ts'
import type { Root, TopLevelRole } from '../metadata/root.ts'
import type { RoleKeys } from './roles.ts'

/** What is written as `spec_version`. */
export const specVersion = '1.0.31'

/** The roles that root metadata name. */
export type RootRole = TopLevelRole | 'director'

/** The signed part of a first root. Times in seconds since the Unix epoch. */
export function firstRoot(expires: number, roles: Readonly<Record<RootRole, RoleKeys>>): JsonObject {
  const top = topLevelRoles.map((role) => [role, jsonObject(roleFields(role, roles[role]))] as const)
  return jsonObject({
    _type: 'root',
    spec_version: specVersion,
    version: 1,
    expires: dateTime(expires),
    consistent_snapshot: true,
    keys: keysObject(Object.values(roles).flatMap(({ keys }) => keys)),
    roles: new Map(top),
    [directorField]: jsonObject(roleFields('director', roles.director)),
  })
}

/**
 * The signed part of the version after this root: other keys or another threshold for some roles, and a later end. It has to be signed
 * by the old and the new root keys. Fields that this package does not know stay.
 */
export function nextRoot(
  file: Uint8Array,
  expires: number,
  changes: Readonly<Partial<Record<RootRole, RoleKeys>>> = {},
): JsonObject {
  const envelope = readEnvelope(file, 'root', Infinity)
  const root = readRoot(envelope)
  const { signed } = envelope
  const oldRoles = signed.get('roles') as JsonObject
  const named = changedRoles(changes)
  const roles = new Map<string, Json>(oldRoles)
  for (const role of topLevelRoles) roles.set(role, withFields(oldRoles.get(role) as JsonObject, named[role] ?? {}))
  const oldDirector = signed.get(directorField) as JsonObject | undefined
  const director = named.director ? withFields(oldDirector ?? new Map(), named.director) : oldDirector
  const known = new Map(root.keys)
  for (const role of Object.values(changes)) for (const key of role.keys) known.set(key.id, key)
  // A key that no role names any more is left out.
  const used = [...roles.values(), ...(director ? [director] : [])].flatMap(
    (role) => (role as JsonObject).get('keyids') as readonly string[],
  )
  return withFields(signed, {
    version: root.version + 1,
    expires: dateTime(expires),
    roles,
    keys: keysObject(keysOf(known, used)),
    [directorField]: director,
  })
}

type RoleFields = ReturnType<typeof roleFields>

function changedRoles(
  changes: Readonly<Partial<Record<RootRole, RoleKeys>>>,
): Readonly<Partial<Record<RootRole, RoleFields>>> {
  const entries = Object.entries(changes).map(([role, keys]) => [role, roleFields(role, keys)] as const)
  return Object.fromEntries(entries)
}

/** The keys that a role of this root has, with one of them exchanged. */
export function replaceKey(root: Root, role: Role, oldId: string, by: RoleKeys['keys'][number]): RoleKeys {
  if (!role.keyids.includes(oldId)) refuse('root', `the role has no key ${oldId}`)
  const others = role.keyids.filter((id) => id !== oldId && id !== by.id)
  return { keys: [...keysOf(root.keys, others), by], threshold: role.threshold }
}
