import type { AuditDigests } from './digests.ts'
import type { ExportedRow } from './export-lines.ts'

/** Rows whose places are looked through for where a moved row went: each with each other. */
const mostSuspects = 300

/** A row that does not follow from the one before it. */
interface Suspect {
  readonly position: number
  /** Hash that should come before it. */
  readonly previous: string
  readonly digest: string
  readonly hash: string
}

/**
 * Recomputes one chain, row by row: a hash is that of the hash before it and of the digest of the row's text. After a row that
 * is wrong it goes on from the hash that is stored, so that each wrong row is found and no other is blamed.
 */
export class ChainCheck {
  readonly chain: number
  /** What is wrong, in words. */
  readonly findings: string[] = []
  /** Position of the last row. */
  position: number
  readonly #suspects: Suspect[] = []
  readonly #digests: AuditDigests
  readonly #marks: ReadonlyMap<number, string>
  #hash: string | null

  /**
   * @param start the row that the chain begins after
   * @param marks hashes that signed heads name, by position
   */
  constructor(
    digests: AuditDigests,
    chain: number,
    start: { position: number; hash: string },
    marks: ReadonlyMap<number, string>,
  ) {
    this.#digests = digests
    this.chain = chain
    this.position = start.position
    this.#hash = start.hash
    this.#marks = marks
  }

  async take(row: ExportedRow): Promise<void> {
    if (row.position <= this.position)
      return void this.findings.push(`row ${this.#name(row.position)} comes again or out of order`)
    if (row.position > this.position + 1) {
      this.#missing(this.position + 1, row.position - 1)
      this.#hash = null
    }
    const digest = row.entry === undefined ? row.digest! : await this.#digests.ofText(row.entry)
    const previous = this.#hash
    if (previous !== null && (await this.#digests.ofLink(previous, digest)) !== row.hash)
      this.#suspect({ position: row.position, previous, digest, hash: row.hash })
    if (row.index === 'wrong')
      this.findings.push(`row ${this.#name(row.position)} is listed under what its text does not say`)
    this.position = row.position
    this.#hash = row.hash
    const mark = this.#marks.get(row.position)
    if (mark !== undefined && mark !== row.hash)
      this.findings.push(`row ${this.#name(row.position)} is not the one that was signed for`)
  }

  /** The chain has to have reached every place that was signed for. */
  async end(): Promise<void> {
    const until = [...this.#marks.keys()].reduce((most, each) => Math.max(most, each), 0)
    if (this.position < until) this.#missing(this.position + 1, until)
    for (const suspect of this.#suspects) {
      const place = await this.#other(suspect, (other) => this.#belongs(suspect, other))
      if (place !== undefined)
        this.findings.push(
          `row ${this.#name(suspect.position)} stands at position ${place.position}: rows were exchanged`,
        )
      else if ((await this.#other(suspect, (other) => this.#followsExchanged(suspect, other))) === undefined)
        this.findings.push(
          `row ${this.#name(suspect.position)} was altered, or a row before it was removed and the rest renumbered`,
        )
    }
  }

  #suspect(row: Suspect): void {
    if (this.#suspects.length < mostSuspects) this.#suspects.push(row)
    else this.findings.push(`row ${this.#name(row.position)} does not follow from the one before it`)
  }

  /** The first of the others of which it is true. */
  async #other(suspect: Suspect, is: (other: Suspect) => Promise<boolean>): Promise<Suspect | undefined> {
    for (const other of this.#suspects) if (other !== suspect && (await is(other))) return other
    return undefined
  }

  /** Whether what stands at `other` is the row that belongs where `suspect` stands. */
  async #belongs(suspect: Suspect, other: Suspect): Promise<boolean> {
    const there = await this.#digests.ofLink(suspect.previous, other.digest)
    return there === other.hash || there === suspect.hash
  }

  /** Whether the row is right, and only the one before it has been exchanged. */
  async #followsExchanged(suspect: Suspect, other: Suspect): Promise<boolean> {
    return (await this.#digests.ofLink(other.hash, suspect.digest)) === suspect.hash
  }

  #missing(from: number, to: number): void {
    const which = from === to ? `row ${this.#name(from)} is` : `rows ${this.#name(from)} to ${to} are`
    this.findings.push(`${which} missing`)
  }

  #name(position: number): string {
    return `${position} of chain ${this.chain}`
  }
}
