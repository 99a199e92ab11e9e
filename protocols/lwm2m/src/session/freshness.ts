/** Which of two notifications is the newer one (RFC 7641, 3.4). */
export class Freshness {
  #sequence: number | null = null
  #at = 0

  /** @returns whether it is newer than all before, and remembers it then; `now` in milliseconds */
  fresh(sequence: number, now: number): boolean {
    const before = this.#sequence
    const newer =
      before === null ||
      (before < sequence && sequence - before < 2 ** 23) ||
      (before > sequence && before - sequence > 2 ** 23) ||
      now > this.#at + 128_000
    if (newer) {
      this.#sequence = sequence
      this.#at = now
    }
    return newer
  }
}
