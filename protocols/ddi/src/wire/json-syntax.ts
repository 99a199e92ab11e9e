const space = /[ \t\n\r]*/y
const text = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y

/**
 * Position in `given` at which it stops being JSON (RFC 8259); its length when it only ends too early. For errors: JSON.parse tells where
 * only of long texts. Nesting must have been bounded before.
 */
export function syntaxErrorAt(given: string): number {
  return new Scan(given).document()
}

/** Where a scan has stopped; `failed` once something was not as it must be. */
class Scan {
  readonly #given: string
  #at = 0
  #failed = false

  constructor(given: string) {
    this.#given = given
  }

  document(): number {
    this.#value()
    if (!this.#failed) this.#take(space)
    return this.#at
  }

  #value(): void {
    this.#take(space)
    const next = this.#given[this.#at]
    if (next === '{') this.#list('}', () => this.#member())
    else if (next === '[') this.#list(']', () => this.#value())
    else if (!this.#take(text) && !this.#take(scalar)) this.#failed = true
    if (!this.#failed) this.#take(space)
  }

  #member(): void {
    this.#take(space)
    if (!this.#take(text)) this.#failed = true
    else if (this.#expect(':')) this.#value()
  }

  #list(close: string, element: () => void): void {
    this.#at++
    this.#take(space)
    if (this.#given[this.#at] === close) {
      this.#at++
      return
    }
    for (;;) {
      element()
      if (this.#failed) return
      const next = this.#given[this.#at]
      if (next !== ',' && next !== close) {
        this.#failed = true
        return
      }
      this.#at++
      if (next === close) return
    }
  }

  #expect(character: string): boolean {
    this.#take(space)
    if (this.#given[this.#at] === character) this.#at++
    else this.#failed = true
    return !this.#failed
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#given)) return false
    this.#at = pattern.lastIndex
    return true
  }
}
