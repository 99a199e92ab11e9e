import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilter } from './compile-filter.ts'
import type { FilterSchema } from './fields.ts'
import { fieldTable } from './field-table.ts'
import { FilterError } from './refused.ts'
import { sql, type SqlText } from './sql-text.ts'

const has = (value: SqlText): SqlText => sql`f.tags @> array[${value}]`
const rows = { from: 'unnest(f.tags)', size: 'cardinality(f.tags)', present: 'f.there', needs: ['tags'] }
const schema: FilterSchema = {
  d: {
    kind: 'record',
    about: '',
    members: {
      name: { kind: 'text', sql: 'f.name', about: 'its name' },
      kind: { kind: 'text', sql: 'f.kind', values: ['a', 'b'], about: 'its kind' },
      cpus: { kind: 'number', sql: 'f.cpus', about: 'processors' },
      on: { kind: 'bool', sql: 'f.on', needs: ['switches'], about: 'whether it is on' },
      at: { kind: 'time', sql: 'f.at', nullable: true, about: 'when' },
      tags: { kind: 'texts', about: 'tags', has, rows },
      parts: {
        kind: 'records',
        about: 'parts',
        rows,
        members: { id: { kind: 'text', about: 'id', sql: (row) => `${row}.id` } },
      },
    },
  },
}
const compiled = (source: string) =>
  compileFilter(source, { schema, now: new Date('2026-01-01T00:00:00Z'), versionFunction: 'vkey' })
const text = (source: string): string => compiled(source).strings.join('$')

function faultOf(source: string): FilterError {
  try {
    compiled(source)
  } catch (error) {
    if (error instanceof FilterError) return error
    throw error
  }
  throw new Error(`${source} is taken`)
}

describe('a filter as SQL', () => {
  it.each([
    ['d.name == "x"', '(f.name = $::text)', ['x']],
    ['"x" != d.name', '(not (f.name = $::text))', ['x']],
    ['d.cpus >= 2 * 4', '(f.cpus >= $::float8)', [8]],
    ['"t" in d.tags', 'f.tags @> array[$::text]', ['t']],
    ['d.tags.exists(x, x == "t")', 'f.tags @> array[$::text]', ['t']],
    ['d.kind in ["a", "b"]', '(f.kind = any($::text[]))', [['a', 'b']]],
    ['timestamp(d.at) < now - duration("1h")', '(f.at < $::timestamptz)', ['2025-12-31T23:00:00Z']],
    ['semver(d.name) < semver("1.2")', '(vkey(f.name) collate "C" < $::text)', ['000000001.000000002.000000000~']],
    ['d.at == null || d.on', '((f.at is null) or f.on)', []],
    ['d.name.matches("a.[x-z]$")', '(f.name collate "C" ~ $::text)', ['(?:a[^\\n][x-z]$)']],
  ])('%s', (source, expected, values) => {
    expect(text(source)).toBe(
      expected.replace('(vkey(f.name) collate', '((vkey(f.name) collate').replace('"C" <', '"C") <'),
    )
    expect(compiled(source).values).toEqual(values)
  })

  it('names the joins that it rests on', () => {
    expect([...compiled('d.on && size(d.tags) > 1').needs]).toEqual(['switches', 'tags'])
    expect([...compiled('"t" in d.tags').needs]).toEqual([])
  })

  it('has nothing in it that people wrote, except as parameters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (word) => {
        fc.pre(!word.includes('\0') && word.isWellFormed())
        const literal = JSON.stringify(word).replaceAll('\\/', '/')
        const filter = compiled(`d.name == ${literal} || d.tags.exists(x, x.contains(${literal}) && x != ${literal})`)
        const plain = compiled(`d.name == "0" || d.tags.exists(x, x.contains("0") && x != "0")`)
        expect(filter.strings).toEqual(plain.strings)
        expect(filter.values).toEqual([word, word, word])
      }),
    )
  })

  it('grows no faster than what was written', () => {
    const nested = (depth: number): string => (depth === 0 ? 'd.on' : `(${nested(depth - 1)} ? d.on : !d.on)`)
    expect(text(nested(30)).length).toBeLessThan(4000)
  })
})

