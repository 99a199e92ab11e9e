import { satisfies } from 'semver'
import { InvariantError } from '../../../../platform/errors.ts'
import { mostOpen, offers, steadiness, type Channel } from '../channels.ts'
import type { Catalogue } from './catalogue.ts'
import { ownKinds } from './constraints.ts'
import { choosable, type CatalogueVersion, type Problem, type Wish } from './problem.ts'

const bit = Object.fromEntries(ownKinds.map((kind, at) => [kind, 1 << at])) as Record<(typeof ownKinds)[number], number>

/** What a problem says of each service by itself: what may not be chosen and on what ground, and what is preferred. */
export class Candidates {
  readonly catalogue: Catalogue
  readonly problem: Problem
  /** Per value, a bit for each of `ownKinds` that rules it out; of `fit` nothing is known here. */
  readonly barred: Uint8Array
  readonly wishOf: ReadonlyMap<number, Wish>
  /** Per service: the installed value, or −1. */
  readonly installed: Int32Array
  /** What services get that nobody wishes by itself. */
  readonly commonChannel: Channel
  /** Wished services that a chosen version can stand in for, with the values that do. */
  readonly standIns = new Map<number, Int32Array>()
  readonly #preference: (Int32Array | undefined)[] = []

  constructor(catalogue: Catalogue, problem: Problem) {
    this.catalogue = catalogue
    this.problem = problem
    this.wishOf = new Map(problem.wishes.map((wish) => [numberOf(catalogue, wish.service), wish]))
    requireSound(problem)
    this.commonChannel = mostOpen(problem.wishes.map(({ channel }) => channel))
    this.installed = new Int32Array(catalogue.services.length).fill(-1)
    for (const { service, version } of problem.installed) {
      const number = catalogue.numberOf(service)
      if (number !== undefined) this.installed[number] = catalogue.valueOf(number, version) ?? -1
    }
    this.barred = new Uint8Array(catalogue.values)
    for (let service = 0; service < catalogue.services.length; service++) this.#bar(service)
    for (const [service, wish] of this.wishOf) this.#findStandIns(service, wish)
    for (const service of this.wishOf.keys())
      if (!this.standIns.has(service)) this.barred[catalogue.absent(service)]! |= bit.wish
  }

  #bar(service: number): void {
    const { catalogue, problem, installed, barred } = this
    const { versions, numbers } = catalogue.services[service]!
    const wish = this.wishOf.get(service)
    const channel = wish?.channel ?? this.commonChannel
    const inRange = wish?.range === undefined ? null : catalogue.services[service]!.within(wish.range)
    const finals = versions.some(
      (one, at) => isFinal(numbers[at]!) && one.state === 'released' && one.channel === 'stable',
    )
    const allow = problem.allow ?? choosable
    for (const [at, version] of versions.entries()) {
      const value = catalogue.first[service]! + at
      const here = installed[service] === value
      const pinned = wish?.version === version.version
      if (wish?.version !== undefined && !pinned) barred[value]! |= bit.limit
      if (inRange?.[at] === 0) barred[value]! |= bit.limit
      if (!allow({ version, wished: wish !== undefined, pinned, installed: here })) barred[value]! |= bit.state
      // What was never released is barred by its state, unless the caller lets it be.
      if (pinned || here || version.channel === null) continue
      const early = channel === 'stable' && finals && !isFinal(numbers[at]!) && !named(version, wish)
      if (early || !offers(channel, version.channel)) barred[value]! |= bit.channel
    }
  }

  /** A wish for what is installed is met, too, by a version that replaces it. */
  #findStandIns(service: number, wish: Wish): void {
    const { catalogue, problem } = this
    const installed = problem.installed.find((one) => one.service === wish.service)
    if (installed === undefined) return
    const { start, list } = catalogue.incoming
    const found: number[] = []
    for (let at = start[service]!; at < start[service + 1]!; at++) {
      const { id, kind, range } = catalogue.rules[list[at]!]!
      if (kind !== 'replaces' || !covers(range, installed.version)) continue
      if (wish.version !== undefined && !covers(range, wish.version)) continue
      const { holders } = catalogue
      found.push(...holders.list.subarray(holders.start[id]!, holders.start[id + 1]!))
    }
    if (found.length > 0) this.standIns.set(service, Int32Array.from(found))
  }

  /** Values in the order in which they are tried; absence last. */
  preference(service: number): Int32Array {
    return (this.#preference[service] ??= this.#order(service))
  }

  #order(service: number): Int32Array {
    const { catalogue, installed, problem } = this
    const wish = this.wishOf.get(service)
    const first = catalogue.first[service]!
    const values = Array.from({ length: catalogue.services[service]!.versions.length }, (_, at) => first + at)
    // What nobody wishes by itself opens up no further than others need it.
    if (wish === undefined) values.sort((one, other) => this.#caution(one) - this.#caution(other) || one - other)
    const keep = wish === undefined ? problem.keepRequired === true : wish.keep === true
    const here = installed[service]!
    const ordered = keep && here >= 0 ? [here, ...values.filter((value) => value !== here)] : values
    return Int32Array.from([...ordered, catalogue.absent(service)])
  }

  #caution(value: number): number {
    const { state, channel } = this.catalogue.version(value)!
    return (state === 'deprecated' ? 3 : 0) + (channel === null ? 2 : 2 - steadiness(channel))
  }
}

function requireSound({ wishes, devices }: Problem): void {
  if (new Set(wishes.map(({ service }) => service)).size < wishes.length)
    throw new InvariantError('a service is wished twice')
  const known = new Set(devices.map(({ id }) => id))
  for (const { service, devices: named } of wishes)
    if (named !== undefined && (named.length === 0 || !named.every((id) => known.has(id))))
      throw new InvariantError(`the wish for ${service} names devices that the household does not have`)
}

function numberOf(catalogue: Catalogue, service: string): number {
  const number = catalogue.numberOf(service)
  if (number === undefined) throw new InvariantError(`the catalogue was made without ${service}, which is wished`)
  return number
}

function isFinal({ prerelease }: { readonly prerelease: readonly unknown[] }): boolean {
  return prerelease.length === 0
}

/** Whether the wish's range names this pre-release, by the rule that semver has for that. */
function named({ version }: CatalogueVersion, wish: Wish | undefined): boolean {
  return wish?.range !== undefined && satisfies(version, wish.range)
}

function covers(range: string, version: string): boolean {
  return satisfies(version, range, { includePrerelease: true })
}
