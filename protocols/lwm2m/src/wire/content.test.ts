import { Encoder } from 'cbor-x/index-no-eval'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fuzz } from '../test/fuzz.ts'
import { decodeCbor } from './cbor-read.ts'
import { encodeCbor } from './cbor-write.ts'
import { decodeContent, encodeContent, structuredFormats } from './content.ts'
import { encodeLinks, parseLinks } from './link-format.ts'
import { format } from './numbers.ts'
import type { Cbor } from './cbor-read.ts'
import type { Entry, Value, ValueType } from './values.ts'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const utf8 = (text: string) => new TextEncoder().encode(text)

/** Resource number → type: every type once. */
const types: ValueType[] = ['string', 'integer', 'float', 'boolean', 'opaque', 'time', 'objlnk']
const typeOf = (_object: number, resource: number) => types[resource]

const values: Record<ValueType, fc.Arbitrary<Value>> = {
  string: fc.string({ unit: 'grapheme' }),
  integer: fc.maxSafeInteger(),
  float: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
  boolean: fc.boolean(),
  opaque: fc.uint8Array({ maxLength: 400 }),
  time: fc.integer({ min: 0, max: 4_000_000_000 }),
  objlnk: fc.record({ object: fc.integer({ min: 0, max: 65_535 }), instance: fc.integer({ min: 0, max: 65_535 }) }),
}
/** Resources of /300/2, each of another type, one of them with instances. */
const entries: fc.Arbitrary<Entry[]> = fc
  .tuple(fc.record(values), fc.uniqueArray(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 4 }))
  .map(([one, instances]) => [
    ...types.slice(1).map((type, index) => ({ path: `/300/2/${index + 1}`, value: one[type] })),
    ...instances.map((instance) => ({ path: `/300/2/0/${instance}`, value: one.string })),
  ])

const sample: Entry[] = [
  { path: '/300/2/1', value: 70_000 },
  { path: '/300/2/2', value: 1.5 },
  { path: '/300/2/3', value: true },
  { path: '/300/2/4', value: Uint8Array.of(1, 2, 255) },
  { path: '/300/2/6', value: { object: 5, instance: 0 } },
  { path: '/300/2/0/1', value: 'one' },
  { path: '/300/2/0/300', value: 'two ä' },
]

describe.each(structuredFormats)('content format %i', (contentFormat) => {
  const roundTrip = (given: Entry[], base: string) =>
    decodeContent(encodeContent(given, contentFormat, base, typeOf), contentFormat, base, typeOf)
  const byPath = (list: Entry[]) => list.sort((one, other) => one.path.localeCompare(other.path))

  test('what is encoded is decoded to the same', () => {
    fc.assert(
      fc.property(entries, (given) => {
        expect(byPath(roundTrip(given, '/300/2'))).toEqual(byPath([...given]))
      }),
    )
    for (const base of ['/300', '/300/2']) expect(byPath(roundTrip(sample, base))).toEqual(byPath([...sample]))
    expect(roundTrip([sample[0]!], '/300/2/1')).toEqual([sample[0]])
    expect(roundTrip([sample[6]!], '/300/2/0/300')).toEqual([sample[6]])
  })

  test('hostile payloads are refused with clause and offset', () => {
    const given = encodeContent(sample, contentFormat, '/300/2', typeOf)
    expect(fuzz([given], (each) => decodeContent(each, contentFormat, '/300/2', typeOf))).toEqual([])
    expect(fuzz([given], (each) => decodeContent(each, contentFormat, '/300', typeOf), 2)).toEqual([])
  })

  test('nothing at all, and what is nested without end, is refused or empty', () => {
    const attempt = (given: Uint8Array) => decodeContent(given, contentFormat, '/300/2', typeOf)
    for (const hex of ['81', 'a1', '5b', '00', '08', '9f'])
      expect(() => attempt(bytes(hex.repeat(20_000)))).toThrow(expect.objectContaining({ name: 'Lwm2mWireError' }))
  })
})

