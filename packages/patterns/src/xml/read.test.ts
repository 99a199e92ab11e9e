import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { escapeXml } from './escape.ts'
import { readXml, XmlError } from './read.ts'
import { writeXml } from './write.ts'

function refusal(text: string): string {
  try {
    readXml(text)
  } catch (error) {
    if (error instanceof XmlError) return `${error.code} ${error.line}:${error.column}`
    throw error
  }
  return 'none'
}

describe('an XML document', () => {
  it('is read with the place of each element', () => {
    const root = readXml('<a xmlns="urn:x">\n  <b c="1&amp;2"\n  d="e"/><c>x<![CDATA[<]]></c>\n <e\n  f="g"/></a>')
    expect(root).toMatchObject({ name: 'a', namespace: 'urn:x', line: 1, column: 1 })
    expect(root.children.map(({ name, line, column, text }) => [name, line, column, text])).toEqual([
      ['b', 2, 3, ''],
      ['c', 3, 10, 'x<'],
      ['e', 4, 2, ''],
    ])
    expect(root.children[0]?.attributes.get('c')).toBe('1&2')
  })

  it.each([
    ['xml-doctype', '<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>'],
    ['bad-xml', '<a>&unknown;</a>'],
    ['bad-xml', '<a b="1" b="2"/>'],
    ['bad-xml', '<a><b></a>'],
    ['bad-xml', '<a/><a/>'],
    ['bad-xml', '<x:a/>'],
    ['bad-xml', '<a>\u0001</a>'],
    ['xml-too-deep', '<a>'.repeat(100)],
    ['xml-too-large', `<a>${'<b/>'.repeat(30_000)}</a>`],
    ['xml-too-large', `<a ${Array.from({ length: 100 }, (_, index) => `b${index}="1"`).join(' ')}/>`],
    ['xml-too-large', ' '.repeat(2_000_000)],
  ])('is refused (%s) when it is not what is read here', (code, text) => {
    expect(refusal(text)).toMatch(new RegExp(`^${code} \\d+:\\d+$`))
  })
})

describe('text that is written as XML', () => {
  it('comes back as it was, but for what XML cannot hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = writeXml({ name: 'a', attributes: { value: text }, text })
        const { attributes, text: content } = readXml(written)
        expect(attributes.get('value')).toBe(legal(text))
        expect(content).toBe(legal(text))
      }),
    )
  })

  it('cannot become markup', () => {
    expect(escapeXml(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;')
    expect(escapeXml('\u0000\uFFFE\uD800')).toBe('\uFFFD\uFFFD\uFFFD')
  })
})

function legal(text: string): string {
  return [...text].map((character) => (isLegal(character.codePointAt(0) ?? 0) ? character : '\uFFFD')).join('')
}

/** XML 1.0, section 2.2. */
function isLegal(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13
  return code <= 0xd7_ff || (code >= 0xe0_00 && code <= 0xff_fd) || code >= 0x1_00_00
}
