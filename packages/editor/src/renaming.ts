import type { StateEffect } from '@codemirror/state'
import { type Command, type EditorView, showDialog } from '@codemirror/view'
import { renamableAt, renameAt, RenameError } from '@sutler/patterns/language'
import { changesOf } from './changes.ts'
import { readingOf } from './readings.ts'

/** Asks for another name for what stands at the cursor, and writes it everywhere. */
export const renameName: Command = (view) => {
  const position = view.state.selection.main.head
  const found = refused(view, () => renamableAt(readingOf(view.state), position))
  if (found === null) return true
  const { close, result } = showDialog(view, {
    label: `New name of ${found.name}`,
    input: { name: 'name', value: found.name, size: '30', autocomplete: 'off', spellcheck: 'false' },
    submitLabel: 'Rename',
    focus: true,
    class: 'cm-pattern-rename',
  })
  void renamed(view, position, close, result)
  return true
}

async function renamed(
  view: EditorView,
  position: number,
  close: StateEffect<unknown>,
  result: Promise<HTMLFormElement | null>,
): Promise<void> {
  const text = view.state.doc
  const form = await result
  const name = form === null ? null : new FormData(form).get('name')
  view.focus()
  if (typeof name !== 'string') return
  if (view.state.doc !== text) return refuse(view, 'the text has changed meanwhile: rename again')
  const edits = refused(view, () => renameAt(readingOf(view.state), position, name.trim()))
  if (edits !== null) view.dispatch({ changes: changesOf(edits), effects: close, userEvent: 'input.rename' })
}

function refused<T>(view: EditorView, ask: () => T): T | null {
  try {
    return ask()
  } catch (error) {
    if (!(error instanceof RenameError)) throw error
    refuse(view, error.message)
    return null
  }
}

/** Says why not, until it is closed. */
function refuse(view: EditorView, message: string): void {
  showDialog(view, { label: message, submitLabel: 'OK', focus: 'button', class: 'cm-pattern-refusal' })
}
