import { describe, expect, it } from 'vitest'
import { jsonObjectOf, pairOf, pairsOf } from './json-option.ts'

describe('JSON in options', () => {
  it('is an object', () => {
    expect(jsonObjectOf('--call', '{"device":"stb1"}')).toEqual({ device: 'stb1' })
  })

  it.each(['', '{', '[]', 'null', '7', '"text"'])('%j is refused with the name of the option', (text) => {
    expect(() => jsonObjectOf('--call', text)).toThrow('--call is not a JSON object')
  })

  it('a pair’s value is JSON where it can be, and text where not', () => {
    const pairs = ['n=2', 'text=two', 'quoted="2"', 'list=[1,2]', 'none=null', 'empty=', 'url=a=b', 'on=true']
    expect(pairsOf('--arg', pairs)).toEqual({
      n: 2,
      text: 'two',
      quoted: '2',
      list: [1, 2],
      none: null,
      empty: '',
      url: 'a=b',
      on: true,
    })
  })

  it.each(['name', '=value', ''])('%j is no pair', (pair) => {
    expect(() => pairOf('--map', pair)).toThrow('is no pair')
  })
})
