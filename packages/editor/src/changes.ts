import type { ChangeSpec } from '@codemirror/state'
import type { TextEdit } from '@sutler/patterns/language'

/** Edits as the editor takes them, `moved` characters further on. */
export function changesOf(edits: readonly TextEdit[], moved = 0): ChangeSpec[] {
  return edits.map(({ range, newText }) => ({
    from: range.start.offset + moved,
    to: range.end.offset + moved,
    insert: newText,
  }))
}
