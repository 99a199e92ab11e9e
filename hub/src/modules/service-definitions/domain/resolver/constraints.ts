import type { Catalogue } from './catalogue.ts'
import type { Constraint } from './problem.ts'

/** What can stand in the way of a service by itself; the number is the bit in `Candidates.barred`. */
export const ownKinds = ['wish', 'limit', 'channel', 'state', 'fit'] as const
type OwnKind = (typeof ownKinds)[number]

/** Constraints by number: first those of relations, then those of each service by itself. */
export function ownConstraint(catalogue: Catalogue, service: number, kind: OwnKind): number {
  return catalogue.groups + service * ownKinds.length + ownKinds.indexOf(kind)
}

export function constraintCount(catalogue: Catalogue): number {
  return catalogue.groups + catalogue.services.length * ownKinds.length
}

/** What a number stands for. */
export function constraintOf(catalogue: Catalogue, number: number): Constraint {
  if (number < catalogue.groups) {
    const { kind, from, to } = catalogue.rules.find((rule) => rule.group === number)!
    return {
      kind: 'relation',
      service: catalogue.services[from]!.id,
      relation: kind,
      to: catalogue.services[to]!.id,
    }
  }
  const own = number - catalogue.groups
  const service = catalogue.services[Math.floor(own / ownKinds.length)]!.id
  return { kind: ownKinds[own % ownKinds.length]!, service }
}

/** A set of constraints, one bit each. */
export class ConstraintSet {
  readonly words: Uint32Array

  constructor(size: number) {
    this.words = new Uint32Array((size + 31) >>> 5)
  }

  static all(size: number): ConstraintSet {
    const set = new ConstraintSet(size)
    set.words.fill(0xffffffff)
    return set
  }

  static of(size: number, members: Iterable<number>): ConstraintSet {
    const set = new ConstraintSet(size)
    for (const member of members) set.add(member)
    return set
  }

  has(member: number): boolean {
    return ((this.words[member >>> 5]! >>> (member & 31)) & 1) === 1
  }

  add(member: number): void {
    this.words[member >>> 5]! |= 1 << (member & 31)
  }
}
