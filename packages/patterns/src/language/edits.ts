import type { Positions } from '../text/positions.ts'
import type { Range } from '../text/tree.ts'

/** A piece of a text that is replaced. */
export interface TextEdit {
  readonly range: Range
  readonly newText: string
}

/** The text after edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.toSorted((a, b) => a.range.start.offset - b.range.start.offset)
  let result = ''
  let at = 0
  for (const { range, newText } of ordered) {
    result += text.slice(at, range.start.offset) + newText
    at = range.end.offset
  }
  return result + text.slice(at)
}

/** The smallest single edit that turns a text into another one; none when they are the same. */
export function difference(positions: Positions, newText: string): TextEdit[] {
  const { text } = positions
  if (text === newText) return []
  const most = Math.min(text.length, newText.length)
  let before = 0
  while (before < most && text[before] === newText[before]) before += 1
  before -= cuts(text, before) || cuts(newText, before) ? 1 : 0
  let behind = 0
  while (behind < most - before && text.at(-1 - behind) === newText.at(-1 - behind)) behind += 1
  const [end, newEnd] = [text.length - behind, newText.length - behind]
  const keep = cuts(text, end) || cuts(newText, newEnd) ? 1 : 0
  return [{ range: positions.range(before, end + keep), newText: newText.slice(before, newEnd + keep) }]
}

/** Whether an offset lies within a surrogate pair or a line break of two characters. */
function cuts(text: string, offset: number): boolean {
  return (
    offset > 0 &&
    offset < text.length &&
    /^(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|\r\n)$/.test(text.slice(offset - 1, offset + 1))
  )
}
