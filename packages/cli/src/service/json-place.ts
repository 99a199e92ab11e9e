import { findNodeAtLocation, parseTree, type ParseError } from 'jsonc-parser'

/**
 * Where a part of a JSON text is, for people and their editors: `file:line:column`. Of a part that is not there, the nearest around it.
 * @param pointer JSON pointer (RFC 6901)
 */
export function placeIn(file: string, text: string, pointer: string): string {
  const root = parseTree(text, [])
  if (root === undefined) return file
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  for (let length = path.length; length >= 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length))
    if (node !== undefined) return at(file, text, node.offset)
  }
  return file
}

/** Where the text ceases to be JSON. */
export function brokenAt(file: string, text: string): string {
  const errors: ParseError[] = []
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  return errors[0] === undefined ? file : at(file, text, errors[0].offset)
}

function at(file: string, text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  return `${file}:${before.length}:${before.at(-1)!.length + 1}`
}
