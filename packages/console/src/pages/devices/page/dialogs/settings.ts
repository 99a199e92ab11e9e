/** Settings as people type them, a `name = value` per line: numbers and true, false are themselves, all else is text. */
export function settingsOf(text: string): {
  readonly settings: Record<string, string | number | boolean>
  /** The first line, from 1, that is none; null when all are. */
  readonly wrong: number | null
} {
  const settings: Record<string, string | number | boolean> = {}
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const [, name, value] = /^\s*([^=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (name === undefined || value === undefined) return { settings, wrong: index + 1 }
    settings[name] = valueOf(value)
  }
  return { settings, wrong: Object.keys(settings).length === 0 ? 1 : null }
}

/** The text with a line more, for the setting as it is now; a name that has a line already gets none. */
export function withSetting(text: string, name: string, value: string | number | boolean): string {
  if (text.split('\n').some((line) => line.split('=')[0]?.trim() === name)) return text
  const written = typeof value === 'string' && valueOf(value) !== value ? `"${value}"` : String(value)
  const before = text.trimEnd()
  return `${before}${before === '' ? '' : '\n'}${name} = ${written}\n`
}

function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) && Number.isFinite(Number(text))) return Number(text)
  return /^"(.*)"$/.exec(text)?.[1] ?? text
}
