import { SemVer } from 'semver'
import { byNewest } from '../version-choice.ts'
import type { Relation } from '../definition.ts'
import type { CatalogueVersion } from './problem.ts'
import { within } from './ranges.ts'
import { indexed, type Index } from './index-lists.ts'

/** A relation that one or more versions of a service have, with the same range. */
export interface Rule {
  readonly id: number
  readonly kind: Relation['kind']
  /** Services by number. */
  readonly from: number
  readonly to: number
  readonly range: string
  /** Rules of the same kind between the same services, whatever the range, are one constraint. */
  readonly group: number
}

/** One service with all its versions, newest first, ready to be compared. Made once per service and kept. */
export class CatalogueService {
  readonly id: string
  readonly versions: readonly CatalogueVersion[]
  readonly numbers: readonly SemVer[]
  /** Services that may come with it: what some version requires, extends or recommends. */
  readonly needs: readonly string[]
  /** By range. */
  readonly #within = new Map<string, Uint8Array>()

  constructor(id: string, versions: readonly CatalogueVersion[]) {
    this.id = id
    this.versions = versions.toSorted(byNewest)
    this.numbers = this.versions.map((one) => new SemVer(one.version))
    const relations = this.versions.flatMap((version) => version.relations)
    const needs = relations.filter(({ kind }) => kind !== 'conflicts' && kind !== 'replaces')
    this.needs = [...new Set(needs.map(({ service }) => service))]
  }

  /** 1 for each version that is in the range, 0 for the others. */
  within(range: string): Uint8Array {
    const known = this.#within.get(range)
    if (known !== undefined) return known
    const inside = within(this.numbers, range)
    this.#within.set(range, inside)
    return inside
  }
}

/**
 * Services, versions and relations as numbers. Each service's *values* are its versions, newest first, and after them one for its
 * absence; they are numbered through all services. Services that are named only by relations are there without versions.
 */
export class Catalogue {
  readonly services: readonly CatalogueService[]
  /** The first value of each service; the last entry is the number of all values. */
  readonly first: Int32Array
  readonly serviceOf: Int32Array
  readonly rules: readonly Rule[]
  /** How many constraints the rules make. */
  readonly groups: number
  /** Rules of a value; values of a rule; rules to a service. */
  readonly rulesOf: Index
  readonly holders: Index
  readonly incoming: Index
  /** Services of which some version extends another. */
  readonly extenders: readonly number[]
  readonly #numberOf: ReadonlyMap<string, number>
  readonly #blocked: (Int32Array | undefined)[] = []
  readonly #asked: (Int32Array | undefined)[] = []

  /** @param known services by id, each once; what their relations name and what is not among them has no versions */
  constructor(known: readonly CatalogueService[]) {
    this.services = withNamed(known)
    this.#numberOf = new Map(this.services.map((service, number) => [service.id, number]))
    this.first = new Int32Array(this.services.length + 1)
    for (const [s, { versions }] of this.services.entries()) this.first[s + 1] = this.first[s]! + versions.length + 1
    this.serviceOf = new Int32Array(this.values)
    for (let s = 0; s < this.services.length; s++) this.serviceOf.fill(s, this.first[s], this.first[s + 1])
    const { rules, groups, held } = rulesIn(this.services, this.#numberOf)
    this.rules = rules
    this.groups = groups
    this.rulesOf = indexed(this.values, held)
    this.holders = indexed(
      rules.length,
      held.map(([value, rule]) => [rule, value]),
    )
    this.incoming = indexed(
      this.services.length,
      rules.map(({ to, id }) => [to, id]),
    )
    const extending = rules.filter(({ kind }) => kind === 'extends')
    this.extenders = [...new Set(extending.map(({ from }) => from))]
  }

  get values(): number {
    return this.first[this.services.length]!
  }

  numberOf(service: string): number | undefined {
    return this.#numberOf.get(service)
  }

  /** The value that says that a service is not there. */
  absent(service: number): number {
    return this.first[service + 1]! - 1
  }

  /** A version by its name; undefined when there is none. */
  find(service: string, version: string): CatalogueVersion | undefined {
    const number = this.#numberOf.get(service)
    return number === undefined ? undefined : this.services[number]!.versions.find((one) => one.version === version)
  }

  /** The version that a value stands for; undefined for absence. */
  version(value: number): CatalogueVersion | undefined {
    const service = this.serviceOf[value]!
    return this.services[service]!.versions[value - this.first[service]!]
  }

  /** The value of a version; undefined when the service has none of that number. */
  valueOf(service: number, version: string): number | undefined {
    const at = this.services[service]!.versions.findIndex((one) => one.version === version)
    return at < 0 ? undefined : this.first[service]! + at
  }

  /** Whether a value may not stand beside a version that has the rule. */
  blocks({ kind, to, range }: Rule, value: number): boolean {
    if (kind === 'recommends') return false
    const at = value - this.first[to]!
    const inside = this.services[to]!.within(range)[at] === 1
    return asks({ kind }) ? !inside : inside
  }

  /** Values of the other service that are in a rule's range. */
  inside({ to, range }: Pick<Rule, 'to' | 'range'>): number[] {
    const inside = this.services[to]!.within(range)
    const first = this.first[to]!
    return [...inside.keys()].filter((at) => inside[at] === 1).map((at) => first + at)
  }

  /** What a rule that asks for another service is content with; empty for rules of other kinds. */
  asked(rule: Rule): Int32Array {
    return (this.#asked[rule.id] ??= Int32Array.from(asks(rule) ? this.inside(rule) : []))
  }

  /** All values that may not stand beside a version that has the rule. */
  blocked(rule: Rule): Int32Array {
    const known = this.#blocked[rule.id]
    if (known !== undefined) return known
    const found: number[] = []
    for (let value = this.first[rule.to]!; value < this.first[rule.to + 1]!; value++)
      if (this.blocks(rule, value)) found.push(value)
    return (this.#blocked[rule.id] = Int32Array.from(found))
  }
}

/** Whether a rule is kept only if the other service is there. */
export function asks({ kind }: Pick<Rule, 'kind'>): boolean {
  return kind === 'requires' || kind === 'extends'
}

/** The same, with what their relations name, by id. */
function withNamed(known: readonly CatalogueService[]): CatalogueService[] {
  const byId = new Map(known.map((service) => [service.id, service]))
  for (const { versions } of known)
    for (const { relations } of versions)
      for (const { service } of relations) if (!byId.has(service)) byId.set(service, new CatalogueService(service, []))
  return [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
}

function rulesIn(services: readonly CatalogueService[], numberOf: ReadonlyMap<string, number>) {
  const rules: Rule[] = []
  const groups = new Map<string, number>()
  const held: [value: number, rule: number][] = []
  let value = 0
  for (const [from, { versions }] of services.entries()) {
    const known = new Map<string, number>()
    for (const { relations } of versions) {
      for (const { kind, service, range } of relations) {
        const name = `${kind} ${service} ${range}`
        const id = known.get(name) ?? rules.length
        if (id === rules.length) {
          const constraint = `${from} ${kind} ${service}`
          const group = groups.get(constraint) ?? groups.size
          groups.set(constraint, group)
          rules.push({ id, kind, from, to: numberOf.get(service)!, range, group })
          known.set(name, id)
        }
        held.push([value, id])
      }
      value++
    }
    value++
  }
  return { rules, groups: groups.size, held }
}
