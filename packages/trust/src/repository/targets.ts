import { hex } from '../bytes.ts'
import { jsonObject, withFields } from '../json/value.ts'
import { readDelegations } from '../metadata/delegations.ts'
import { readEnvelope } from '../metadata/envelope.ts'
import { dateTime, readObject } from '../metadata/fields.ts'
import { readTargets } from '../metadata/targets.ts'
import { keysObject, keysOf, roleFields } from './roles.ts'
import { specVersion } from './root.ts'
import { refuse } from './signing.ts'
import type { TrustCrypto } from '../crypto.ts'
import type { Json, JsonObject } from '../json/value.ts'
import type { Keys } from '../metadata/keys.ts'
import type { RoleKeys } from './roles.ts'

/** The signed part of targets metadata that name nothing yet, of the top-level role or of a delegated one. */
export function firstTargets(expires: number): JsonObject {
  return jsonObject({
    _type: 'targets',
    spec_version: specVersion,
    version: 1,
    expires: dateTime(expires),
    targets: new Map(),
  })
}

/** The signed part of the version after this one, with a later end. What is in it stays. */
export function nextTargets(file: Uint8Array, expires: number): JsonObject {
  const envelope = readEnvelope(file, 'targets', Infinity)
  return withFields(envelope.signed, {
    version: readTargets(envelope).version + 1,
    expires: dateTime(expires),
  })
}

/** With this target; one that had the path before is replaced. */
export function withTarget(
  signed: JsonObject,
  path: string,
  { length, sha256, custom }: { readonly length: number; readonly sha256: string; readonly custom?: JsonObject },
): JsonObject {
  checkTargetPath(path)
  const target = jsonObject({ length, hashes: jsonObject({ sha256 }), custom })
  return withFields(signed, { targets: withFields(readObject(signed.get('targets'), 'targets'), { [path]: target }) })
}

/** Without this target. */
export function withoutTarget(signed: JsonObject, path: string): JsonObject {
  const targets = readObject(signed.get('targets'), 'targets')
  if (!targets.has(path)) refuse('targets', `there is no target ${path}`)
  return withFields(signed, { targets: withFields(targets, { [path]: undefined }) })
}

/** The length and digest of a target file. */
export async function describeFile(
  bytes: Uint8Array,
  crypto: TrustCrypto,
): Promise<{ readonly length: number; readonly sha256: string }> {
  return { length: bytes.length, sha256: hex(await crypto.sha256(bytes)) }
}

function checkTargetPath(path: string): void {
  const segments = path.split('/')
  // A file of the repository: nothing that a file system or a URL takes for more than a name.
  const odd = segments.some(
    (segment) => segment === '' || segment === '.' || segment === '..' || segment.includes('\\'),
  )
  if (odd || [...path].some((character) => character < ' '))
    refuse('targets', `${JSON.stringify(path)} is no relative path`)
}

/** Whom to delegate to, and for which target paths. */
export interface Delegation extends RoleKeys {
  readonly name: string
  readonly terminating: boolean
  /** Patterns with `*` and `?`… */
  readonly paths?: readonly string[]
  /** …or the beginnings of paths' SHA-256. */
  readonly pathHashPrefixes?: readonly string[]
}

/** With this delegation behind all others; one of the same name is replaced in its place, keys and all. */
export function withDelegation(signed: JsonObject, delegation: Delegation): JsonObject {
  const { name, terminating, paths, pathHashPrefixes } = delegation
  if ((paths === undefined) === (pathHashPrefixes === undefined)) refuse(name, 'either paths or pathHashPrefixes')
  // Clients take these for different things; `*` and `?` they all know.
  const odd = paths?.find((path) => /[[\]{}()!#\\+@|]/.test(path))
  if (odd !== undefined) refuse(name, `the pattern ${JSON.stringify(odd)} would not mean the same to all clients`)
  const role = jsonObject({
    name,
    ...roleFields(name, delegation),
    terminating,
    paths,
    path_hash_prefixes: pathHashPrefixes,
  })
  const roles = rolesOf(signed)
  const at = roles.findIndex((other) => other.get('name') === name)
  const changed = at < 0 ? [...roles, role] : roles.with(at, role)
  return withRoles(signed, changed, new Map(delegation.keys.map((key) => [key.id, key])))
}

/** Without the delegation to this role. */
export function withoutDelegation(signed: JsonObject, name: string): JsonObject {
  const roles = rolesOf(signed)
  const others = roles.filter((role) => role.get('name') !== name)
  if (others.length === roles.length) refuse(name, 'nothing is delegated to it')
  return withRoles(signed, others, new Map())
}

/** With 2^bitLength bins in place of any other delegations: each is a role `<namePrefix>-<number>`, terminating, with these keys. */
export function withBins(signed: JsonObject, namePrefix: string, bitLength: number, keys: RoleKeys): JsonObject {
  const bins = jsonObject({
    name_prefix: namePrefix,
    bit_length: bitLength,
    ...roleFields(namePrefix, keys),
  })
  return withFields(signed, { delegations: jsonObject({ keys: keysObject(keys.keys), succinct_roles: bins }) })
}

function rolesOf(signed: JsonObject): readonly JsonObject[] {
  const delegations = signed.get('delegations')
  if (delegations === undefined) return []
  const roles = readObject(delegations, 'delegations').get('roles')
  return (roles ?? refuse('delegations', 'it has bins, and no other roles beside them')) as readonly JsonObject[]
}

function withRoles(signed: JsonObject, roles: readonly JsonObject[], added: Keys): JsonObject {
  const before = signed.get('delegations')
  const json = before === undefined ? new Map<string, Json>() : readObject(before, 'delegations')
  const known = before === undefined ? added : new Map([...readDelegations(before, 'delegations').keys, ...added])
  const ids = roles.flatMap((role) => role.get('keyids') as readonly string[])
  return withFields(signed, { delegations: withFields(json, { roles, keys: keysObject(keysOf(known, ids)) }) })
}
