import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { linter, type Diagnostic } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { tags } from '@lezer/highlight'
import { isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml'

/** A document as it stands in a text, YAML or JSON. */
export interface YamlText {
  /** Null when the text is none; then `mistakes` says where. */
  readonly document: Readonly<Record<string, unknown>> | null
  readonly mistakes: readonly YamlMistake[]
  /** Where a part stands. @param line, column of a place within a text that the part is, from 1 */
  placeOf(pointer: string, line?: number, column?: number): { readonly from: number; readonly to: number }
}

export interface YamlMistake {
  readonly from: number
  readonly to: number
  readonly message: string
}

/** Small files can mean very large documents. */
const mostAliases = 100

export function readYaml(text: string, none: string): YamlText {
  const lineCounter = new LineCounter()
  const parsed = parseDocument(text, { lineCounter, uniqueKeys: true, strict: true })
  const placeOf: YamlText['placeOf'] = (pointer, line, column) => placeIn(parsed, text, pointer, line, column)
  const mistakes = parsed.errors.map(({ pos: [from, to], message }) => ({ from, to, message: message.split('\n')[0]! }))
  if (mistakes.length > 0) return { document: null, mistakes, placeOf }
  const value = valueOf(parsed)
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return { document: value as Record<string, unknown>, mistakes: [], placeOf }
  return { document: null, mistakes: [{ from: 0, to: Math.min(text.length, 1), message: none }], placeOf }
}

function valueOf(parsed: Document.Parsed): unknown {
  try {
    return parsed.toJS({ maxAliasCount: mostAliases })
  } catch (error) {
    if (error instanceof ReferenceError) return null
    throw error
  }
}

/** Of a part that is not there, the nearest around it. */
function placeIn(parsed: Document.Parsed, text: string, pointer: string, line = 1, column = 1) {
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  for (let length = path.length; length >= 0; length--) {
    const node = parsed.getIn(path.slice(0, length), true) as Node | undefined
    const [from, to] = node?.range ?? []
    if (from === undefined || to === undefined) continue
    // A column is told of texts on one line; of others the whole is marked.
    const isLine = isScalar(node) && line === 1 && column > 1 && !text.slice(from, to).includes('\n')
    return isLine ? { from: Math.min(from + column - 1, to), to } : { from, to }
  }
  return { from: 0, to: Math.min(text.length, 1) }
}

/** Colours that have a contrast of at least 4.5 : 1 on white and on near-black. */
const light = HighlightStyle.define(
  [
    { tag: tags.definition(tags.propertyName), color: '#00695c' },
    { tag: [tags.string, tags.special(tags.string)], color: '#3b6e22' },
    { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: '#a3004f' },
    { tag: tags.comment, color: '#5f6b76', fontStyle: 'italic' },
  ],
  { themeType: 'light' },
)
const dark = HighlightStyle.define(
  [
    { tag: tags.definition(tags.propertyName), color: '#6fd6c6' },
    { tag: [tags.string, tags.special(tags.string)], color: '#a6d98c' },
    { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: '#ff9cc8' },
    { tag: tags.comment, color: '#9aa7b3', fontStyle: 'italic' },
  ],
  { themeType: 'dark' },
)

/** YAML in an editor, with what `check` finds marked while one types. */
export function yamlEditor(check: (text: string) => Promise<readonly YamlMistake[]>): Extension {
  return [
    yaml(),
    syntaxHighlighting(light),
    syntaxHighlighting(dark),
    linter(
      async ({ state }) => {
        const found = await check(state.doc.toString())
        return found.map(({ from, to, message }): Diagnostic => {
          const end = state.doc.length
          return { from: Math.min(from, end), to: Math.min(Math.max(to, from), end), message, severity: 'error' }
        })
      },
      { delay: 500 },
    ),
  ]
}
