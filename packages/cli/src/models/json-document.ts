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

/** Reads strict JSON (RFC 8259), keys in the order written. */
export function readJsonDocument(text: string): JsonDocument {
  const errors: ParseError[] = []
  let tree: Node | undefined
  try {
    tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  } catch (error) {
    // The parser descends by recursion: some thousand brackets within one another are too many for it, and for any model.
    if (!(error instanceof RangeError)) throw error
    return { value: undefined, mistakes: [{ message: 'nested too deeply', range: rangeIn(text, 0, 1) }], placeOf }
  }
  // Of several at one place the first is the cause.
  const causes = errors.filter(({ offset }, at) => offset !== errors[at - 1]?.offset)
  const mistakes = causes.map(({ error, offset, length }) => ({
    message: wordsOf(printParseErrorCode(error)),
    range: rangeIn(text, offset, length),
  }))
  return { value: mistakes.length > 0 ? undefined : JSON.parse(text), mistakes, placeOf }

  function placeOf(pointer: string): Range {
    const { offset, length } = spanOf(closest(tree, pathOf(pointer)))
    return rangeIn(text, offset, length)
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
function rangeIn(text: string, offset: number, length: number): Range {
  return { start: positionIn(text, offset), end: positionIn(text, offset + length) }
}

function positionIn(text: string, offset: number): Range['start'] {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - before.lastIndexOf('\n'), offset }
}
