import { forceLinting, openLintPanel } from '@codemirror/lint'
import type { Command } from '@codemirror/view'
import { formatPattern, PatternError } from '@sutler/patterns'
import { difference } from '@sutler/patterns/language'
import { changesOf } from './changes.ts'
import { readingOf } from './readings.ts'

/** Writes the text in its usual form; of a text with mistakes it shows the list of them. */
export const formatText: Command = (view) => {
  const { text, positions } = readingOf(view.state)
  try {
    view.dispatch({ changes: changesOf(difference(positions, formatPattern(text))), userEvent: 'input.format' })
    return true
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    forceLinting(view)
    return openLintPanel(view)
  }
}
