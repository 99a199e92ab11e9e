/** The bytes are not what the Distinguished Encoding Rules (X.690) make. */
export class DerError extends Error {}

/** One value of a DER encoding; its content is a view of the bytes it was read from. */
export interface DerNode {
  readonly tag: number
  readonly content: Uint8Array
  /** Tag and length included. */
  readonly whole: Uint8Array
}

/**
 * Reads the one value that `bytes` are.
 * @throws DerError when they are not exactly one value in DER
 */
export function readDer(bytes: Uint8Array): DerNode {
  const node = nodeAt(bytes, 0)
  if (node.whole.length !== bytes.length) throw malformed('bytes follow it')
  return node
}

/** The values within a constructed one. @throws DerError */
export function derChildren(node: DerNode, most = 64): DerNode[] {
  const children: DerNode[] = []
  for (let at = 0; at < node.content.length;) {
    if (children.length === most) throw malformed('it has too many parts')
    const child = nodeAt(node.content, at)
    children.push(child)
    at += child.whole.length
  }
  return children
}

function nodeAt(bytes: Uint8Array, start: number): DerNode {
  const tag = bytes[start]
  const first = bytes[start + 1]
  // Tags of more than one byte are in no certificate.
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f)
    throw malformed('it is cut or of no known form')
  const size = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || size > 3) throw malformed('its length is of no known form')
  let length = first
  if (size > 0) {
    length = 0
    for (let i = 0; i < size; i++) length = length * 256 + (bytes[start + 2 + i] ?? Number.NaN)
    // The shortest form is the only one (X.690, 10.1).
    if (!(length >= 0x80 && length >= 256 ** (size - 1))) throw malformed('its length is not in the shortest form')
  }
  const from = start + 2 + size
  if (from + length > bytes.length) throw malformed('it is cut')
  return { tag, content: bytes.subarray(from, from + length), whole: bytes.subarray(start, from + length) }
}

function malformed(why: string): DerError {
  return new DerError(`this is no DER: ${why}`)
}
