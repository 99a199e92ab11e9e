import { addressKey } from '../address.ts'
import type { Direct } from './item.ts'

/** Signals of one instance whose senders wait, oldest first. */
export interface Line {
  /** `<model>/<id>`. */
  readonly name: string
  readonly directs: readonly Direct[]
}

/** Senders that wait, a line per instance. Whoever takes a line is alone with its instance until it is released. */
export class Lines {
  readonly #waiting = new Map<string, Direct[]>()
  readonly #taken = new Set<string>()
  #size = 0

  /** Senders that wait in lines that nobody has taken or can take. */
  get size(): number {
    return this.#size
  }

  add(direct: Direct): void {
    const name = addressKey(direct.address)
    const line = this.#waiting.get(name)
    if (line) line.push(direct)
    else this.#waiting.set(name, [direct])
    this.#size++
  }

  /** @returns false when its signal has been taken */
  forget(direct: Direct): boolean {
    const name = addressKey(direct.address)
    const line = this.#waiting.get(name)
    const index = line?.indexOf(direct) ?? -1
    if (!line || index < 0) return false
    line.splice(index, 1)
    if (line.length === 0) this.#waiting.delete(name)
    this.#size--
    return true
  }

  /** Takes the lines that have waited longest, of instances that nobody has, up to `most` signals or the last line whole. */
  take(most: number): Line[] {
    const lines: Line[] = []
    let count = 0
    for (const [name, directs] of this.#waiting) {
      if (count >= most) break
      if (this.#taken.has(name)) continue
      this.#waiting.delete(name)
      this.#taken.add(name)
      lines.push({ name, directs })
      count += directs.length
    }
    this.#size -= count
    return lines
  }

  release(lines: readonly Line[]): void {
    for (const { name } of lines) this.#taken.delete(name)
  }

  /** All that still wait, and forgets them. */
  drain(): Direct[] {
    const all = [...this.#waiting.values()].flat()
    this.#waiting.clear()
    this.#size = 0
    return all
  }
}
