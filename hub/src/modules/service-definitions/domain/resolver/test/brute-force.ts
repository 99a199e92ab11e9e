import semver from 'semver'
import { offers, mostOpen, channels } from '../../channels.ts'
import { fit, untested } from '../../fit.ts'
import { choosable, type CatalogueVersion, type Constraint, type Problem, type Wish } from '../problem.ts'

/** A version or none for each service. */
export type Choice = ReadonlyMap<string, CatalogueVersion | null>

const within = (version: string, range: string): boolean =>
  semver.satisfies(version, range, { includePrerelease: true })

/** The rules of the resolver once more, written down as directly as can be, to be held against it in small households. */
export class BruteForce {
  readonly versions: readonly CatalogueVersion[]
  readonly problem: Problem
  readonly #held: ReadonlySet<string> | null
  readonly #services: readonly string[]

  /** @param held the only constraints that count; null = all */
  constructor(versions: readonly CatalogueVersion[], problem: Problem, held: readonly Constraint[] | null = null) {
    this.versions = versions
    this.problem = problem
    this.#held = held === null ? null : new Set(held.map(nameOf))
    const named = versions.flatMap(({ service, relations }) => [service, ...relations.map((one) => one.service)])
    this.#services = [...new Set([...named, ...problem.wishes.map(({ service }) => service)])].sort()
  }

  /** Every choice that breaks nothing. */
  *solutions(): Generator<Choice> {
    for (const choice of this.#choices(0, new Map())) if (this.#isValid(choice)) yield choice
  }

  isSatisfiable(): boolean {
    return !this.solutions().next().done
  }

  /** The best of all choices that break nothing: only what is there, in the order in which it comes up. */
  best(): readonly (readonly [string, string])[] | null {
    const ranked = [...this.solutions()].map((choice) => this.#walk(choice))
    const best = ranked.sort((one, other) => compare(one.ranks, other.ranks))[0]
    return best === undefined ? null : best.present
  }

  *#choices(at: number, sofar: Map<string, CatalogueVersion | null>): Generator<Choice> {
    const service = this.#services[at]
    if (service === undefined) {
      yield sofar
      return
    }
    for (const version of [...this.#newestFirst(service), null])
      yield* this.#choices(at + 1, new Map([...sofar, [service, version]]))
  }

  #newestFirst(service: string): CatalogueVersion[] {
    return this.versions
      .filter((version) => version.service === service)
      .sort((one, other) => semver.rcompare(one.version, other.version))
  }

  #counts(constraint: Constraint): boolean {
    return this.#held === null || this.#held.has(nameOf(constraint))
  }

  #wish(service: string): Wish | undefined {
    return this.problem.wishes.find((wish) => wish.service === service)
  }

