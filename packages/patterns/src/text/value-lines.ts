import type { Value } from './statements.ts'
import { width } from './wrap.ts'

/** A JSON value as text; over several lines where it is too long for one, the later ones indented from `indent` on. */
export function valueText(value: Value, column: number, indent: number): string {
  const flat = flatText(value, width - column)
  if (flat !== null) return flat
  const inner = indent + 2
  const pad = ' '.repeat(inner)
  const close = ' '.repeat(indent)
  if (value.shape === 'list') {
    const elements = value.elements.map((element) => pad + valueText(element, inner + 1, inner))
    return `[\n${elements.join(',\n')}\n${close}]`
  }
  const entries = value.entries.map(({ key, value: entry }) => {
    const name = `${pad}${JSON.stringify(key.value)}: `
    return name + valueText(entry, name.length + 1, inner)
  })
  return `{\n${entries.join(',\n')}\n${close}}`
}

/** On one line; null when it is longer than `room`. A scalar is as long as it is. */
function flatText(value: Value, room: number): string | null {
  if (value.shape === 'scalar') return value.text
  if (value.elements.length === 0 && value.entries.length === 0) return value.shape === 'list' ? '[]' : '{}'
  const pieces: string[] = []
  let left = room - (value.shape === 'list' ? 2 : 4)
  const children =
    value.shape === 'list'
      ? value.elements.map((element) => ['', element] as const)
      : value.entries.map(({ key, value: entry }) => [`${JSON.stringify(key.value)}: `, entry] as const)
  for (const [name, child] of children) {
    const text = left < 0 ? null : flatText(child, left - name.length)
    if (text === null || text.length + name.length > left) return null
    pieces.push(name + text)
    left -= name.length + text.length + 2
  }
  return value.shape === 'list' ? `[${pieces.join(', ')}]` : `{ ${pieces.join(', ')} }`
}
