import { compatible } from '@sutler/composition'
import { uncarried, untested } from '../fit.ts'
import type { Candidates } from './candidates.ts'
import { ownConstraint, type ConstraintSet } from './constraints.ts'
import type { CatalogueVersion } from './problem.ts'

/** Which devices a version can go to: by class and compatibility, by the wish's devices, and where what it extends goes. */
export class Placement {
  readonly #candidates: Candidates
  /** Per wished service with devices of its own: 1 for each of them. */
  readonly #named = new Map<number, Uint8Array>()
  /** Per value: the index of the component that each device would get, −1 for none. */
  readonly #components: (Int16Array | undefined)[] = []
  readonly #holds = new Map<string, Int8Array>()

  constructor(candidates: Candidates) {
    this.#candidates = candidates
    const { devices } = candidates.problem
    for (const [service, wish] of candidates.wishOf) {
      if (wish.devices === undefined) continue
      const named = new Set(wish.devices)
      this.#named.set(
        service,
        Uint8Array.from(devices, ({ id }) => Number(named.has(id))),
      )
    }
  }

  /** The index of the component that each device would get of a version, −1 where none fits it. */
  components(value: number): Int16Array {
    const known = this.#components[value]
    if (known !== undefined) return known
    const { catalogue, problem } = this.#candidates
    const version = catalogue.version(value)!
    const found = Int16Array.from(problem.devices, ({ tester = false }, device) =>
      untested(version, tester) === null ? this.#component(version.components, device) : -1,
    )
    return (this.#components[value] = found)
  }

  #component(components: CatalogueVersion['components'], device: number): number {
    const { class: deviceClass, report } = this.#candidates.problem.devices[device]!
    return components.findIndex(
      (one) =>
        one.deviceClass === deviceClass && this.#isMet(one.compatibility, device) && uncarried(one, report) === null,
    )
  }

  #isMet(compatibility: string, device: number): boolean {
    const { devices } = this.#candidates.problem
    let known = this.#holds.get(compatibility)
    if (known === undefined) {
      known = new Int8Array(devices.length).fill(-1)
      this.#holds.set(compatibility, known)
    }
    if (known[device] === -1) known[device] = Number(compatible(compatibility, devices[device]!.report))
    return known[device] === 1
  }

  /** Whether a version fits the devices that it must, looked at by itself. */
  fits(value: number): boolean {
    const service = this.#candidates.catalogue.serviceOf[value]!
    return this.#suffices(service, this.#alone(value, true))
  }

  /** 1 for each device that a version can go to, other services left aside. */
  #alone(value: number, fitting: boolean): Uint8Array {
    const { catalogue, problem } = this.#candidates
    const named = this.#named.get(catalogue.serviceOf[value]!)
    const components = fitting ? this.components(value) : null
    return Uint8Array.from(problem.devices, (_, device) =>
      Number(named?.[device] !== 0 && (components === null || components[device]! >= 0)),
    )
  }

  /** Every named device, or at least one where none is named. */
  #suffices(service: number, places: Uint8Array): boolean {
    const named = this.#named.get(service)
    if (named === undefined) return places.includes(1)
    return named.every((wanted, device) => wanted === 0 || places[device] === 1)
  }

  /**
   * 1 for each device that a chosen version goes to; null as long as something that it extends is open.
   * @param choice the value chosen for each service, −1 where it is open @param held which constraints count
   * @param members gets the values that it depends on, itself first
   */
  places(value: number, choice: Int32Array, held: ConstraintSet, members: number[] = []): Uint8Array | null {
    const { catalogue } = this.#candidates
    members.length = 0
    members.push(value)
    const bases: [of: number, base: number][] = []
    for (let at = 0; at < members.length; at++) {
      for (const base of this.#bases(members[at]!, choice, held)) {
        if (base < 0) return null
        if (!members.includes(base)) members.push(base)
        bases.push([at, members.indexOf(base)])
      }
    }
    const places = members.map((member) =>
      this.#alone(member, held.has(ownConstraint(catalogue, catalogue.serviceOf[member]!, 'fit'))),
    )
    // Narrowed until nothing changes: services that extend one another go to the devices that all of them can go to.
    for (let changed = true; changed;) {
      changed = false
      for (const [of, base] of bases)
        for (let device = 0; device < places[of]!.length; device++)
          if (places[of]![device] === 1 && places[base]![device] === 0) {
            places[of]![device] = 0
            changed = true
          }
    }
    return places[0]!
  }

  /** What a chosen version extends: values, −1 for one that is open. Absent ones break the relation itself. */
  *#bases(value: number, choice: Int32Array, held: ConstraintSet): Generator<number> {
    const { catalogue } = this.#candidates
    const { rules, rulesOf } = catalogue
    for (let at = rulesOf.start[value]!; at < rulesOf.start[value + 1]!; at++) {
      const { kind, to, group } = rules[rulesOf.list[at]!]!
      if (kind === 'extends' && held.has(group) && choice[to] !== catalogue.absent(to)) yield choice[to]!
    }
  }

  /** Whether chosen versions that a service depends on leave it the devices that it must have; `members` gets them. */
  leaves(service: number, choice: Int32Array, held: ConstraintSet, members: number[]): boolean {
    const places = this.places(choice[service]!, choice, held, members)
    return places === null || this.#suffices(service, places)
  }
}
