import type { Extension } from '@codemirror/state'
import { type Command, EditorView } from '@codemirror/view'
import { definitionAt } from '@sutler/patterns/language'
import { readingOf } from './readings.ts'

/** Goes to where the name at the cursor is declared. */
export const goToDefinition: Command = (view) => go(view, view.state.selection.main.head)

function go(view: EditorView, position: number): boolean {
  const [first] = definitionAt(readingOf(view.state), position)
  if (first === undefined) return false
  view.dispatch({
    selection: { anchor: first.start.offset, head: first.end.offset },
    effects: EditorView.scrollIntoView(first.start.offset, { y: 'center' }),
    userEvent: 'select.definition',
  })
  view.focus()
  return true
}

/** Ctrl-click (Cmd-click) on a name goes to its declaration. */
export const goByClick: Extension = EditorView.domEventHandlers({
  mousedown(event, view) {
    if (event.button !== 0 || !(event.ctrlKey || event.metaKey)) return false
    const position = view.posAtCoords({ x: event.clientX, y: event.clientY })
    return position !== null && go(view, position)
  },
})
