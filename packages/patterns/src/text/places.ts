import type { Range } from './range.ts'
import type { Expression, Template } from './tree.ts'

/** Path of keys and indexes into a document. */
export type Path = readonly (string | number)[]

interface Place {
  range?: Range
  source?: Expression | Template
  inner?: Map<string, Place>
}

/** Where the text says what stands in the document. */
export class Places {
  readonly #root: Place = {}

  /** The first range of a path is kept. */
  set(path: Path, range: Range | undefined): void {
    if (range !== undefined) this.#at(path).range ??= range
  }

  setSource(path: Path, source: Expression | Template): void {
    const place = this.#at(path)
    place.range ??= source.range
    place.source = source
  }

  /** Of a JSON pointer (RFC 6901); what is not in the text is where the nearest thing around it is. */
  placeOf(pointer: string): Range {
    return this.#along(pointer).findLast(({ range }) => range !== undefined)?.range ?? start
  }

  /** The expression or template that stands there. */
  sourceAt(pointer: string): Expression | Template | undefined {
    const places = this.#along(pointer)
    return places.length === partsOf(pointer).length + 1 ? places.at(-1)?.source : undefined
  }

  #at(path: Path): Place {
    let place = this.#root
    for (const part of path.map(String)) {
      place.inner ??= new Map()
      const next = place.inner.get(part) ?? {}
      place.inner.set(part, next)
      place = next
    }
    return place
  }

  /** The places from the root on, as far as there are any. */
  #along(pointer: string): Place[] {
    const places = [this.#root]
    for (const part of partsOf(pointer)) {
      const { inner } = places.at(-1)!
      const next = inner?.get(part)
      if (next === undefined) break
      places.push(next)
    }
    return places
  }
}

const origin = { line: 1, column: 1, offset: 0 }
const start: Range = { start: origin, end: origin }

function partsOf(pointer: string): string[] {
  const parts = pointer.split('/').slice(1)
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}
