import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import protobuf from 'protobufjs'

export const versions = ['1-0', '1-1', '1-2', '1-3', '1-4'] as const

/** The standard's own schema, read by somebody else's library: what ours is held against. */
export function standardType(kind: 'msg' | 'record', version: (typeof versions)[number] = '1-4'): protobuf.Type {
  const file = new URL(`../../schema/usp-${kind}-${version}.proto`, import.meta.url)
  const { root } = protobuf.parse(readFileSync(file, 'utf8'), { keepCase: true })
  return root.lookupType(kind === 'msg' ? 'usp.Msg' : 'usp_record.Record')
}

/**
 * Random values of a type, each field there or not, one of each `oneof` at most. Not Register and Deregister, which are between
 * the services of one device: a controller does not read them.
 */
export function valuesOf(type: protobuf.Type, depth = 0): fc.Arbitrary<Record<string, unknown>> {
  const groups = new Set<string>()
  const parts: fc.Arbitrary<Record<string, unknown>>[] = []
  for (const field of type.fieldsArray) {
    if (ofServices.test(field.name)) continue
    field.resolve()
    const { partOf } = field
    if (partOf === null) parts.push(maybe(field.name, fieldValue(field, depth)))
    else if (!groups.has(partOf.name)) {
      groups.add(partOf.name)
      const cases = partOf.fieldsArray
        .filter(({ name }) => !ofServices.test(name))
        .map((each) => fieldValue(each.resolve(), depth).map((v) => ({ [each.name]: v })))
      parts.push(fc.oneof(fc.constant({}), ...cases))
    }
  }
  return parts.length === 0
    ? fc.constant({})
    : fc.tuple(...parts).map((all) => Object.assign({}, ...all) as object as never)
}

const ofServices = /register/

const maybe = (name: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> =>
  fc.option(value, { nil: undefined }).map((given) => (given === undefined ? {} : { [name]: given }))

const text = fc.oneof(
  fc.string({ maxLength: 60, unit: 'grapheme' }),
  fc.constantFrom('Device.', '__proto__', 'constructor'),
)

function fieldValue(field: protobuf.Field, depth: number): fc.Arbitrary<unknown> {
  const single = singleValue(field, depth)
  if (field.map) return fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: false })
  return field.repeated ? fc.array(single, { maxLength: 3 }) : single
}

function singleValue(field: protobuf.Field, depth: number): fc.Arbitrary<unknown> {
  if (field.resolvedType instanceof protobuf.Enum) return fc.constantFrom(...Object.values(field.resolvedType.values))
  if (field.resolvedType instanceof protobuf.Type) return valuesOf(field.resolvedType, depth + 1)
  if (field.type === 'string') return text
  if (field.type === 'bytes') return fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))
  if (field.type === 'bool') return fc.boolean()
  if (field.type === 'uint64')
    return fc
      .bigInt({ min: 0n, max: 2n ** 64n - 1n })
      .map((value) =>
        (protobuf.util.Long as unknown as { fromString(text: string, unsigned: boolean): unknown }).fromString(
          String(value),
          true,
        ),
      )
  return fc.nat()
}
