/** Advance widths of Helvetica (and of Arial and Liberation Sans, made to the same measures), in thousandths of the font size. */
const printable =
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 ' +
  '584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 ' +
  '278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 ' +
  '500 334 260 334 584'
const widths = printable.split(' ').map(Number)
const space = 32
const latinEnd = 0x250
/** Bold letters are a little wider. */
const boldFactor = 1.08

export interface Font {
  /** In user units, which are pixels at 100 %. */
  readonly size: number
  readonly bold?: boolean
}

/** Width of a line of text in user units; letters beyond Latin are taken as wide as they are high. */
export function textWidth(text: string, { size, bold = false }: Font): number {
  let thousandths = 0
  for (const character of text) thousandths += widthOf(character.codePointAt(0) ?? space)
  return (thousandths * size * (bold ? boldFactor : 1)) / 1000
}

function widthOf(codePoint: number): number {
  return widths[codePoint - space] ?? (codePoint < latinEnd ? 667 : 1000)
}

/** The text, or as much of its beginning as fits with an ellipsis after it. White space is drawn together. */
export function fitText(text: string, font: Font, width: number): string {
  const line = text.slice(0, 4096).replace(/\s+/g, ' ').trim()
  if (textWidth(line, font) <= width) return line
  const characters = [...line]
  let used = textWidth('…', font)
  let count = 0
  for (const character of characters) {
    used += textWidth(character, font)
    if (used > width) break
    count += 1
  }
  return `${characters.slice(0, count).join('').trimEnd()}…`
}