describe('a filter that is wrong', () => {
  it.each([
    ['d.nmae == "x"', 'unknown-name', 'd has no nmae; it has name, kind, cpus, on, at, tags and parts', 1],
    ['x.name == "x"', 'unknown-name', 'there is no x; there is d and now', 0],
    ['d.kind == "c"', 'type-error', "d.kind is never 'c'; it is one of a and b", 7],
    ['d.kind in ["a", "c"]', 'type-error', "d.kind is never 'c'; it is one of a and b", 7],
    ['d.cpus == "2"', 'type-error', 'd.cpus, which is a number, is never a text', 7],
    ['d.name', 'type-error', 'a condition belongs here, and not d.name, which is a text,', 1],
    ['d.at < now', 'type-error', 'd.at is a time: write timestamp(d.at)', 5],
    ['semver(d.name) > "1.2"', 'type-error', "compare a version with a version: semver('1.2')", 14],
    ['semver(d.name) > semver("x")', 'type-error', "'x' is no version such as 1.2.3", 17],
    ['d.name == null', 'type-error', 'd.name, which is a text, is never null; use has( ) for what may be missing', 7],
    [
      'd.cpus + 1 == 2',
      'not-offered',
      'there is no arithmetic with what a device says; with written numbers there is',
      7,
    ],
    ['d.tags.map(x, x) == []', 'not-offered', 'of the macros there are has, exists, all and exists_one', 6],
    [
      'd.tags[0] == "x"',
      'not-offered',
      'd.tags, which is a list of texts, is not asked for by position; use exists( )',
      6,
    ],
    ['d.name.matches("(?i)x")', 'not-offered', 'of the groups that begin with (? only (?: is offered', 6],
    ['d.name.matches("a\\\\b")', 'not-offered', '\\b is not offered', 6],
    ['d.name.matches(d.name)', 'not-offered', 'a pattern is written out in the filter', 6],
    ['string(d.cpus) == "1"', 'not-offered', 'string() with these arguments is not offered in filters', 0],
    ['d.parts.exists(p, p.size == "x")', 'unknown-name', 'p has no size; it has id', 19],
    ['d.tags.exists(d, true)', 'unknown-name', 'd is a name already; call the element otherwise', 6],
    ['d.name == "a" &&', 'syntax-error', 'end of input', 14],
    ['', 'syntax-error', '', 0],
    ['1 / 0 == d.cpus', 'type-error', 'divide by zero', 1],
    ['d.name == "a\\u0000"', 'type-error', 'a text has no NUL', 10],
  ])('%s', (source, fault, reason, position) => {
    const error = faultOf(source)
    expect(error).toMatchObject({ fault, position })
    expect(error.message).toContain(reason)
  })

  it.each([
    ['lists in lists', 'd.tags.exists(x, d.parts.exists(p, p.id == x))'],
    ['many lists', Array.from({ length: 9 }, () => 'd.tags.all(x, x != "a")').join(' && ')],
    ['many patterns', Array.from({ length: 9 }, () => 'd.name.matches("a")').join(' && ')],
    ['many parts', Array.from({ length: 150 }, () => 'd.cpus == 1').join(' || ')],
    ['great length', `d.name == "${'x'.repeat(4096)}"`],
    ['great depth', `${'('.repeat(1500)}d.on${')'.repeat(1500)}`],
  ])('is too expensive by %s', (_, source) => {
    expect(faultOf(source).fault).toBe('too-expensive')
  })
})

it('the fields are listed for people', () => {
  expect(fieldTable(schema).map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
    'd.name: text',
    'd.kind: text',
    'd.cpus: number',
    'd.on: bool',
    'd.at: time, as text: `timestamp(…)`, may be `null`',
    'd.tags: list of texts',
    'd.parts: list',
    'd.parts[].id: text',
  ])
})
