import type { Candidates } from './candidates.ts'
import { asks, type CatalogueService } from './catalogue.ts'
import { ownKinds } from './constraints.ts'
import type { Placement } from './placement.ts'
import type { CatalogueVersion, Constraint } from './problem.ts'

type OwnKind = (typeof ownKinds)[number]

/** Which versions each of some contradicting constraints is about. */
export class InQuestion {
  readonly candidates: Candidates
  readonly #placement: Placement
  readonly #constraints: readonly Constraint[]

  constructor(candidates: Candidates, placement: Placement, constraints: readonly Constraint[]) {
    this.candidates = candidates
    this.#placement = placement
    this.#constraints = constraints
  }

  /** Whether a service has a constraint of this kind among them. */
  has(kind: Constraint['kind'], service: string): boolean {
    return this.#constraints.some((one) => one.kind === kind && one.service === service)
  }

  number(service: string): number {
    return this.candidates.catalogue.numberOf(service)!
  }

  service(service: string): CatalogueService {
    return this.candidates.catalogue.services[this.number(service)]!
  }

  /** Those that a constraint on the service alone rules out, of those that the others leave. */
  barred(service: string, kind: OwnKind): readonly CatalogueVersion[] {
    return this.versions(service, kind).filter((version) => this.#isBarred(service, version, kind))
  }

  /** Those that the other constraints leave. @param except what is not to be counted */
  versions(service: string, except: OwnKind | null): readonly CatalogueVersion[] {
    const { versions } = this.service(service)
    const own = ownKinds.filter((kind) => kind !== except && kind !== 'wish' && this.has(kind, service))
    const left = versions.filter((version) => !own.some((kind) => this.#isBarred(service, version, kind)))
    const asked = left.filter((version) => this.#isAskedFor(service, version))
    return [asked, left].find((some) => some.length > 0) ?? versions
  }

  #isBarred(service: string, version: CatalogueVersion, kind: OwnKind): boolean {
    const value = this.candidates.catalogue.valueOf(this.number(service), version.version)!
    if (kind === 'fit') return !this.#placement.fits(value)
    return ((this.candidates.barred[value]! >>> ownKinds.indexOf(kind)) & 1) === 1
  }

  /** Whether what others require of the service, as far as that is among the constraints, lets a version be. */
  #isAskedFor(service: string, version: CatalogueVersion): boolean {
    const to = this.number(service)
    const at = this.service(service).versions.indexOf(version)
    return this.#constraints.every((constraint) => {
      if (constraint.kind !== 'relation' || constraint.to !== service) return true
      const { relation } = constraint
      if (!asks({ kind: relation })) return true
      const from = this.number(constraint.service)
      return this.candidates.catalogue.rules
        .filter((rule) => rule.from === from && rule.to === to && rule.kind === relation)
        .some(({ range }) => this.service(service).within(range)[at] === 1)
    })
  }
}
