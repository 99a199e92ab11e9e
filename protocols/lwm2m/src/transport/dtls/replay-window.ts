/** Which record numbers of an epoch were seen (RFC 6347, 4.1.2.6): 64 of them behind the highest. */
export class ReplayWindow {
  #highest = -1
  #seen = 0n

  /** Whether the number may still be taken. */
  open(sequence: number): boolean {
    if (sequence > this.#highest) return true
    const behind = this.#highest - sequence
    return behind < 64 && (this.#seen & (1n << BigInt(behind))) === 0n
  }

  /** Only after the record was found genuine. */
  take(sequence: number): void {
    if (sequence > this.#highest) {
      const ahead = sequence - this.#highest
      this.#seen = ahead >= 64 ? 1n : BigInt.asUintN(64, (this.#seen << BigInt(ahead)) | 1n)
      this.#highest = sequence
    } else this.#seen |= 1n << BigInt(this.#highest - sequence)
  }
}
