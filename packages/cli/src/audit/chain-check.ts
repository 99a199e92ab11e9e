import { createHash } from 'node:crypto'
import type { ExportedRow } from './export-lines.ts'

/** Rows whose places are looked through for where a moved row went. */
const mostSuspects = 1_000

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
  readonly #marks: ReadonlyMap<number, string>
  #hash: string | null

  /**
   * @param start the row that the chain begins after
   * @param marks hashes that signed heads name, by position
   */
  constructor(chain: number, start: { position: number; hash: string }, marks: ReadonlyMap<number, string>) {
    this.chain = chain
    this.position = start.position
    this.#hash = start.hash
    this.#marks = marks
  }

  take(row: ExportedRow): void {
    if (row.position <= this.position)
      return void this.findings.push(`row ${this.#name(row.position)} comes again or out of order`)
    if (row.position > this.position + 1) {
      this.#missing(this.position + 1, row.position - 1)
      this.#hash = null
    }
    const digest = row.entry === undefined ? row.digest! : sha256(row.entry)
    if (this.#hash !== null && follows(this.#hash, digest) !== row.hash && this.#suspects.length < mostSuspects)
      this.#suspects.push({ position: row.position, previous: this.#hash, digest, hash: row.hash })
    if (row.index === 'wrong')
      this.findings.push(`row ${this.#name(row.position)} is listed under what its text does not say`)
    this.position = row.position
    this.#hash = row.hash
    const mark = this.#marks.get(row.position)
    if (mark !== undefined && mark !== row.hash)
      this.findings.push(`row ${this.#name(row.position)} is not the one that was signed for`)
  }

  /** The chain has to have reached every place that was signed for. */
  end(): void {
    const until = [...this.#marks.keys()].reduce((most, each) => Math.max(most, each), 0)
    if (this.position < until) this.#missing(this.position + 1, until)
    for (const suspect of this.#suspects) {
      const place = this.#suspects.find((other) => other !== suspect && belongs(suspect, other))
      if (place !== undefined)
        this.findings.push(
          `row ${this.#name(suspect.position)} stands at position ${place.position}: rows were exchanged`,
        )
      else if (!this.#suspects.some((other) => other !== suspect && followsExchanged(suspect, other)))
        this.findings.push(
          `row ${this.#name(suspect.position)} was altered, or a row before it was removed and the rest renumbered`,
        )
    }
  }

  #missing(from: number, to: number): void {
    const which = from === to ? `row ${this.#name(from)} is` : `rows ${this.#name(from)} to ${to} are`
    this.findings.push(`${which} missing`)
  }

  #name(position: number): string {
    return `${position} of chain ${this.chain}`
  }
}

/** Whether what stands at `other` is the row that belongs where `suspect` stands. */
function belongs(suspect: Suspect, other: Suspect): boolean {
  return (
    follows(suspect.previous, other.digest) === other.hash || follows(suspect.previous, other.digest) === suspect.hash
  )
}

/** Whether the row is right, and only the one before it has been exchanged. */
function followsExchanged(suspect: Suspect, other: Suspect): boolean {
  return follows(other.hash, suspect.digest) === suspect.hash
}

function follows(previous: string, digest: string): string {
  return createHash('sha256').update(previous, 'hex').update(digest, 'hex').digest('hex')
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
