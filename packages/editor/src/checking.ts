import { linter, lintGutter, type Diagnostic as Mark } from '@codemirror/lint'
import type { EditorState, Extension } from '@codemirror/state'
import { checkPattern } from '@sutler/patterns'
import { type Diagnostic, fixesFor } from '@sutler/patterns/language'
import { changesOf } from './changes.ts'
import { readingOf } from './readings.ts'

export interface CheckingOptions {
  /** Names of the host's tasks; absent: tasks are not checked. */
  readonly tasks?: readonly string[]
  /** Checks a text in place of `checkPattern`: in a worker, or at the hub. Rejected: the marks stay as they are. */
  readonly check?: (text: string) => Promise<readonly Diagnostic[]>
}

/** Milliseconds without a key before the text is checked. */
const quiet = 300
/** Sets of states that are looked into while a page waits. */
const bound = 2_000

/** Marks what is wrong while one types, with ways to mend it. */
export function checking({ tasks, check }: CheckingOptions): Extension {
  const own = (text: string): readonly Diagnostic[] =>
    checkPattern(text, tasks === undefined ? { bound } : { bound, tasks }).diagnostics
  const source = async ({ state }: { readonly state: EditorState }): Promise<Mark[]> => {
    const text = state.doc.toString()
    const found = check === undefined ? own(text) : await check(text)
    return found.map((diagnostic) => markOf(state, diagnostic))
  }
  return [linter(source, { delay: quiet }), lintGutter()]
}

function markOf(state: EditorState, diagnostic: Diagnostic): Mark {
  const { code, severity, message, range, witness = [] } = diagnostic
  const [from, to] = [range.start.offset, range.end.offset].map((offset) => Math.min(offset, state.doc.length))
  const way = witness.map(({ signal, states }) => `${signal} → ${states.join(', ')}`).join('; ')
  return {
    from: from!,
    to: to!,
    severity,
    source: code,
    message: way === '' ? message : `${message}\nA shortest way there: ${way}`,
    actions: fixesFor(readingOf(state), diagnostic).map(({ title, edits }) => ({
      name: title,
      // The text before the mark may have grown since.
      apply: (view, now) => view.dispatch({ changes: changesOf(edits, now - from!), userEvent: 'input.fix' }),
    })),
  }
}
