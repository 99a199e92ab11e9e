import { describe, expect, it } from 'vitest'
import { compileTemplate, render } from './template.ts'

const variables = { data: { order: 'o7', device: 'stb/1', n: 3, ok: true, list: [] } }
const filled = (source: string, encode?: (text: string) => string): string =>
  render(compileTemplate(source), variables, encode)

describe('templates', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['{data.order}', 'o7'],
    ['{data.order}-{data.device}!', 'o7-stb/1!'],
    ['{data.n + 1}{data.ok}', '4true'],
    [`{'}' + "{"}`, '}{'],
    [`{'it\\'s }'}`, "it's }"],
    ['{{"a": data.order}.a}', 'o7'],
  ])('%s becomes %s', (source, expected) => {
    expect(filled(source)).toBe(expected)
  })

  it('encodes what is inserted, not the text around it', () => {
    expect(filled('a/b/{data.device}', encodeURIComponent)).toBe('a/b/stb%2F1')
  })

  it('refuses an open brace, an expression that is none, and values that are no text', () => {
    expect(() => compileTemplate('x{data.order')).toThrow(
      expect.objectContaining({ code: 'bad-template', position: 1 }),
    )
    expect(() => compileTemplate('{data.}')).toThrow(expect.objectContaining({ code: 'syntax-error' }))
    expect(() => filled('{data.list}')).toThrow(expect.objectContaining({ code: 'type-error' }))
    expect(() => filled('{data.nope}')).toThrow(expect.objectContaining({ code: 'missing-key' }))
  })
})