describe('TLV', () => {
  const objects = (object: number, resource: number): ValueType | undefined =>
    object === 3 ? (['string', 'string', 'string', 'string'] as const)[resource] : 'integer'

  test('the Device object of the standard’s example is read', () => {
    const hex =
      'c8 00 14 4f 70 65 6e 20 4d 6f 62 69 6c 65 20 41 6c 6c 69 61 6e 63 65 c8 01 16 4c 69 67 68 74 77 65 69 67 68 74 20 4d 32 4d 20 43 6c 69 65 6e 74'
    expect(decodeContent(bytes(hex), format.tlv, '/3/0', objects)).toEqual([
      { path: '/3/0/0', value: 'Open Mobile Alliance' },
      { path: '/3/0/1', value: 'Lightweight M2M Client' },
    ])
    // As a read of the object: the same inside an object instance of 16-bit length.
    const inside = bytes(`08 00 ${(hex.replaceAll(' ', '').length / 2).toString(16)} ${hex}`)
    expect(decodeContent(inside, format.tlv, '/3', objects)).toHaveLength(2)
  })

  test('an object of one instance may be answered without the instance', () => {
    expect(decodeContent(bytes('c1 03 01'), format.tlv, '/5', objects)).toEqual([{ path: '/5/0/3', value: 1 }])
    expect(decodeContent(bytes('c1 03 01'), format.tlv, '/5/0/3', objects)).toEqual([{ path: '/5/0/3', value: 1 }])
  })

  test.each([
    ['c1 03', '/5/0', 'truncated'],
    ['c1 04 01', '/5/0/3', 'malformed'],
    ['41 00 01', '/5/0', 'malformed'],
    ['c3 03 010203', '/5/0', 'malformed'],
  ])('%s for %s is %s', (hex, base, code) => {
    expect(() => decodeContent(bytes(hex), format.tlv, base, objects)).toThrow(expect.objectContaining({ code }))
  })
})

describe('text and single values', () => {
  test.each<[string, ValueType, Value]>([
    ['42', 'integer', 42],
    ['-1.5e3', 'float', -1500],
    ['1', 'boolean', true],
    ['5:0', 'objlnk', { object: 5, instance: 0 }],
    ['1.0.0', 'string', '1.0.0'],
    ['9223372036854775807', 'integer', 9_223_372_036_854_775_807n],
  ])('%s as %s', (text, type, value) => {
    expect(decodeContent(utf8(text), format.text, `/300/2/${types.indexOf(type)}`, typeOf)).toEqual([
      { path: `/300/2/${types.indexOf(type)}`, value },
    ])
  })

  test.each<[string, ValueType]>([
    ['4 2', 'integer'],
    ['yes', 'boolean'],
    ['0x10', 'float'],
    ['70000:1', 'objlnk'],
  ])('%s is no %s', (text, type) => {
    expect(() => decodeContent(utf8(text), format.text, `/300/2/${types.indexOf(type)}`, typeOf)).toThrow('malformed')
  })

  test('hostile texts are refused with clause and offset', () => {
    for (const type of types) {
      const path = `/300/2/${types.indexOf(type)}`
      expect(fuzz([utf8('5:0'), utf8('123')], (each) => decodeContent(each, format.text, path, typeOf))).toEqual([])
    }
  })

  test('one value in CBOR is read, several are not', () => {
    expect(decodeContent(bytes('1903e8'), format.cbor, '/5/0/3', typeOf)).toEqual([{ path: '/5/0/3', value: 1000 }])
    expect(() => decodeContent(bytes('8101'), format.cbor, '/5/0/3', typeOf)).toThrow('malformed')
    expect(() => decodeContent(bytes('00'), 50, '/5/0/3', typeOf)).toThrow('not-allowed')
  })
})

describe('SenML', () => {
  test('base names hold until the next one, and a record may name without value', () => {
    const pack = '[{"bn":"/5/0/","n":"3","v":0},{"n":"5","v":1},{"bn":"/3/0/","n":"0","vs":"ACME"},{"n":"1"}]'
    expect(decodeContent(utf8(pack), format.senmlJson, '/', typeOf)).toEqual([
      { path: '/5/0/3', value: 0 },
      { path: '/5/0/5', value: 1 },
      { path: '/3/0/0', value: 'ACME' },
    ])
  })

  test.each([
    '{}',
    '[1]',
    '[{"n":"/5","v":1}]',
    '[{"n":"/5/0/3","v":"1"}]',
    '[{"n":"/5/0/3","v":1,"vs":"1"}]',
    '[{"n":"/5/0/99999","v":1}]',
    '[{"n":"/5/0/3","vd":"*"}]',
  ])('%s is malformed', (pack) => {
    expect(() => decodeContent(utf8(pack), format.senmlJson, '/', typeOf)).toThrow('malformed')
  })

  test('CBOR of indefinite length, as constrained encoders write it, is read', () => {
    const pack = bytes('9f bf 21 65 2f352f302f 00 61 33 02 00 ff ff')
    expect(decodeContent(pack, format.senmlCbor, '/', typeOf)).toEqual([{ path: '/5/0/3', value: 0 }])
  })
})

