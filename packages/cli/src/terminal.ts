import { styleText } from 'node:util'

/** What the command line prints: for people a table or a sentence, with --json one JSON document (or one per line). */
export interface Terminal {
  readonly json: boolean
  /** A result: `text` for people, `value` for programs. */
  result(value: unknown, text: () => string): void
  /** A remark for people, on standard error; programs do not see it. */
  remark(text: string): void
}

export function createTerminal(json: boolean): Terminal {
  return {
    json,
    result: (value, text) => void process.stdout.write(`${json ? inertJson(value) : text()}\n`),
    remark: (text) => {
      if (!json) process.stderr.write(`${text}\n`)
    },
  }
}

/** Columns aligned; an empty list says so. */
export function tableOf<T>(rows: readonly T[], columns: Readonly<Record<string, (row: T) => string>>): string {
  if (rows.length === 0) return 'nothing yet'
  const titles = Object.keys(columns)
  const cells = [
    titles.map((title) => title.toUpperCase()),
    ...rows.map((row) => titles.map((title) => printable(columns[title]!(row)))),
  ]
  const widths = titles.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)))
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Characters that steer a terminal or turn its text around: controls, formats (bidirectional ones, too), half surrogate pairs. */
const steering = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** Names come from devices and people: they must not steer the terminal. */
export function printable(text: string): string {
  return text.replace(steering, '�')
}

/** As `printable`, for text of several lines, which may be indented with tabs. */
export function printableLines(text: string): string {
  return text.replace(/[^\n\t]+/g, printable)
}

/** The same JSON, what would steer a terminal escaped. */
function inertJson(value: unknown): string {
  return JSON.stringify(value).replace(steering, (character) =>
    character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}

/** Coloured where the output is a terminal and NO_COLOR is not set. */
export function painted(
  style: 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan',
  text: string,
  stream: NodeJS.WriteStream = process.stdout,
): string {
  return styleText(style, text, { stream })
}

/** `1 error`, `2 errors`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

/** 12.3 MB, 4.0 kB: decimal units. */
export function byteText(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ] as const)
    if (bytes >= size) return `${(bytes / size).toFixed(1)} ${unit}`
  return `${bytes} B`
}
