/**
 * Contents of small files that were asked for lately, by digest: what one device installs the others of its kind install
 * at the same time. Content under a digest never changes, so nothing here can be out of date.
 */
export class RecentFiles {
  readonly #kept = new Map<string, Buffer>()
  readonly #room: number
  #bytes = 0

  /** @param room bytes */
  constructor(room: number) {
    this.#room = room
  }

  get(digest: string): Buffer | undefined {
    const content = this.#kept.get(digest)
    if (content !== undefined) {
      // Maps iterate in insertion order: put back last = asked for most recently.
      this.#kept.delete(digest)
      this.#kept.set(digest, content)
    }
    return content
  }

  keep(digest: string, content: Buffer): void {
    if (this.#kept.has(digest)) return
    this.#kept.set(digest, content)
    this.#bytes += content.length
    for (const [oldest, { length }] of this.#kept) {
      if (this.#bytes <= this.#room) break
      this.#kept.delete(oldest)
      this.#bytes -= length
    }
  }
}
