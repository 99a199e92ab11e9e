import type { EditorState, Text } from '@codemirror/state'
import { readForEditing, type Reading } from '@sutler/patterns/language'

const readings = new WeakMap<Text, Reading>()

/** The text of an editor as the language services see it; read once per version. */
export function readingOf({ doc }: EditorState): Reading {
  const known = readings.get(doc)
  if (known !== undefined) return known
  const reading = readForEditing(doc.toString())
  readings.set(doc, reading)
  return reading
}
