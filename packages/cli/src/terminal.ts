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
    result: (value, text) => void process.stdout.write(`${json ? JSON.stringify(value) : text()}\n`),
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

/** Names come from devices and people: control characters must not steer the terminal. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '�')
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