  #isInstalled({ service, version }: CatalogueVersion): boolean {
    return this.problem.installed.some((one) => one.service === service && one.version === version)
  }

  #isValid(choice: Choice): boolean {
    const there = [...choice.values()].filter((version) => version !== null)
    return (
      there.every((version) => this.#mayBe(version)) &&
      this.problem.wishes.every((wish) => this.#isMet(wish, choice, there)) &&
      there.every((version) => this.#holdsRelations(version, choice)) &&
      there.every((version) => this.#hasPlace(version, choice)) &&
      this.#isGrounded(choice, there)
    )
  }

  #mayBe(version: CatalogueVersion): boolean {
    const { service, channel } = version
    const wish = this.#wish(service)
    const installed = this.#isInstalled(version)
    const pinned = wish?.version === version.version
    const limited =
      (wish?.version !== undefined && !pinned) || (wish?.range !== undefined && !within(version.version, wish.range))
    if (limited && this.#counts({ kind: 'limit', service })) return false
    const allowed = (this.problem.allow ?? choosable)({ version, wished: wish !== undefined, pinned, installed })
    if (!allowed && this.#counts({ kind: 'state', service })) return false
    if (pinned || installed || channel === null || !this.#counts({ kind: 'channel', service })) return true
    const taken = this.#taken(service)
    if (!offers(taken, channel)) return false
    return taken !== 'stable' || this.#isNoEarlyOne(version, wish)
  }

  #taken(service: string) {
    return this.#wish(service)?.channel ?? mostOpen(this.problem.wishes.map(({ channel }) => channel))
  }

  #isNoEarlyOne({ service, version }: CatalogueVersion, wish: Wish | undefined): boolean {
    if (semver.prerelease(version) === null) return true
    if (wish?.range !== undefined && semver.satisfies(version, wish.range)) return true
    const finals = this.versions.filter(
      ({ service: of, state, channel, version: one }) =>
        of === service && state === 'released' && channel === 'stable' && semver.prerelease(one) === null,
    )
    return finals.length === 0
  }

  #isMet(wish: Wish, choice: Choice, there: readonly CatalogueVersion[]): boolean {
    if (choice.get(wish.service) !== null || !this.#counts({ kind: 'wish', service: wish.service })) return true
    return there.some((version) => this.standsIn(version, wish))
  }

  standsIn(version: CatalogueVersion, wish: Wish): boolean {
    const installed = this.problem.installed.find(({ service }) => service === wish.service)
    if (installed === undefined) return false
    return version.relations.some(
      ({ kind, service, range }) =>
        kind === 'replaces' &&
        service === wish.service &&
        within(installed.version, range) &&
        (wish.version === undefined || within(wish.version, range)),
    )
  }

  #holdsRelations({ service, relations }: CatalogueVersion, choice: Choice): boolean {
    return relations.every(({ kind, service: to, range }) => {
      if (!this.#counts({ kind: 'relation', service, relation: kind, to })) return true
      const other = choice.get(to) ?? null
      const inside = other !== null && within(other.version, range)
      if (kind === 'requires' || kind === 'extends') return inside
      return kind === 'recommends' || !inside
    })
  }

  #hasPlace(version: CatalogueVersion, choice: Choice): boolean {
    const { service } = version
    const named = this.#wish(service)?.devices
    const places = this.places(choice)
    const going = this.problem.devices.filter(({ id }) => places.has(`${service} ${id}`))
    return named === undefined ? going.length > 0 : named.every((id) => going.some((device) => device.id === id))
  }

  /** “service device” for all that goes somewhere. */
  places(choice: Choice): ReadonlySet<string> {
    const places = new Set<string>()
    for (const version of choice.values()) {
      if (version === null) continue
      const { service } = version
      const named = this.#wish(service)?.devices
      for (const { id, report, class: deviceClass, tester = false } of this.problem.devices) {
        if (named !== undefined && !named.includes(id)) continue
        const fits = untested(version, tester) === null && fit(version, report, deviceClass).component !== null
        if (fits || !this.#counts({ kind: 'fit', service })) places.add(`${service} ${id}`)
      }
    }
    for (let before = -1; before !== places.size;) {
      before = places.size
      for (const version of choice.values()) if (version !== null) this.#narrow(version, choice, places)
    }
    return places
  }

  #narrow({ service, relations }: CatalogueVersion, choice: Choice, places: Set<string>): void {
    for (const { kind, service: to } of relations) {
      if (kind !== 'extends' || !this.#counts({ kind: 'relation', service, relation: kind, to })) continue
      if ((choice.get(to) ?? null) === null) continue
      for (const { id } of this.problem.devices) if (!places.has(`${to} ${id}`)) places.delete(`${service} ${id}`)
    }
  }

  #isGrounded(choice: Choice, there: readonly CatalogueVersion[]): boolean {
    const { order } = this.#walk(choice)
    return there.every(({ service }) => order.includes(service))
  }

  #walk(choice: Choice) {
    const order: string[] = []
    const push = (service: string): void => void (order.includes(service) || order.push(service))
    const replaceable = (wish: Wish) => this.versions.some((version) => this.standsIn(version, wish))
    for (const wish of this.problem.wishes) if (!replaceable(wish)) push(wish.service)
    for (const wish of this.problem.wishes) if (replaceable(wish)) push(wish.service)
    const ranks: number[] = []
    for (let at = 0; at < order.length; at++) {
      const version = choice.get(order[at]!) ?? null
      ranks.push(this.#preferred(order[at]!, order.slice(0, at), choice).indexOf(version))
      for (const { kind, service } of version?.relations ?? [])
        if (kind === 'requires' || kind === 'extends') push(service)
    }
    const present = order.flatMap((service) => {
      const version = choice.get(service) ?? null
      return version === null ? [] : [[service, version.version] as const]
    })
    return { order, ranks, present }
  }

  #preferred(service: string, earlier: readonly string[], choice: Choice): (CatalogueVersion | null)[] {
    const wish = this.#wish(service)
    const versions = this.#newestFirst(service)
    const caution = ({ state, channel }: CatalogueVersion) =>
      (state === 'deprecated' ? 3 : 0) + (channel === null ? 2 : 2 - channels.indexOf(channel))
    if (wish === undefined) versions.sort((one, other) => caution(one) - caution(other))
    if (wish === undefined ? this.problem.keepRequired === true : wish.keep === true)
      versions.sort((one, other) => Number(this.#isInstalled(other)) - Number(this.#isInstalled(one)))
    const replaced = earlier.some((one) => {
      const version = choice.get(one) ?? null
      return wish !== undefined && version !== null && this.standsIn(version, wish)
    })
    return replaced ? [null, ...versions] : [...versions, null]
  }
}

function nameOf(constraint: Constraint): string {
  return Object.values(constraint).join(' ')
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [at, rank] of one.entries()) {
    if (at >= other.length) return 1
    if (rank !== other[at]) return rank - other[at]!
  }
  return one.length - other.length
}
