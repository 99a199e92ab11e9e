import { optional, readFlag, readObject } from './fields.ts'
import { readCommon, readRole } from './envelope.ts'
import { readKeys } from './keys.ts'
import type { Authority, Common, Envelope, Role } from './envelope.ts'
import type { Keys } from './keys.ts'

export const topLevelRoles = ['root', 'targets', 'snapshot', 'timestamp'] as const
export type TopLevelRole = (typeof topLevelRoles)[number]

/**
 * The field of root metadata that names the director. It is no role in `roles`: python-tuf refuses a root with others than the four.
 * Clients that do not know the field sign over it and pass it on.
 */
export const directorField = 'x-sutler-director'

/** Root metadata (section 4.3). */
export interface Root extends Common {
  readonly consistentSnapshot: boolean
  readonly keys: Keys
  readonly roles: Readonly<Record<TopLevelRole, Role>>
  readonly director?: Role
}

/** Throws TrustError. */
export function readRoot(envelope: Envelope): Root {
  const { what, signed } = envelope
  const common = readCommon(envelope, 'root')
  const roles = readObject(signed.get('roles'), `${what}: roles`)
  const role = (name: TopLevelRole): Role =>
    readRole(readObject(roles.get(name), `${what}: roles.${name}`), `${what}: roles.${name}`)
  const director = optional(signed.get(directorField), `${what}: ${directorField}`, (value, where) =>
    readRole(readObject(value, where), where),
  )
  return {
    ...common,
    consistentSnapshot: optional(signed.get('consistent_snapshot'), `${what}: consistent_snapshot`, readFlag) ?? false,
    keys: readKeys(signed.get('keys'), `${what}: keys`),
    roles: { root: role('root'), targets: role('targets'), snapshot: role('snapshot'), timestamp: role('timestamp') },
    ...(director && { director }),
  }
}

export function authorityOf(root: Root, role: TopLevelRole): Authority {
  return { keys: root.keys, role: root.roles[role] }
}
