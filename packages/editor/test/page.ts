import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { patternEditor } from '@sutler/editor'

/** A page with nothing but an editor, as a console would have it. */
const view = new EditorView({
  parent: document.body,
  state: EditorState.create({
    extensions: [
      lineNumbers(),
      history(),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      patternEditor({ tasks: ['device.offer', 'device.cancel'] }),
    ],
  }),
})

Object.assign(globalThis, {
  textOfEditor: () => view.state.doc.toString(),
  writeEditor: (insert: string) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } }),
  putCursor: (position: number) => {
    view.dispatch({ selection: { anchor: position } })
    view.focus()
  },
  cursorOfEditor: () => view.state.doc.lineAt(view.state.selection.main.head).number,
})
