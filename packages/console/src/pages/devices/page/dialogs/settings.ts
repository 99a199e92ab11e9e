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

function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) && Number.isFinite(Number(text))) return Number(text)
  return /^"(.*)"$/.exec(text)?.[1] ?? text
}