describe('CBOR', () => {
  const { item } = fc.letrec<{ item: Cbor }>((tie) => ({
    item: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constant(null),
      fc.boolean(),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true }).filter((value) => !Object.is(value, -0)),
      fc.string({ unit: 'grapheme' }),
      fc.uint8Array({ maxLength: 100 }),
      fc.array(tie('item'), { maxLength: 10 }),
      fc
        .uniqueArray(fc.tuple(fc.integer({ min: -10, max: 70_000 }), tie('item')), {
          maxLength: 8,
          selector: ([key]) => key,
        })
        .map((pairs) => new Map<Cbor, Cbor>(pairs)),
    ),
  }))

  test('what is encoded is decoded to the same, and what an independent encoder writes is read', () => {
    const independent = new Encoder({ mapsAsObjects: false, useRecords: false, tagUint8Array: false } as object)
    fc.assert(
      fc.property(item, (given) => {
        expect(decodeCbor(encodeCbor(given))).toEqual(given)
        expect(decodeCbor(new Uint8Array(independent.encode(given)))).toEqual(given)
      }),
    )
  })

  test.each([
    ['f93c00', 1],
    ['f90001', 5.960464477539063e-8],
    ['f97c00', Infinity],
    ['1bffffffffffffffff', 18_446_744_073_709_551_615n],
    ['c11a514b67b0', 1_363_896_240],
  ])('%s is %s (RFC 8949, Appendix A)', (hex, value) => {
    expect(decodeCbor(bytes(hex))).toBe(value)
  })

  test.each([
    ['c249010000000000000000', 'not-allowed'],
    ['a2010101 02', 'malformed'],
    ['5bffffffffffffffff', 'truncated'],
    ['9bffffffffffffffff', 'truncated'],
    ['0000', 'malformed'],
    ['61ff', 'malformed'],
    ['1c', 'malformed'],
    ['9f', 'truncated'],
    ['f7', 'not-allowed'],
  ])('%s is %s', (hex, code) => {
    expect(() => decodeCbor(bytes(hex))).toThrow(expect.objectContaining({ code }))
  })
})

describe('links', () => {
  test('a registration’s links are read', () => {
    const links = '</>;rt="oma.lwm2m";ct=11543, </1/0>,</3/0>;ver=1.1,\r\n</5>;title="a \\"b\\", c";obs'
    expect(parseLinks(utf8(links)).map(({ target, attributes }) => [target, Object.fromEntries(attributes)])).toEqual([
      ['/', { rt: 'oma.lwm2m', ct: '11543' }],
      ['/1/0', {}],
      ['/3/0', { ver: '1.1' }],
      ['/5', { title: 'a "b", c', obs: '' }],
    ])
    expect(parseLinks(utf8(''))).toEqual([])
  })

  test('what is encoded is decoded to the same', () => {
    const links = [
      {
        target: '/5/0',
        attributes: new Map([
          ['ver', '1.1'],
          ['title', 'a "b"\\, c'],
          ['obs', ''],
        ]),
      },
      { target: '/3', attributes: new Map() },
    ]
    expect(parseLinks(encodeLinks(links))).toEqual(links)
  })

  test.each(['<', '<a', 'a', '<a>;', '<a>;=1', '<a>;x="b', '<a><b>'])('%s is malformed', (text) => {
    expect(() => parseLinks(utf8(text))).toThrow(expect.objectContaining({ code: 'malformed', clause: 'RFC 6690, 2' }))
  })

  test('hostile links are refused with clause and offset', () => {
    const links = utf8('</>;rt="oma.lwm2m";ct=11543,</1/0>,</3/0>;ver=1.1')
    expect(fuzz([links], parseLinks)).toEqual([])
    expect(() => parseLinks(utf8('<a>,'.repeat(2000)))).toThrow('too-large')
  })
})
