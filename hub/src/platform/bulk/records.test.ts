import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRecords } from './csv-records.ts'
import { jsonRecords } from './json-records.ts'
import { bulkLimits, type BulkLine } from './lines.ts'
import { csvCell, csvHead, csvLine } from './write-rows.ts'

type Reader = (bytes: AsyncIterable<Uint8Array>) => AsyncGenerator<BulkLine>

async function* pieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

async function read(reader: Reader, file: string | Uint8Array, length = 7): Promise<BulkLine[]> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file
  const lines: BulkLine[] = []
  for await (const line of reader(pieces(bytes, length))) lines.push(line)
  return lines
}

/** `<line>: <JSON>` or `<line>! <fault>` */
const shown = (lines: readonly BulkLine[]): string[] =>
  lines.map((line) => ('fault' in line ? `${line.line}! ${line.fault}` : `${line.line}: ${JSON.stringify(line.value)}`))

describe('CSV', () => {
  it.each([
    ['plain', 'a,b\n1,2\n', ['2: {"a":"1","b":"2"}']],
    ['with CRLF and no end at the end', 'a,b\r\n1,2\r\n3,4', ['2: {"a":"1","b":"2"}', '3: {"a":"3","b":"4"}']],
    ['with the mark of byte order', '\uFEFFa\n1', ['2: {"a":"1"}']],
    ['quoted', 'a,b\n"x,""y""","l\nm"\n1,2', ['2: {"a":"x,\\"y\\"","b":"l\\nm"}', '4: {"a":"1","b":"2"}']],
    ['with empty cells and lines', 'a,b\n,2\n\n1,\n', ['2: {"b":"2"}', '4: {"a":"1"}']],
    ['too few cells', 'a,b\n1\n1,2', ['2! The line has 1 cells where the first line has 2.', '3: {"a":"1","b":"2"}']],
    [
      'a quote inside',
      'a\nx"y"\n1',
      ['2! A cell with a quote in it is enclosed in quotes, and the quote doubled.', '3: {"a":"1"}'],
    ],
    [
      'a quote that nothing closes',
      'a,b\n"1,2\n3,4\n5,6\n',
      ['2! A quote is opened here and never closed.', '3: {"a":"3","b":"4"}', '4: {"a":"5","b":"6"}'],
    ],
    ['a column twice', 'a,a\n1,2', ['1! The column a is there twice.']],
    ['a column without a name', 'a,\n1,2', ['1! The first line names the columns, and one of the names is empty.']],
    ['nothing', '', []],
    ['a NUL', 'a\nx\0y\n1', ['2! The line is not UTF-8 text, or has a NUL character in it.', '3: {"a":"1"}']],
    [
      'a column named like a part of every object',
      '__proto__,constructor\n1,2',
      ['2: {"__proto__":"1","constructor":"2"}'],
    ],
  ])('%s', async (_, file, expected) => {
    for (const length of [1, 3, 1000]) expect(shown(await read(csvRecords, file, length))).toEqual(expected)
  })

  it('bytes that are no UTF-8 spoil their line only', async () => {
    const file = Buffer.concat([Buffer.from('a\n'), Buffer.from([0xff, 0xfe]), Buffer.from('\nü\n')])
    expect(shown(await read(csvRecords, file))).toEqual([expect.stringMatching('^2! '), '3: {"a":"ü"}'])
    const utf16 = Buffer.from('a\n1\n', 'utf16le')
    expect(shown(await read(csvRecords, utf16))).toEqual([expect.stringMatching('^1! ')])
  })

  it('lines of any length spoil themselves only, quoted or not', async () => {
    const long = 'x'.repeat(3 * bulkLimits.record)
    for (const line of [long, `"${long}`, `"${long}\n${long}`]) {
      const lines = shown(await read(csvRecords, `a\n${line}\n1\n`, 50_000))
      expect(lines[0]).toMatch(/^2! A record has at most 65536 bytes/)
      expect(lines.at(-1)).toMatch(/: \{"a":"1"\}$/)
    }
  })

  it('reads back what is written, whatever cells have in them', async () => {
    const anyCell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é', '😀', ';') })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ a: anyCell, b: anyCell })),
        fc.integer({ min: 1, max: 50 }),
        async (rows, length) => {
          const columns = { a: (row: { a: string; b: string }) => row.a, b: (row: { a: string; b: string }) => row.b }
          const file = csvHead(columns) + rows.map((row) => csvLine(row, columns)).join('')
          const expected = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== '')))
          const found = (await read(csvRecords, file, length)).map((line) => ('value' in line ? line.value : line))
          expect(found).toEqual(expected)
        },
      ),
    )
  })

  it('never stops at anything, and keeps line numbers', async () => {
    const anyByte = fc.constantFrom(10, 13, 34, 44, 97, 0, 0xff)
    await fc.assert(
      fc.asyncProperty(fc.array(anyByte, { maxLength: 200 }), fc.integer({ min: 1, max: 9 }), async (noise, length) => {
        const file = Buffer.concat([Buffer.from('a,b\n'), Buffer.from(noise), Buffer.from('\n"x"\nlast,1\n')])
        const lines = await read(csvRecords, file, length)
        expect(lines).toEqual(await read(csvRecords, file, 1000))
        const end = file.subarray(0, -1).filter((byte) => byte === newline).length + 1
        for (const line of lines) expect(line.line).toBeLessThanOrEqual(end)
      }),
      { numRuns: 300 },
    )
  })
})

const newline = 10

describe('lines of JSON', () => {
  it.each([
    ['plain', '{"a":1}\n{"b":2}\n', ['1: {"a":1}', '2: {"b":2}']],
    ['with CRLF, empty lines and no end at the end', '\r\n{"a":1}\r\n\n{"b":2}', ['2: {"a":1}', '4: {"b":2}']],
    ['with the mark of byte order', '\uFEFF{"a":1}', ['1: {"a":1}']],
    [
      'no object',
      '[1]\n7\nnull\n{"a":1}',
      [...[1, 2, 3].map((n) => `${n}! The line is JSON, but no object.`), '4: {"a":1}'],
    ],
  ])('%s', async (_, file, expected) => {
    for (const length of [1, 5, 1000]) expect(shown(await read(jsonRecords, file, length))).toEqual(expected)
  })

  it('what is no JSON, no text or too long spoils its line only', async () => {
    const bad = ['{"a":', 'a\0b', `{"a":"${'x'.repeat(2 * bulkLimits.record)}"}`]
    const lines = shown(await read(jsonRecords, [...bad, '{"a":1}'].join('\n'), 10_000))
    expect(lines).toEqual([
      expect.stringMatching(/^1! The line is not JSON/),
      expect.stringMatching(/^2! The line is not UTF-8/),
      expect.stringMatching(/^3! A record has at most/),
      '4: {"a":1}',
    ])
  })
})

it('cells that a spreadsheet would run get an apostrophe', () => {
  for (const text of ['=1+1', '+1', '-1', '@x', '\tx', '\rx']) expect(csvCell(text)).toMatch(/^"'/)
  expect([csvCell('plain'), csvCell(-1), csvCell(null), csvCell('a"b')]).toEqual(['plain', '-1', '', '"a""b"'])
})
