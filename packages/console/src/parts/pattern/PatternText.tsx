import { EditorView } from '@codemirror/view'
import { patternEditor } from '@sutler/editor'
import { useMemo, useState, type RefObject } from 'react'
import { models } from '#words/models.ts'
import { Superseded, workbench } from '../workbench/workbench.ts'
import type { PatternReport } from '../workbench/jobs.ts'
import { TextEditor } from './TextEditor.tsx'

interface PatternTextProps {
  readonly text: string
  readonly onText?: (text: string) => void
  /** What was found in the text, each time that it was read; an error when it could not be. */
  readonly onReport: (report: PatternReport | Error) => void
  /** The word at the cursor, which may be the name of a state. */
  readonly onWord?: (word: string) => void
  /** Names of published models, offered where a call names one. */
  readonly models?: readonly string[]
  readonly isReadOnly?: boolean
  readonly height?: string
  readonly view: RefObject<EditorView | null>
}

/** A pattern's text with colours, mistakes, completion and renaming; read and proved in a worker. */
export function PatternText({ onReport, onWord, models: names, view, ...props }: PatternTextProps) {
  // The editor keeps its first extensions: what they call is looked up when they call it.
  const [calls] = useState<{ onReport: PatternTextProps['onReport'] }>(() => ({ onReport }))
  calls.onReport = onReport
  const extensions = useMemo(
    () => [
      patternEditor({
        ...(names && { models: names }),
        async check(text) {
          const report = await workbench.do('read', { text })
          calls.onReport(report)
          return report.diagnostics
        },
      }),
      // Where a check ends that could not be done: the marks stay as they are.
      EditorView.exceptionSink.of((error) => {
        if (error instanceof Superseded) return
        if (error instanceof Error) calls.onReport(error)
      }),
    ],
    [names, calls],
  )
  return (
    <TextEditor
      {...props}
      label={models.editor.label}
      extensions={extensions}
      onView={(next) => {
        view.current = next
      }}
      {...(onWord && { onCursor: (editor: EditorView) => onWord(wordAt(editor)) })}
    />
  )
}

/** The name that the cursor stands in: letters, digits, `_` and `-`. */
function wordAt({ state }: EditorView): string {
  const { head } = state.selection.main
  const line = state.doc.lineAt(head)
  const column = head - line.from
  const before = /[\w-]*$/.exec(line.text.slice(0, column))?.[0] ?? ''
  const after = /^[\w-]*/.exec(line.text.slice(column))?.[0] ?? ''
  return before + after
}
