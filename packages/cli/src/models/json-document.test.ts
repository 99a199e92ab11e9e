import { describe, expect, it } from 'vitest'
import { readJsonDocument } from './json-document.ts'

const text = `{
  "model": "m",
  "states": ["a", "b"],
  "transitions": [
    { "name": "go/on", "set": { "a~b": "1" } }
  ]
}
`

function place(pointer: string): string {
  const { start, end } = readJsonDocument(text).placeOf(pointer)
  return `${start.line}:${start.column} ${text.slice(start.offset, end.offset)}`
}

describe('places in a JSON document', () => {
  it.each([
    ['/model', '2:12 "m"'],
    ['/states', '3:3 "states"'],
    ['/states/1', '3:19 "b"'],
    ['/transitions/0', '5:5 {'],
    ['/transitions/0/name', '5:15 "go/on"'],
    ['/transitions/0/set/a~0b', '5:40 "1"'],
    ['', '1:1 {'],
  ])('%s is at %s', (pointer, expected) => {
    expect(place(pointer)).toBe(expected)
  })

  it('what is missing is where it should be', () => {
    expect(place('/version')).toBe('1:1 {')
    expect(place('/states/7')).toBe('3:3 "states"')
    expect(place('/transitions/0/on')).toBe('5:5 {')
  })
})

describe('mistakes in JSON', () => {
  it('are told with their place', () => {
    const { value, mistakes } = readJsonDocument('{\n  "a": ,\n  "b": 1,\n}')
    expect(value).toBeUndefined()
    expect(mistakes.map(({ message, range }) => `${range.start.line}:${range.start.column} ${message}`)).toEqual([
      '2:8 value expected',
      '4:1 property name expected',
    ])
  })

  it.each(['', '{} {}', '// comment\n{}', '{"a":1,}', '['.repeat(100_000)])('%#: no JSON', (broken) => {
    expect(readJsonDocument(broken).mistakes).not.toEqual([])
  })

  it('keys keep their order', () => {
    const { value } = readJsonDocument('{"outgoing":1,"list":2}')
    expect(Object.keys(value as object)).toEqual(['outgoing', 'list'])
  })
})
