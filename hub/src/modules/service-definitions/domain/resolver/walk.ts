import type { Candidates } from './candidates.ts'
import { asks, type Catalogue } from './catalogue.ts'
import { chosen, type Trail } from './trail.ts'

/**
 * The order in which services are decided: those that are wished, then whatever the versions chosen so far need, as it comes up. What
 * never comes up stays away. Wishes that a chosen version may stand in for come after the other wishes.
 */
export class Walk {
  readonly #catalogue: Catalogue
  readonly #candidates: Candidates
  readonly #trail: Trail
  readonly #list: Int32Array
  readonly #placeOf: Int32Array
  #length = 0
  #cursor = 0
  /** Cursor and length before each decision. */
  readonly #past: number[] = []

  /** @param also services that are decided after the wishes */
  constructor(candidates: Candidates, trail: Trail, also: readonly number[]) {
    this.#catalogue = candidates.catalogue
    this.#candidates = candidates
    this.#trail = trail
    this.#list = new Int32Array(candidates.catalogue.services.length)
    this.#placeOf = new Int32Array(candidates.catalogue.services.length).fill(-1)
    const wished = [...candidates.wishOf.keys()]
    const { standIns } = candidates
    for (const service of wished) if (!standIns.has(service)) this.#push(service)
    for (const service of wished) if (standIns.has(service)) this.#push(service)
    for (const service of also) this.#push(service)
  }

  /** Services in the order in which they came up. */
  get services(): readonly number[] {
    return [...this.#list.subarray(0, this.#length)]
  }

  has(service: number): boolean {
    return this.#placeOf[service]! >= 0
  }

  /** The next service to be decided; −1 when all that came up are. */
  next(): number {
    while (this.#cursor < this.#length) {
      const service = this.#list[this.#cursor]!
      const value = this.#trail.choice[service]!
      if (value < 0) return service
      this.#pushNeeds(value)
      this.#cursor++
    }
    return -1
  }

  /** To be called right before a decision. */
  remember(): void {
    this.#past.push(this.#cursor, this.#length)
  }

  /** Back to where it was before the decision of this number (from 0). */
  undo(depth: number): void {
    const cursor = this.#past[depth * 2]
    if (cursor === undefined) return
    const length = this.#past[depth * 2 + 1]!
    while (this.#length > length) this.#placeOf[this.#list[--this.#length]!] = -1
    this.#cursor = cursor
    this.#past.length = depth * 2
  }

  /** Whether something that is decided earlier stands in for a wished service. */
  isReplaced(service: number): boolean {
    const { serviceOf } = this.#catalogue
    const standIns = this.#candidates.standIns.get(service)
    return (
      standIns !== undefined &&
      standIns.some((value) => {
        const place = this.#placeOf[serviceOf[value]!]!
        return place >= 0 && place < this.#placeOf[service]! && this.#trail.state[value] === chosen
      })
    )
  }

  #push(service: number): void {
    if (this.#placeOf[service]! >= 0) return
    this.#placeOf[service] = this.#length
    this.#list[this.#length++] = service
  }

  #pushNeeds(value: number): void {
    const { rules, rulesOf } = this.#catalogue
    for (let at = rulesOf.start[value]!; at < rulesOf.start[value + 1]!; at++) {
      const { kind, to } = rules[rulesOf.list[at]!]!
      if (asks({ kind })) this.#push(to)
    }
    this.#trail.spend(1)
  }
}
