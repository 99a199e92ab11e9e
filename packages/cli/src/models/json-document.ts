import type { Range } from '@sutler/patterns'
import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'

/** JSON text as a value, with what is wrong in it and where everything stands. */
export interface JsonDocument {
  /** Undefined when there are mistakes. */
  readonly value: unknown
  readonly mistakes: readonly { readonly message: string; readonly range: Range }[]
  /** Where the value that a JSON pointer (RFC 6901) means stands; where it is missing, the value that lacks it. */
  placeOf(pointer: string): Range
}

/** Mistakes told of one text: who wrote more of them wrote no JSON. */
const most = 100

/** Reads strict JSON (RFC 8259), keys in the order written. */
export function readJsonDocument(text: string): JsonDocument {
  const errors: ParseError[] = []
  const lines = new Lines(text)
  let tree: Node | undefined
  try {
    tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  } catch (error) {
    // The parser descends by recursion: some thousand brackets within one another are too many for it, and for any model.
    if (!(error instanceof RangeError)) throw error
    return { value: undefined, mistakes: [{ message: 'nested too deeply', range: lines.range(0, 1) }], placeOf }
  }
  // Of several at one place the first is the cause.
  const causes = errors.filter(({ offset }, at) => offset !== errors[at - 1]?.offset)
  const mistakes = causes.slice(0, most).map(({ error, offset, length }) => ({
    message: wordsOf(printParseErrorCode(error)),
    range: lines.range(offset, length),
  }))
  return { value: mistakes.length > 0 ? undefined : JSON.parse(text), mistakes, placeOf }

  function placeOf(pointer: string): Range {
    const { offset, length } = spanOf(closest(tree, pathOf(pointer)))
    return lines.range(offset, length)
  }
}

/** `ColonExpected` → `colon expected`. */
function wordsOf(code: string): string {
  return code.replace(/[A-Z]/g, (letter, at: number) => `${at === 0 ? '' : ' '}${letter.toLowerCase()}`)
}

function pathOf(pointer: string): string[] {
  const parts = pointer.split('/').slice(1)
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The node on the path, or the last one that is there. */
function closest(root: Node | undefined, path: readonly string[]): Node | undefined {
  let node = root
  for (const part of path) {
    const next = node && findNodeAtLocation(node, [node.type === 'array' ? Number(part) : part])
    if (next === undefined) break
    node = next
  }
  return node
}

/** A plain value; of an object or a list its key, or the bracket that opens it. */
function spanOf(node: Node | undefined): { readonly offset: number; readonly length: number } {
  if (node === undefined) return { offset: 0, length: 0 }
  if (node.type !== 'object' && node.type !== 'array') return node
  return node.parent?.type === 'property' ? node.parent.children![0]! : { offset: node.offset, length: 1 }
}

/** Offsets as lines and columns, both from 1, in UTF-16 units. */
class Lines {
  /** Offset of each line's first character. */
  readonly #starts: number[] = [0]

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  range(offset: number, length: number): Range {
    return { start: this.#position(offset), end: this.#position(offset + length) }
  }

  #position(offset: number): Range['start'] {
    let [line, beyond] = [0, this.#starts.length]
    while (beyond - line > 1) {
      const middle = (line + beyond) >> 1
      if (this.#starts[middle]! <= offset) line = middle
      else beyond = middle
    }
    return { line: line + 1, column: offset - this.#starts[line]! + 1, offset }
  }
}
