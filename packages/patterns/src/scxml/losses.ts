import type { Loss } from '../losses.ts'
import type { XmlPlace } from '../xml/read.ts'

/** More places than this of one code are not listed. */
const listed = 100

/** What a document says that a model cannot; each once, however often its place is looked at. */
export class Losses {
  readonly #found = new Map<string, Loss>()

  add(code: string, { line, column }: XmlPlace, message: string): void {
    const place = `${line}:${column}`
    const key = `${code} ${place} ${message}`
    if (this.#found.size < listed * 10 && !this.#found.has(key)) this.#found.set(key, { code, place, message })
  }

  /** In the order of the document. */
  get list(): readonly Loss[] {
    const position = ({ place }: Loss): number => {
      const [line = 0, column = 0] = place.split(':').map(Number)
      return line * 1_000_000 + column
    }
    return [...this.#found.values()].sort((a, b) => position(a) - position(b))
  }
}
