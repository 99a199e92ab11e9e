import type { Range } from './range.ts'
import type { Expression, Template } from './tree.ts'

/** Path of keys and indexes into a document. */
export type Path = readonly (string | number)[]

/** Where the text says what stands in the document: ranges by JSON pointer (RFC 6901). */
export class Places {
  readonly #ranges = new Map<string, Range>()
  readonly #sources = new Map<string, Expression | Template>()

  /** The first range of a path is kept. */
  set(path: Path, range: Range | undefined): void {
    const key = pointerOf(path)
    if (range !== undefined && !this.#ranges.has(key)) this.#ranges.set(key, range)
  }

  setSource(path: Path, source: Expression | Template): void {
    this.set(path, source.range)
    this.#sources.set(pointerOf(path), source)
  }

  /** Where it is written; what is not in the text is where the nearest thing around it is. */
  placeOf(pointer: string): Range {
    for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const range = this.#ranges.get(at)
      if (range !== undefined) return range
      if (!at.includes('/')) return start
    }
  }

  /** The expression or template that stands there. */
  sourceAt(pointer: string): Expression | Template | undefined {
    return this.#sources.get(pointer)
  }
}

const origin = { line: 1, column: 1, offset: 0 }
const start: Range = { start: origin, end: origin }

function pointerOf(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
