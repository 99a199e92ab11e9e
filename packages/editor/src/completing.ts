import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeCompletion,
  completionStatus,
  selectedCompletion,
} from '@codemirror/autocomplete'
import { type Extension, Prec } from '@codemirror/state'
import { type EditorView, keymap } from '@codemirror/view'
import { type CompletionKind, type CompletionOptions, completionsAt } from '@sutler/patterns/language'
import { readingOf } from './readings.ts'
import { tip } from './tips.ts'

/** Icons of CodeMirror. */
const icons: Readonly<Record<CompletionKind, string>> = {
  model: 'namespace',
  state: 'enum',
  signal: 'interface',
  task: 'method',
  data: 'property',
  shared: 'property',
  argument: 'property',
  call: 'property',
  child: 'class',
  result: 'property',
  word: 'keyword',
  type: 'type',
  variable: 'variable',
  function: 'function',
  value: 'constant',
}

/** Offers names, words and functions while one types, and on Ctrl-Space. */
export function completing(options: CompletionOptions): Extension {
  const source = (context: CompletionContext): CompletionResult | null => offer(context, options)
  return [
    // Before the keys of the list.
    Prec.highest(keymap.of([{ key: 'Enter', run: closeWhenWritten }])),
    autocompletion({ override: [source] }),
  ]
}

/** Without being asked, only behind what calls for a name, or within one. */
const calls = /[\w-]$|[.:(,"]$|(?:->|[:,(]|\b(?:on|emit|task|set|share|while|cancel|reply|done|failed)) $/

function offer({ state, pos, explicit }: CompletionContext, options: CompletionOptions): CompletionResult | null {
  const line = state.doc.lineAt(pos)
  if (!explicit && !calls.test(state.sliceDoc(line.from, pos))) return null
  const found = completionsAt(readingOf(state), pos, options)
  const first = found[0]
  if (first === undefined) return null
  const choices = found.map(({ label, kind, title, help, insert }, index): Completion => ({
    label,
    type: icons[kind],
    apply: insert,
    // What fits best stands first.
    boost: -Math.min(index, 99),
    ...(title === label ? {} : { detail: title }),
    ...(help === '' ? {} : { info: () => tip(title, [help]) }),
  }))
  return { from: first.range.start.offset, options: choices, validFor: /^[\w-]*$/ }
}

/** Enter behind a name that is written out is a new line, though the name is still offered. */
function closeWhenWritten(view: EditorView): boolean {
  const chosen = completionStatus(view.state) === null ? null : selectedCompletion(view.state)
  if (chosen === null) return false
  const { head } = view.state.selection.main
  const written = /[\w-]*$/.exec(view.state.sliceDoc(Math.max(0, head - 128), head))?.[0]
  if (written === chosen.label) closeCompletion(view)
  return false
}
