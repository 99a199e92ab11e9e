import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDuration, readInstant } from './durations.ts'
import { jsonBytes, withEntry } from './size.ts'
import type { JsonObject } from './types.ts'
import { instanceUrl, parseUrl, sameInstance, writeUrl } from './url.ts'

describe('durations and instants', () => {
  it.each([
    ['15m', 900_000],
    ['PT15M', 900_000],
    ['1h30m', 5_400_000],
    ['P1DT1H', 90_000_000],
    ['2w', 1_209_600_000],
    ['500ms', 500],
    ['1.5s', 1500],
    ['PT0.0001S', 1],
    ['0s', 0],
    ['', null],
    ['15', null],
    ['-5m', null],
    ['-PT5M', null],
    ['P', null],
    ['PT', null],
    ['P1Y', null],
    ['999999999999w', null],
    ['15250w', 9_223_200_000_000],
    ['15251w', null],
    ['P15251W', null],
  ])('semantics 3.3, semantics 3.9: %j is %j milliseconds', (text, expected) => {
    expect(readDuration(text)).toBe(expected)
  })

  it.each([
    ['1970-01-01T00:00:01Z', 1000],
    ['1970-01-01T01:00:00.5+01:00', 500],
    ['1970-01-01T00:00:00.000000001Z', 1],
    ['1970-01-01', null],
    ['1970-13-01T00:00:00Z', null],
    ['2026-02-28T23:59:59Z', 1_772_323_199_000],
    ['2026-02-29T00:00:00Z', null],
    ['2024-02-29T00:00:00Z', 1_709_164_800_000],
    ['2026-04-31T00:00:00Z', null],
    ['2026-01-01T24:00:00Z', null],
    ['2026-01-01T23:59:60Z', null],
    ['2026-01-01t00:00:00z', null],
    ['2026-01-01T00:00:00+24:00', null],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000],
    ['0000-12-31T23:59:59Z', null],
    ['0001-01-01T00:00:00+01:00', null],
    ['9999-12-31T23:59:59.999Z', 253_402_300_799_999],
    ['9999-12-31T23:59:59.9999Z', null],
    ['9999-12-31T23:59:59-01:00', null],
  ])('semantics 3.3, semantics 3.9: the instant %s is %j, never earlier', (text, expected) => {
    expect(readInstant(text)).toBe(expected)
  })
})

describe('URLs of instances', () => {
  const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  const url = fc.record({
    model: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,9}$/),
    version: fc.option(fc.constantFrom('1', '1.2', '1.2.0')),
    id: text,
    args: fc
      .dictionary(text, fc.jsonValue(), { noNullPrototype: true })
      .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject),
  })

  it('semantics 5.2: written out whole, they can be read back', () => {
    expect(parseUrl('model:delivery@1/o7-stb1?device=%22stb1%22&attempt=2')).toEqual({
      model: 'delivery',
      version: '1',
      id: 'o7-stb1',
      args: { device: 'stb1', attempt: 2 },
    })
    fc.assert(fc.property(url, (value) => void expect(parseUrl(writeUrl(value))).toEqual(value)))
  })

  it('semantics 5.3: an id is unique per model name, whatever version is written', () => {
    const instance = { model: 'delivery', version: '1.2.3', id: 'a/b' }
    expect(instanceUrl(instance)).toBe('model:delivery@1.2.3/a%2Fb')
    expect(sameInstance(instanceUrl(instance), 'model:delivery/a%2Fb')).toBe(true)
    expect(sameInstance(instanceUrl(instance), 'model:other/a%2Fb')).toBe(false)
  })

  it.each(['', 'http://x/y', 'model:/x', 'model:x/', 'model:x/%zz', 'model:x/a/b', 'model:x/1?a', 'model:x/1?a=b'])(
    '%j is no URL of an instance',
    (value) => {
      expect(parseUrl(value)).toBeNull()
    },
  )
})

describe('sizes of documents', () => {
  const document = fc
    .dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true })
    .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject)
  const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

  it('semantics 11.2: are those of compact JSON in UTF-8', () => {
    fc.assert(fc.property(document, (value) => void expect(jsonBytes(value)).toBe(bytes(value))))
  })

  it('semantics 11.2: stay right over replaced entries', () => {
    fc.assert(
      fc.property(
        document,
        fc.array(fc.tuple(fc.stringMatching(/^[a-c]$/), fc.string({ maxLength: 600 }))),
        (first, changes) => {
          let value = first
          for (const [key, text] of changes) value = withEntry(value, key, text, 1_000_000) ?? value
          expect(withEntry(value, 'z', 1, bytes({ ...value, z: 1 }))).toEqual({ ...value, z: 1 })
          expect(withEntry(value, 'z', 1, bytes({ ...value, z: 1 }) - 1)).toBeNull()
        },
      ),
    )
  })
})
