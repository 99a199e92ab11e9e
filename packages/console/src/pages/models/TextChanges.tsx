import { unifiedMergeView } from '@codemirror/merge'
import { patternEditor } from '@sutler/editor'
import { useMemo } from 'react'
import { TextEditor } from '../../parts/pattern/TextEditor.tsx'
import classes from './changes.module.css'

/** Nothing is marked in a text that is only compared. */
const check = (): Promise<readonly never[]> => Promise.resolve([])

/** What one text has and another has not, line by line; what is the same is folded. */
export default function TextChanges({ before, after, label }: { before: string; after: string; label: string }) {
  const extensions = useMemo(
    () => [
      patternEditor({ check }),
      unifiedMergeView({
        original: before,
        mergeControls: false,
        highlightChanges: true,
        gutter: true,
        collapseUnchanged: { margin: 3, minSize: 6 },
      }),
    ],
    [before],
  )
  return (
    <div className={classes['changes']}>
      <TextEditor text={after} label={label} extensions={extensions} isReadOnly height="65vh" />
    </div>
  )
}
