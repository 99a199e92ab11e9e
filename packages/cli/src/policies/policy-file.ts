import { isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import { CommandError } from '../command-error.ts'
import { readText } from '../read-text.ts'

/** A policy document as it stands in a file, YAML or JSON. */
export interface PolicyFile {
  readonly document: Readonly<Record<string, unknown>>
  /** Where a part of it is: `file:line:column`. */
  placeOf(pointer: string, line?: number, column?: number): string
}

/** Bytes; of more the hub takes none. */
const largest = 65_536

/** @throws CommandError `file-unreadable`, `file-too-large`, `policy-unreadable` */
export async function readPolicyFile(file: string): Promise<PolicyFile> {
  const text = await readText(file, largest)
  const lines = new LineCounter()
  const parsed = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true })
  const [mistake] = parsed.errors
  if (mistake !== undefined) {
    const at = mistake.linePos?.[0]
    const place = at === undefined ? file : `${file}:${at.line}:${at.col}`
    throw new CommandError(
      'policy-unreadable',
      `${place}: ${mistake.message.split('\n')[0]}`,
      'Write it as YAML or JSON.',
    )
  }
  const document = plain(parsed, file)
  return { document, placeOf: (pointer, line = 1, column = 1) => placeIn(parsed, lines, file, pointer, line, column) }
}

function plain(parsed: Document.Parsed, file: string): Readonly<Record<string, unknown>> {
  const value: unknown = resolved(parsed, file)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new CommandError('policy-unreadable', `${file} holds no document`, 'It begins with `name:`, `when:`, `then:`.')
}

/** Aliases are resolved within a bound: a small file can mean a very large one. */
function resolved(parsed: Document.Parsed, file: string): unknown {
  try {
    return parsed.toJS({ maxAliasCount: 100 })
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause
    throw new CommandError('policy-unreadable', `${file}: ${cause.message}`, 'Write it out without aliases.', cause)
  }
}

function placeIn(
  parsed: Document.Parsed,
  lines: LineCounter,
  file: string,
  pointer: string,
  line: number,
  column: number,
): string {
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  // Of a part that is not there, the nearest around it.
  for (let length = path.length; length >= 0; length--) {
    const node = parsed.getIn(path.slice(0, length).map(stepOf), true) as Node | undefined
    if (node?.range === undefined || node.range === null) continue
    const { line: row, col } = lines.linePos(node.range[0])
    const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') ? 1 : 0
    const block = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
    // A block's text begins on the line below.
    if (block) return `${file}:${row + line}:${column}`
    return line === 1 ? `${file}:${row}:${col + quoted + column - 1}` : `${file}:${row + line - 1}:${column}`
  }
  return file
}

function stepOf(part: string): string | number {
  return /^\d+$/.test(part) ? Number(part) : part
}
