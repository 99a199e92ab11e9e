import { useComputedColorScheme } from '@mantine/core'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { Annotation, EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useEffectEvent, useRef } from 'react'
import { nonce } from '../nonce.ts'
import classes from './editor.module.css'

interface TextEditorProps {
  /** The text at first, and again whenever it becomes another than what was typed. */
  readonly text: string
  readonly onText?: (text: string) => void
  /** Where the cursor is, whenever it moves. */
  readonly onCursor?: (view: EditorView) => void
  /** What the text is, for those who do not see it. */
  readonly label: string
  /** The same object as long as it is the same editor. */
  readonly extensions: Extension
  readonly isReadOnly?: boolean
  /** CSS length. */
  readonly height?: string
  readonly onView?: (view: EditorView | null) => void
}

/** Set where the page itself has changed the text. */
const fromPage = Annotation.define<boolean>()

/** An editor for texts. Tab indents; Escape and then Tab leaves it. */
export function TextEditor({
  text,
  label,
  extensions,
  isReadOnly = false,
  height = '60vh',
  ...props
}: TextEditorProps) {
  const parent = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView>(null)
  const scheme = useComputedColorScheme('light')
  const told = useEffectEvent((next: string) => props.onText?.(next))
  const moved = useEffectEvent((view: EditorView) => props.onCursor?.(view))
  const shown = useEffectEvent((view: EditorView | null) => props.onView?.(view))
  const first = useEffectEvent(() => text)
  useEffect(() => {
    const view = new EditorView({
      parent: parent.current!,
      state: EditorState.create({
        doc: first(),
        extensions: [
          EditorView.cspNonce.of(nonce),
          EditorView.theme({ '&': { height }, '.cm-scroller': { overflow: 'auto' } }, { dark: scheme === 'dark' }),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorState.readOnly.of(isReadOnly),
          lineNumbers(),
          history(),
          keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
          EditorView.updateListener.of(({ view: updated, docChanged, selectionSet, transactions }) => {
            if (docChanged && !transactions.some((each) => each.annotation(fromPage)))
              told(updated.state.doc.toString())
            if (selectionSet) moved(updated)
          }),
          extensions,
        ],
      }),
    })
    editor.current = view
    shown(view)
    return () => {
      shown(null)
      view.destroy()
    }
  }, [extensions, label, isReadOnly, height, scheme])
  useEffect(() => {
    const view = editor.current
    if (view === null || view.state.doc.toString() === text) return
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, annotations: fromPage.of(true) })
  }, [text])
  return <div ref={parent} className={classes['editor']} />
}

/** Puts the cursor on a part of the text, and the part into the middle of what is seen. */
export function showRange(view: EditorView, from: number, to = from): void {
  const end = view.state.doc.length
  const anchor = Math.min(from, end)
  view.dispatch({
    selection: { anchor, head: Math.min(to, end) },
    effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
  })
  view.focus()
}
