import * as fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { mutated, random } from '../../../../../test/attacks/mutations.ts'
import { mutations, seed } from '../../../../../test/support/thoroughness.ts'
import { CwmpError } from '../../errors.ts'
import { samples } from '../../test/samples.ts'
import { xmlLimits } from './limits.ts'
import { readXml, type XmlElement } from './read.ts'

interface Plain {
  readonly name: string
  readonly namespace: string
  readonly attributes: readonly string[]
  readonly children: Plain[]
  text: string
}

/** What a parser that others wrote and many use makes of it; null when it refuses, or meets what SOAP forbids. */
function bySaxes(text: string): Plain | null {
  const parser = new SaxesParser({ xmlns: true, position: false })
  const root: Plain = { name: '', namespace: '', attributes: [], children: [], text: '' }
  const open = [root]
  let refused = false
  const refuse = () => (refused = true)
  parser.on('error', refuse)
  parser.on('doctype', refuse)
  parser.on('processinginstruction', refuse)
  parser.on('opentag', ({ local, uri, attributes }) => {
    // It lets the second part of a name begin as none may (Namespaces in XML 1.0, 4).
    if (
      [local, ...Object.values(attributes).map((each) => each.local)].some((part) =>
        /^(?:[-.0-9\u00b7]|\p{Mn})/u.test(part),
      )
    )
      refuse()
    const kept = Object.values(attributes).filter((each) => each.uri !== 'http://www.w3.org/2000/xmlns/')
    const named = kept.map((each) => `${each.uri} ${each.local}=${each.value}`)
    const element = { name: local, namespace: uri, attributes: named, children: [], text: '' }
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  for (const kind of ['text', 'cdata'] as const) parser.on(kind, (found) => void (open.at(-1)!.text += found))
  parser.write(text).close()
  return refused ? null : (root.children[0] ?? null)
}

function byOurs(text: string): Plain | CwmpError {
  try {
    return plain(readXml(text))
  } catch (error) {
    if (error instanceof CwmpError) return error
    throw error
  }
}

function plain({ name, namespace, attributes, children, text }: XmlElement): Plain {
  const named = attributes.map((each) => `${each.namespace} ${each.name}=${each.value}`)
  return { name, namespace, attributes: named, children: children.map(plain), text }
}

/** Same meaning, or refused by both; what is refused here for its size alone is let be. */
function agree(text: string): void {
  const ours = byOurs(text)
  if (ours instanceof CwmpError && (ours.code === 'xml-too-deep' || ours.code === 'xml-too-large')) return
  const theirs = bySaxes(text)
  expect(ours instanceof CwmpError ? null : ours, JSON.stringify(text.slice(0, 2000))).toEqual(theirs)
}

const piece = fc.constantFrom(
  '<a>',
  '</a>',
  '<b:c xmlns:b="u">',
  '</b:c>',
  '<d/>',
  '<a x="1" y=\'2\'>',
  '<e f="&lt;&#65;\t"/>',
  ' ',
  '\r\n',
  'text',
  '&amp;',
  '&#x10FFFF;',
  '&bad;',
  '&',
  ']]>',
  '<![CDATA[<&>]]>',
  '<!-- c -->',
  '<!---->',
  '<!-- -- -->',
  '<?pi?>',
  '<!DOCTYPE a>',
  '<a xmlns="u">',
  '<a xmlns="">',
  '<xml:g/>',
  '<xmlns:h/>',
  '<a xmlns:xml="x"/>',
  '<a b:c="1"/>',
  '<a x="1" x="2"/>',
  '<ü>',
  '</ü>',
  '<1/>',
  '\u0001',
  '&#0;',
  '<a x="<"/>',
)

describe('the reader of XML', () => {
  test('takes what a parser that others wrote takes, with the same meaning, and refuses the rest', () => {
    expect.hasAssertions()
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => agree(pieces.join(''))),
      { numRuns: 3_000 },
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => agree(`<r>${pieces.join('')}</r>`)),
      { numRuns: 3_000 },
    )
  })

  test('agrees with it about mutated messages too', () => {
    expect.hasAssertions()
    const below = random(seed)
    const all = samples()
    for (let turn = 0; turn < mutations / 2; turn++) {
      const bytes = mutated(all[turn % all.length]!, below)
      agree(new TextDecoder().decode(bytes))
    }
  }, 120_000)

  test.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', 'xml-forbidden', 0],
    ['a processing instruction', '<a><?run this?></a>', 'xml-forbidden', 3],
    ['an unknown entity', '<a>&e;</a>', 'xml-malformed', 3],
    ['nesting beyond any message', '<a>'.repeat(xmlLimits.depth + 1), 'xml-too-deep', xmlLimits.depth * 3],
    [
      'more attributes than any message has',
      `<a ${Array.from({ length: 30 }, (_, at) => `a${at}=""`).join(' ')}/>`,
      'xml-too-large',
      167,
    ],
    ['more elements than any message has', `<a>${'<b/>'.repeat(xmlLimits.elements)}</a>`, 'xml-too-large', 239999],
    ['a name of 300 characters', `<${'a'.repeat(300)}/>`, 'xml-too-large', 0],
    ['an unclosed element', '<a><b></a>', 'xml-malformed', 6],
    ['nothing', '', 'xml-malformed', 0],
  ])('refuses %s, with its place', (_what, text, code, offset) => {
    const refused = byOurs(text)
    expect(refused).toBeInstanceOf(CwmpError)
    expect(refused).toMatchObject({ code, offset })
    expect((refused as CwmpError).clause).toMatch(/XML|SOAP|TR-069/)
  })

  test('a document that is too long is refused unread', () => {
    expect(byOurs(`<a>${' '.repeat(xmlLimits.textLength)}</a>`)).toMatchObject({ code: 'xml-too-large' })
  })

  test('hostile documents take no more time than honest ones of their length', () => {
    const before = process.cpuUsage()
    for (const text of [
      `<a>${'&lt;'.repeat(400_000)}</a>`,
      `<a ${'x='.repeat(500_000)}>`,
      '<'.repeat(1_000_000),
      `<a b="${'<'.repeat(900_000)}"/>`,
    ])
      byOurs(text)
    const { user } = process.cpuUsage(before)
    expect(user).toBeLessThan(5_000_000)
  })
})
