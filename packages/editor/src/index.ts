import type { Extension } from '@codemirror/state'
import { lintKeymap } from '@codemirror/lint'
import { keymap } from '@codemirror/view'
import { checking, type CheckingOptions } from './checking.ts'
import { colouring } from './colouring.ts'
import { completing } from './completing.ts'
import { formatText } from './formatting.ts'
import { goByClick, goToDefinition } from './going.ts'
import { indenting } from './indenting.ts'
import { renameName } from './renaming.ts'
import { patternTheme } from './theme.ts'
import { tips } from './tips.ts'

export { formatText, goToDefinition, renameName }

export interface PatternEditorOptions extends CheckingOptions {
  /** Names of published models, offered where a call names one. */
  readonly models?: readonly string[]
}

/**
 * Everything for writing patterns in a CodeMirror 6 editor, all of it in the page: colours, mistakes with ways to mend
 * them, completion, what names mean, F12 to the declaration, F2 to rename, Shift-Alt-f to format. Keys of the editor
 * itself (history, Tab, brackets) are the page's choice.
 */
export function patternEditor(options: PatternEditorOptions = {}): Extension {
  return [
    colouring,
    patternTheme,
    indenting,
    tips,
    goByClick,
    completing(options),
    checking(options),
    keymap.of([
      { key: 'F12', run: goToDefinition },
      { key: 'F2', run: renameName, preventDefault: true },
      { key: 'Shift-Alt-f', run: formatText, preventDefault: true },
      ...lintKeymap,
    ]),
  ]
}
