import { Lwm2mWireError } from '../errors.ts'
import { limits } from '../limits.ts'
import { base64OfBytes, bytesOfBase64 } from './base64.ts'
import { field, isRecord, parseJson } from './json-text.ts'
import { fullPath, linkOf } from './senml.ts'
import { isObjectLink, pathNumbers } from './values.ts'
import type { Entry, TypeOf, Value } from './values.ts'

const clause = 'OMA LwM2M TS 1.0.2, 6.4.4'
const utf8 = new TextEncoder()

/** The JSON format of LwM2M 1.0: `{"bn":"/5/0/","e":[{"n":"3","v":0}]}`. Bytes travel as base64 text, so types are needed. */
export function decodeLwm2mJson(bytes: Uint8Array, typeOf: TypeOf): Entry[] {
  const document = parseJson(bytes)
  if (!isRecord(document)) throw new Lwm2mWireError('malformed', clause, 0, 'no object')
  const base = field<string>(document, 'bn', 'string', clause, 0) ?? ''
  const entries = document['e']
  if (!Array.isArray(entries)) throw new Lwm2mWireError('malformed', clause, 0, 'no array e')
  if (entries.length > limits.values) throw new Lwm2mWireError('too-large', clause, 0, `${entries.length} entries`)
  return entries.map((entry, index) => entryOf(entry, index, base, typeOf))
}

function entryOf(entry: unknown, index: number, base: string, typeOf: TypeOf): Entry {
  if (!isRecord(entry)) throw new Lwm2mWireError('malformed', clause, index, `entry ${index} is no object`)
  const path = fullPath(base, field<string>(entry, 'n', 'string', clause, index) ?? '', index)
  const read = <T>(name: string, type: 'string' | 'number' | 'boolean') => field<T>(entry, name, type, clause, index)
  const link = read<string>('ov', 'string')
  const text = read<string>('sv', 'string')
  const value: Value | undefined =
    link === undefined ? (text ?? read<number>('v', 'number') ?? read<boolean>('bv', 'boolean')) : linkOf(link, index)
  if (value === undefined) throw new Lwm2mWireError('malformed', clause, index, `entry ${index} has no value`)
  const [object, , resource] = pathNumbers(path)!
  const opaque = typeof value === 'string' && typeOf(object!, resource!) === 'opaque'
  return { path, value: opaque ? bytesOfBase64(value, clause, index) : value }
}

/** @param base common beginning of all paths */
export function encodeLwm2mJson(entries: readonly Entry[], base: string): Uint8Array {
  const prefix = entries.every(({ path }) => path.startsWith(`${base}/`)) ? `${base}/` : base
  const e = entries.map(({ path, value }) => {
    const name = path === prefix ? {} : { n: path.slice(prefix.length) }
    if (typeof value === 'string') return { ...name, sv: value }
    if (typeof value === 'boolean') return { ...name, bv: value }
    if (value instanceof Uint8Array) return { ...name, sv: base64OfBytes(value, 'plain') }
    if (isObjectLink(value)) return { ...name, ov: `${value.object}:${value.instance}` }
    return { ...name, v: Number(value) }
  })
  return utf8.encode(JSON.stringify({ bn: prefix, e }))
}
