import { Lwm2mWireError } from '../errors.ts'
import { limits } from '../limits.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { bytesOfValue, valueOfBytes } from './tlv-values.ts'
import { pathNumbers } from './values.ts'
import type { Entry, TypeOf, ValueType } from './values.ts'

const clause = 'OMA LwM2M Core 1.2, 7.4.5'

/** Bits 7-6 of the type field. */
const kind = { objectInstance: 0, resourceInstance: 1, multipleResource: 2, resource: 3 } as const

interface Reading {
  readonly typeOf: TypeOf
  readonly entries: Entry[]
}

/**
 * OMA's type-length-value format. It carries no types: `typeOf` tells them, and what it does not know stays bytes.
 * @param base what was asked for, for example `/5/0`: identifiers in the payload are relative to it
 * Throws Lwm2mWireError.
 */
export function decodeTlv(bytes: Uint8Array, base: string, typeOf: TypeOf): Entry[] {
  const numbers = pathNumbers(base)
  if (!numbers?.length) throw new Lwm2mWireError('not-allowed', clause, 0, `TLV for the path ${base}`)
  const reading = { typeOf, entries: [] }
  readAll(new ByteReader(bytes, clause), numbers, reading)
  return reading.entries
}

function readAll(reader: ByteReader, above: readonly number[], reading: Reading): void {
  while (reader.left > 0) {
    const head = reader.byte('the type')
    const id = reader.uint(head & 0x20 ? 2 : 1, 'an identifier')
    const lengthBytes = (head >> 3) & 3
    const length = lengthBytes === 0 ? head & 7 : reader.uint(lengthBytes, 'a length')
    const start = reader.at
    const value = reader.take(length, 'a value')
    const path = placeOf(reader, head >> 6, id, above)
    if (head >> 6 === kind.objectInstance || head >> 6 === kind.multipleResource)
      readAll(new ByteReader(value, clause), path, reading)
    else keep(reader, path, value, reading, start)
  }
}

/** Full path of an item. What was asked for may be repeated in the payload: a read of /5/0/3 answers with resource 3. */
function placeOf(reader: ByteReader, what: number, id: number, above: readonly number[]): number[] {
  const depth = what === kind.objectInstance ? 1 : what === kind.resourceInstance ? 3 : 2
  if (above.length === depth) return [...above, id]
  if (above.length > depth) {
    // An object of a single instance may be answered without the instance around it, never with another one.
    if (above[depth] !== id) reader.fail('malformed', `identifier ${id} below /${above.join('/')}`)
    return above.slice(0, depth + 1)
  }
  if (above.length === 1 && depth === 2) return [...above, 0, id]
  return reader.fail('malformed', `an item of kind ${what} directly below /${above.join('/')}`)
}

function keep(reader: ByteReader, path: readonly number[], bytes: Uint8Array, reading: Reading, offset: number): void {
  if (reading.entries.length === limits.values) reader.fail('too-large', `more than ${limits.values} values`)
  const type = reading.typeOf(path[0]!, path[2]!) ?? 'opaque'
  reading.entries.push({ path: `/${path.join('/')}`, value: valueOfBytes(bytes, type, offset) })
}

/**
 * Writes entries for one object, instance or resource.
 * @param base what the payload is written to; entries lie at or below it, those of one resource next to each other
 */
export function encodeTlv(entries: readonly Entry[], base: string, typeOf: TypeOf): Uint8Array {
  const writer = new ByteWriter()
  const depth = pathNumbers(base)?.length ?? 0
  if (depth === 0) throw new Lwm2mWireError('not-allowed', clause, 0, `TLV for the path ${base}`)
  const items = entries.map(({ path, value }) => ({ numbers: pathNumbers(path) ?? [], value }))
  if (depth > 1) writeResources(writer, items, typeOf, depth)
  else
    for (const [instance, inside] of Map.groupBy(items, ({ numbers }) => numbers[1]!)) {
      const inner = new ByteWriter()
      writeResources(inner, inside, typeOf, 2)
      writeItem(writer, kind.objectInstance, instance, inner.taken())
    }
  return writer.taken()
}

interface Item {
  readonly numbers: readonly number[]
  readonly value: Entry['value']
}

function writeResources(writer: ByteWriter, items: readonly Item[], typeOf: TypeOf, depth: number): void {
  for (const [resource, group] of Map.groupBy(items, ({ numbers }) => numbers[2]!)) {
    const type: ValueType = typeOf(group[0]!.numbers[0]!, resource) ?? 'opaque'
    const single = group[0]!.numbers.length === 3
    const inner = new ByteWriter()
    for (const { numbers, value } of group) {
      if (single) writeItem(inner, kind.resource, resource, bytesOfValue(value, type))
      else writeItem(inner, kind.resourceInstance, numbers[3]!, bytesOfValue(value, type))
    }
    if (single || depth === 4) writer.bytes(inner.taken())
    else writeItem(writer, kind.multipleResource, resource, inner.taken())
  }
}

function writeItem(writer: ByteWriter, what: number, id: number, value: Uint8Array): void {
  const wide = id > 0xff
  const lengthBytes = value.length < 8 ? 0 : value.length < 0x100 ? 1 : value.length < 0x10000 ? 2 : 3
  writer.byte((what << 6) | (wide ? 0x20 : 0) | (lengthBytes << 3) | (lengthBytes === 0 ? value.length : 0))
  writer.uint(id, wide ? 2 : 1)
  if (lengthBytes > 0) writer.uint(value.length, lengthBytes)
  writer.bytes(value)
}
