import { Lwm2mWireError } from '../errors.ts'
import { decodeCbor, expectMap } from './cbor-read.ts'
import { encodeCbor } from './cbor-write.ts'
import { linkOf } from './senml.ts'
import { isObjectLink, pathNumbers } from './values.ts'
import type { Cbor, CborMap } from './cbor-read.ts'
import type { Entry, TypeOf, Value } from './values.ts'

const clause = 'OMA LwM2M Core 1.2, 7.4.6'

/** Maps in maps by identifier: `{5: {0: {3: 0}}}`; a key may also be an array of identifiers. Throws Lwm2mWireError. */
export function decodeLwm2mCbor(bytes: Uint8Array, typeOf: TypeOf): Entry[] {
  const entries: Entry[] = []
  collect(expectMap(decodeCbor(bytes), 'the payload', clause), [], entries, typeOf)
  return entries
}

function collect(map: CborMap, above: readonly number[], entries: Entry[], typeOf: TypeOf): void {
  for (const [key, item] of map) {
    const numbers = [...above, ...identifiers(key)]
    const path = `/${numbers.join('/')}`
    if (numbers.length > 4) throw new Lwm2mWireError('malformed', clause, entries.length, `${path} is too long a path`)
    if (item instanceof Map) collect(item, numbers, entries, typeOf)
    else if (item !== null) entries.push({ path, value: valueOf(item, numbers, entries.length, typeOf) })
  }
}

function identifiers(key: Cbor): number[] {
  const numbers = Array.isArray(key) ? key : [key]
  if (numbers.length > 0 && numbers.every(isIdentifier)) return numbers
  throw new Lwm2mWireError('malformed', clause, 0, 'a key that is no identifier')
}

function isIdentifier(value: Cbor): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff
}

function valueOf(item: Cbor, numbers: readonly number[], index: number, typeOf: TypeOf): Value {
  if (numbers.length < 3) throw new Lwm2mWireError('malformed', clause, index, `/${numbers.join('/')} holds a value`)
  if (Array.isArray(item) || item instanceof Map || item === null)
    throw new Lwm2mWireError('malformed', clause, index, `/${numbers.join('/')} holds an array`)
  if (typeof item === 'string' && typeOf(numbers[0]!, numbers[2]!) === 'objlnk') return linkOf(item, index)
  return item
}

/** With every map nested, which every decoder must know. */
export function encodeLwm2mCbor(entries: readonly Entry[]): Uint8Array {
  const root: CborMap = new Map()
  for (const { path, value } of entries) {
    const numbers = pathNumbers(path) ?? []
    const holder = numbers.slice(0, -1).reduce((map, number) => {
      const inner = map.get(number)
      if (inner instanceof Map) return inner
      const made: CborMap = new Map()
      map.set(number, made)
      return made
    }, root)
    holder.set(numbers.at(-1)!, isObjectLink(value) ? `${value.object}:${value.instance}` : value)
  }
  return encodeCbor(root)
}
