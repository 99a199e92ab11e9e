import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { standardType, valuesOf, versions } from '../test/standard.ts'
import { messageSchema } from './message-schema.ts'
import { recordSchema } from './record-schema.ts'
import type protobuf from 'protobufjs'
import type { MessageType } from './schema.ts'

const plain = (type: protobuf.Type, bytes: Uint8Array): unknown =>
  type.toObject(type.decode(bytes), { longs: String, bytes: String, defaults: true, oneofs: true })

/** Their encoder → our decoder → our encoder → their decoder: the same value. */
function differs(type: protobuf.Type, ours: MessageType<unknown, unknown>): unknown {
  const same = fc.property(valuesOf(type), (value) => {
    const bytes = type.encode(type.fromObject(value)).finish()
    return isDeepStrictEqual(plain(type, ours.encode(ours.decode(bytes))), plain(type, bytes))
  })
  return fc.check(same, { numRuns: 400 }).counterexample
}

describe('every version of the standard’s own schema', () => {
  test.each(versions)('%s: records read and written here are the same to another library', (version) => {
    const type = standardType('record', version)
    expect(differs(type, recordSchema as MessageType<unknown, unknown>)).toBeNull()
  })

  test.each(versions)('%s: messages read and written here are the same to another library', (version) => {
    const type = standardType('msg', version)
    expect(differs(type, messageSchema as MessageType<unknown, unknown>)).toBeNull()
  })
})

describe('fields of a later version', () => {
  test('that are unknown are passed over, whatever they hold', () => {
    const base = recordSchema.encode({ version: '1.9', toId: 'a', fromId: 'b' })
    const later = Uint8Array.from([
      ...base,
      // field 31, a varint
      ...Buffer.from([0xf8, 0x01, 0x96, 0x01]),
      // field 31, bytes
      ...Buffer.from([0xfa, 0x01, 0x02, 0xff, 0xfe]),
      // field 31, fixed32
      ...Buffer.from([0xfd, 0x01, 1, 2, 3, 4]),
      // field 31, fixed64
      ...Buffer.from([0xf9, 0x01, 1, 2, 3, 4, 5, 6, 7, 8]),
    ])
    expect(recordSchema.decode(later)).toEqual(recordSchema.decode(base))
  })
})

describe('bytes that are no record', () => {
  const refused = (bytes: number[]): object => {
    try {
      return { read: recordSchema.decode(Uint8Array.from(bytes)) }
    } catch (error) {
      const { code, clause, offset } = error as { code: number; clause: string; offset: number }
      return { code, clause, offset }
    }
  }

  test.each([
    ['a length past the end', [0x0a, 0x05, 0x31], 1],
    ['a number without end', [0x20, 0x80], 1],
    ['a number of eleven bytes', [0x20, ...Array<number>(10).fill(0x80), 1], 1],
    ['a text that is not UTF-8', [0x0a, 0x01, 0xff], 2],
    ['a group', [0x0b], 1],
    ['field number 0', [0x02, 0x00], 0],
    ['a fixed32 cut short', [0x62, 0x03, 0x15, 1, 2], 3],
  ])('%s names the place', (_what, bytes, offset) => {
    expect(refused(bytes)).toEqual({ code: 7100, clause: 'protobuf', offset })
  })

  test('two bodies of one message are refused, not merged', () => {
    const one = [...messageSchema.encode({ header: { msgId: 'a' } })]
    expect(() => messageSchema.decode(Uint8Array.from([...one, ...one]))).toThrow('a second header of Msg')
  })

  test('more values than any device has are refused before they are kept', () => {
    expect(() => recordSchema.decode(Buffer.from('0a00'.repeat(70_000), 'hex'))).toThrow('more than 65536 values')
  })
})
