import type {
  CatalogueVersion,
  Problem,
  ResolverDevice,
} from '../../../hub/src/modules/service-definitions/domain/resolver/problem.ts'
import { Catalogue, CatalogueService } from '../../../hub/src/modules/service-definitions/domain/resolver/catalogue.ts'
import { randomOf, type Random } from './random.ts'

export const services = 200
const versionsPerService = 50

const classes = ['set-top-box', 'phone', 'gateway'] as const
type Relations = CatalogueVersion['relations']

/** Newest last: ten minor versions of each of five majors. */
export const numbers = Array.from({ length: versionsPerService }, (_, at) => `${1 + Math.floor(at / 10)}.${at % 10}.0`)

export const nameOf = (service: number): string => `service-${String(service).padStart(3, '0')}`

/** A catalogue of 200 services with 50 versions each; `relations` says what a version asks of others. */
function catalogueOf(relations: (service: number, version: number) => Relations): CatalogueService[] {
  return Array.from({ length: services }, (_, service) => {
    const versions = numbers.map((version, at) => versionOf(service, at, version, relations(service, at)))
    return new CatalogueService(nameOf(service), versions)
  })
}

function versionOf(service: number, at: number, version: string, relations: Relations): CatalogueVersion {
  const channel = at >= versionsPerService - 2 ? 'beta' : 'stable'
  const components = classes.map((deviceClass) => ({
    name: `for-${deviceClass}`,
    deviceClass,
    // As many different ones as developers write: some dozens in all.
    compatibility: `report.memory.total >= ${(1 + (service % 10)) * 10_000_000} && report.hardware.cpus >= ${1 + (at % 4 === 3 ? 1 : 0)}`,
    restart: 'none' as const,
    role: 'files' as const,
    reports: null,
    health: null,
    after: [],
    manifest: { digest: 'a'.repeat(64), size: 1 },
    files: 1,
    bytes: 1,
  }))
  return { service: nameOf(service), version, state: 'released', channel, relations, components }
}

/**
 * As services are: each needs some of those that are more basic, in the major version that was new at its time, some recommend, a few
 * rule out an older one or take its place.
 */
export function realistic(seed: number): CatalogueService[] {
  const random = randomOf(seed)
  const needs = Array.from({ length: services }, (_, service) => basicOnes(random, service))
  return catalogueOf((service, version) => {
    const major = 1 + Math.floor(version / 10)
    const relations: Relations[number][] = needs[service]!.map((need) => ({
      kind: 'requires',
      service: nameOf(need),
      range: `^${major}.0.0 || ^${Math.max(1, major - 1)}.0.0`,
    }))
    if (service % 7 === 3) relations.push({ kind: 'recommends', service: nameOf(service - 1), range: '*' })
    if (service % 11 === 5) relations.push({ kind: 'conflicts', service: nameOf(service - 2), range: '<2.0.0' })
    if (service % 13 === 6) relations.push({ kind: 'replaces', service: nameOf(service - 3), range: '<1.5.0' })
    return relations
  })
}

function basicOnes(random: Random, service: number): number[] {
  if (service < 10) return []
  const some = Array.from({ length: 1 + random(3) }, () => random(service))
  return [...new Set(some)].filter((need) => service - need > 3)
}

/**
 * As bad as relations can be and still have an answer: each version needs versions of four others, chosen by chance among those around
 * one hidden version per service, so that newest ones contradict each other nearly everywhere.
 */
export function entangled(seed: number): CatalogueService[] {
  const random = randomOf(seed)
  const hidden = Array.from({ length: services }, () => random(versionsPerService - 2))
  return catalogueOf((service, version) => {
    const good = hidden[service] === version
    const others = [...new Set(Array.from({ length: 4 }, () => random(services)))].filter((one) => one !== service)
    return others.map((other): Relations[number] => {
      const at = good ? hidden[other]! : random(versionsPerService)
      const [low, high] = [Math.max(0, at - random(8)), Math.min(versionsPerService - 1, at + random(8))]
      return { kind: 'requires', service: nameOf(other), range: `>=${numbers[low]} <=${numbers[high]}` }
    })
  })
}

/** Every version of every service needs a version of one other, in a range that leaves a third of them. */
export function dense(seed: number): CatalogueService[] {
  const random = randomOf(seed)
  const hidden = Array.from({ length: services }, () => random(versionsPerService - 2))
  return catalogueOf((service, version) => {
    const other = (service + 1 + random(services - 1)) % services
    const at = hidden[service] === version ? hidden[other]! : random(versionsPerService)
    const [low, high] = [Math.max(0, at - random(16)), Math.min(versionsPerService - 1, at + random(16))]
    return [{ kind: 'requires', service: nameOf(other), range: `>=${numbers[low]} <=${numbers[high]}` }]
  })
}

export function catalogue(services: readonly CatalogueService[]): Catalogue {
  return new Catalogue(services)
}

const household: readonly ResolverDevice[] = (['gateway', 'set-top-box', 'phone', 'phone'] as const).map(
  (deviceClass, at) => ({
    id: `dev-${at}`,
    class: deviceClass,
    report: {
      class: deviceClass,
      hardware: { model: 'm', arch: 'arm64', cpus: at === 0 ? 1 : 4 },
      os: { name: 'linux', version: '6.1' },
      memory: { total: 64_000_000 * (at + 2) },
      storage: { total: 1, free: 1 },
      runtimes: {},
      features: [],
      timeZone: 'UTC',
      installed: [],
    },
  }),
)

/** A household that wishes these services, newest. */
export function wishing(wished: readonly number[], more: Partial<Problem> = {}): Problem {
  const wishes = wished.map((service) => ({ service: nameOf(service), channel: 'stable' as const }))
  return { devices: household, wishes, installed: [], ...more }
}
