import type { Position, Range } from './range.ts'

/** Where the lines of a text begin. Lines end with `\n`, `\r\n` or `\r`, as editors count them. */
export class Positions {
  readonly text: string
  /** Offset of the first character of every line. */
  readonly starts: readonly number[]

  constructor(text: string) {
    this.text = text
    const starts = [0]
    for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length)
    this.starts = starts
  }

  at(offset: number): Position {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - this.starts[low]! + 1, offset }
  }

  range(start: number, end: number): Range {
    return { start: this.at(start), end: this.at(end) }
  }

  /** Offset behind the last character of a line (counted from 0), its line break left out. */
  lineEnd(line: number): number {
    const next = this.starts[line + 1]
    if (next === undefined) return this.text.length
    let end = next - 1
    if (this.text[end] === '\n' && this.text[end - 1] === '\r' && end > this.starts[line]!) end -= 1
    return end
  }
}
