import { answer, type SutlerClient } from '@sutler/client'
import {
  directorField,
  nextRoot,
  nextTargets,
  publicKey,
  readEnvelope,
  readRoot,
  type JsonObject,
  type Key,
  type Root,
  type RoleKeys,
  type RootRole,
} from '@sutler/trust'
import { nodeTrustCrypto } from '@sutler/trust/node'
import { CommandError } from '../command-error.ts'
import { daysFromNow, lives } from './lives.ts'

/** What is to become of a role's keys. */
export interface KeyChange {
  readonly role: RootRole
  readonly add: readonly Key[]
  /** Key ids, or their beginnings. */
  readonly remove: readonly string[]
  /** Null = as it was. */
  readonly threshold: number | null
}

export const rotatableRoles = ['root', 'targets', 'snapshot', 'timestamp', 'director'] as const

/** The signed part of the next root, with a role's keys changed; with none changed it only lasts longer. */
export function changedRoot(
  file: Uint8Array,
  { role, add, remove, threshold }: KeyChange,
  days: number = lives.root,
): JsonObject {
  const root = readRoot(readEnvelope(file, 'root', Infinity))
  const before = keysOf(root, role)
  const removed = new Set(remove.map((id) => only(before.keys, id)))
  const kept = before.keys.filter((key) => !removed.has(key.id) && !add.some(({ id }) => id === key.id))
  const keys = [...kept, ...add]
  return nextRoot(file, daysFromNow(days), { [role]: { keys, threshold: threshold ?? before.threshold } })
}

/** Ids of the keys that a role of this root has. */
export function keyIdsOf(file: Uint8Array, role: RootRole): string[] {
  return keysOf(readRoot(readEnvelope(file, 'root', Infinity)), role).keys.map(({ id }) => id)
}

function keysOf(root: Root, role: RootRole): RoleKeys {
  const named = role === 'director' ? root.director : root.roles[role]
  if (!named)
    throw new CommandError('metadata-unreadable', `the root has no ${directorField}`, 'Begin anew: sutler trust init.')
  return { keys: named.keyids.map((id) => root.keys.get(id)!), threshold: named.threshold }
}

/** Has the hub's signer make a key for an online role. */
export async function newOnlineKey(api: SutlerClient, role: 'timestamp' | 'snapshot' | 'director'): Promise<Key> {
  const made = answer(await api.POST('/api/v1/trust/online-keys', { body: { role } }))
  return publicKey('ed25519', made.public, nodeTrustCrypto)
}

/** The same targets for longer, to be signed by other keys or the same. */
export function renewedTargets(file: Uint8Array, days: number = lives.targets): JsonObject {
  return nextTargets(file, daysFromNow(days))
}

function only(keys: readonly Key[], beginning: string): string {
  const found = keys.filter(({ id }) => id.startsWith(beginning))
  if (found.length === 1) return found[0]!.id
  throw new CommandError(
    'option-invalid',
    `--remove ${beginning} names ${found.length} keys of the role`,
    'sutler trust status --json lists the key ids.',
  )
}
