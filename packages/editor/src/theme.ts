import { EditorView } from '@codemirror/view'

/** Colours that have a contrast of at least 4.5 : 1 on white and on near-black. Pages may style the same classes. */
export const patternTheme = [
  EditorView.baseTheme({
    '&light .cm-pattern-word': { color: '#7a1fa2', fontWeight: '600' },
    '&light .cm-pattern-state': { color: '#00695c' },
    '&light .cm-pattern-signal': { color: '#b23c00' },
    '&light .cm-pattern-task, &light .cm-pattern-function': { color: '#1a5fb4' },
    '&light .cm-pattern-data, &light .cm-pattern-shared, &light .cm-pattern-result': { color: '#234f9c' },
    '&light .cm-pattern-argument, &light .cm-pattern-call': { color: '#8a4b08' },
    '&light .cm-pattern-model, &light .cm-pattern-child': { color: '#5b4700', fontWeight: '600' },
    '&light .cm-pattern-type, &light .cm-pattern-variable': { color: '#6a3a9a' },
    '&light .cm-pattern-text': { color: '#3b6e22' },
    '&light .cm-pattern-number, &light .cm-pattern-constant': { color: '#a3004f' },
    '&light .cm-pattern-comment': { color: '#5f6b76', fontStyle: 'italic' },
    '&dark .cm-pattern-word': { color: '#d6a2f0', fontWeight: '600' },
    '&dark .cm-pattern-state': { color: '#6fd6c6' },
    '&dark .cm-pattern-signal': { color: '#ffab7a' },
    '&dark .cm-pattern-task, &dark .cm-pattern-function': { color: '#8fc0ff' },
    '&dark .cm-pattern-data, &dark .cm-pattern-shared, &dark .cm-pattern-result': { color: '#a9c4ff' },
    '&dark .cm-pattern-argument, &dark .cm-pattern-call': { color: '#f0c48a' },
    '&dark .cm-pattern-model, &dark .cm-pattern-child': { color: '#f2dc8f', fontWeight: '600' },
    '&dark .cm-pattern-type, &dark .cm-pattern-variable': { color: '#cdb0f5' },
    '&dark .cm-pattern-text': { color: '#a6d98c' },
    '&dark .cm-pattern-number, &dark .cm-pattern-constant': { color: '#ff9cc8' },
    '&dark .cm-pattern-comment': { color: '#9aa7b3', fontStyle: 'italic' },
    '.cm-pattern-tip': { padding: '4px 8px', maxWidth: '40em' },
    '.cm-pattern-tip code': { fontWeight: '600' },
    '.cm-pattern-tip p': { margin: '2px 0' },
    '.cm-pattern-refusal': { color: '#b00020' },
    '&dark .cm-pattern-refusal': { color: '#ff8a80' },
  }),
]
