import { indentService, indentUnit } from '@codemirror/language'
import { EditorState, type Extension } from '@codemirror/state'

/** A new line stands under a transition or a section's word that stands alone; else as far in as the line before. */
export const indenting: Extension = [
  indentUnit.of('  '),
  indentService.of(({ state }, position) => {
    const line = state.doc.lineAt(position)
    // While a line is broken, what stands before the break is the line before.
    const before =
      position > line.from
        ? line.text.slice(0, position - line.from)
        : line.number === 1
          ? ''
          : state.doc.line(line.number - 1).text
    const indentation = /^ */.exec(before)![0].length
    return indentation === 0 && /^(?:on\s|(?:data|shared|states|signals?|returns)\s*(?:\/\/.*)?$)/.test(before)
      ? 2
      : indentation
  }),
  EditorState.languageData.of(() => [
    { commentTokens: { line: '//' }, closeBrackets: { brackets: ['(', '[', '{', '"'] } },
  ]),
]
