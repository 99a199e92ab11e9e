import { hex } from '../bytes.ts'
import { TrustError } from '../errors.ts'
import { limits } from '../limits.ts'
import { readRole } from './envelope.ts'
import { optional, readCount, readFlag, readList, readObject, readText } from './fields.ts'
import { readKeys } from './keys.ts'
import { matchesPattern } from './patterns.ts'
import { topLevelRoles } from './root.ts'
import type { Json, JsonObject } from '../json/value.ts'
import type { Role } from './envelope.ts'
import type { Keys } from './keys.ts'

/** A role that others' metadata trust for some target paths. */
export interface DelegatedRole extends Role {
  readonly name: string
  /** Nobody after this role is asked about the paths it may speak for. */
  readonly terminating: boolean
  readonly paths?: readonly string[]
  /** Hexadecimal digits with which the SHA-256 of a path begins. */
  readonly pathHashPrefixes?: readonly string[]
}

/** Bins of equal size for all target paths, named `<prefix>-<number of the bin in hexadecimal digits>` (TAP 15). */
export interface SuccinctRoles extends Role {
  readonly namePrefix: string
  /** 2 to the power of this many bins. */
  readonly bitLength: number
}

/** In order of trust. */
export interface Delegations {
  readonly keys: Keys
  readonly roles: readonly DelegatedRole[]
  readonly bins?: SuccinctRoles
}

export function readDelegations(value: Json | undefined, where: string): Delegations {
  const json = readObject(value, where)
  const bins = optional(json.get('succinct_roles'), `${where}.succinct_roles`, readBins)
  const roles = json.get('roles')
  if (bins ? roles !== undefined : roles === undefined)
    throw new TrustError('bad-field', where, 'expected either roles or succinct_roles')
  const read = roles === undefined ? [] : readList(roles, `${where}.roles`, readDelegatedRole, limits.values)
  const names = new Set(read.map((role) => role.name))
  if (names.size !== read.length) throw new TrustError('duplicate', `${where}.roles`, 'two roles have the same name')
  return { keys: readKeys(json.get('keys'), `${where}.keys`), roles: read, ...(bins && { bins }) }
}

function readDelegatedRole(value: Json | undefined, where: string): DelegatedRole {
  const json = readObject(value, where)
  const paths = optional(json.get('paths'), `${where}.paths`, readTexts)
  const pathHashPrefixes = optional(json.get('path_hash_prefixes'), `${where}.path_hash_prefixes`, readTexts)
  if (paths && pathHashPrefixes) throw new TrustError('bad-field', where, 'expected either paths or path_hash_prefixes')
  return {
    ...readRole(json, where),
    name: readRoleName(json.get('name'), `${where}.name`),
    terminating: optional(json.get('terminating'), `${where}.terminating`, readFlag) ?? false,
    ...(paths && { paths }),
    ...(pathHashPrefixes && { pathHashPrefixes }),
  }
}

function readTexts(value: Json | undefined, where: string): readonly string[] {
  return readList(value, where, readText, limits.values)
}

function readRoleName(value: Json | undefined, where: string, most: number = limits.roleNameBytes): string {
  const name = readText(value, where, most)
  if (new TextEncoder().encode(name).length > most)
    throw new TrustError('bad-field', where, `expected at most ${most} bytes`)
  if ((topLevelRoles as readonly string[]).includes(name))
    throw new TrustError('bad-field', where, `${name} is a top-level role`)
  return name
}

function readBins(value: Json | undefined, where: string): SuccinctRoles {
  const json: JsonObject = readObject(value, where)
  const bitLength = readCount(json.get('bit_length'), `${where}.bit_length`, 1)
  if (bitLength > 32) throw new TrustError('bad-field', `${where}.bit_length`, 'expected 1 to 32')
  return {
    ...readRole(json, where),
    bitLength,
    // Nine bytes are left for the number of the bin.
    namePrefix: readRoleName(json.get('name_prefix'), `${where}.name_prefix`, limits.roleNameBytes - 9),
  }
}

/**
 * Those who may speak for a target path, in order of trust; nobody after a terminating one.
 * @param pathHash SHA-256 of the path in UTF-8
 */
export function rolesFor({ roles, bins }: Delegations, path: string, pathHash: Uint8Array): readonly DelegatedRole[] {
  if (bins) return [{ ...bins, name: binOf(bins, pathHash), terminating: true }]
  const hash = hex(pathHash)
  const speaking = roles.filter(
    ({ paths, pathHashPrefixes }) =>
      paths?.some((pattern) => matchesPattern(path, pattern)) ??
      pathHashPrefixes?.some((prefix) => hash.startsWith(prefix.toLowerCase())) ??
      false,
  )
  const last = speaking.findIndex((role) => role.terminating)
  return last < 0 ? speaking : speaking.slice(0, last + 1)
}

function binOf({ bitLength, namePrefix }: SuccinctRoles, pathHash: Uint8Array): string {
  const first = new DataView(pathHash.buffer, pathHash.byteOffset).getUint32(0)
  const digits = (2 ** bitLength - 1).toString(16).length
  return `${namePrefix}-${(first >>> (32 - bitLength)).toString(16).padStart(digits, '0')}`
}
