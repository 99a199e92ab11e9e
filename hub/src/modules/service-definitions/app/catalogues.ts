import type { Tx } from '../../../platform/database.ts'
import { grouped } from '../../../platform/grouped.ts'
import type { VersionDefinition } from '../domain/definition.ts'
import { Catalogue, CatalogueService } from '../domain/resolver/catalogue.ts'
import type { DefinitionStorage, TenantServices } from './storage.ts'

/** As much is kept in memory, over all tenants; beyond it, what was kept is let go. */
const mostVersions = 50_000
const mostCatalogues = 100
/** Names of services that there are not; anybody can make up some. */
const mostUnknown = 1_000

type Named = Pick<VersionDefinition, 'service' | 'version'>

interface Kept {
  readonly revision: string
  readonly service: CatalogueService
  readonly versions: ReadonlyMap<string, VersionDefinition>
}

/** Looks at revisions that share a statement; that may wait. */
const together = { most: 200, waiting: 10_000 }

/**
 * Services with all their versions that were ever released, ready for the resolver: others are nobody's business before. What is kept is used only as long as the database says that it is still so,
 * whichever hub made the change: one statement at each use, which uses at the same time share; within a transaction it is looked at once.
 */
export class Catalogues {
  readonly #rows: Pick<DefinitionStorage, 'revisions' | 'versionsOf' | 'version'>
  readonly #kept = new Map<string, Map<string, Kept>>()
  readonly #inTransactions = new WeakMap<Tx, Map<string, Map<string, CatalogueService>>>()
  readonly #look: (wanted: TenantServices) => Promise<ReadonlyMap<string, string>>
  readonly #made = new Map<string, { readonly services: readonly CatalogueService[]; readonly catalogue: Catalogue }>()
  readonly #unknown = new Map<string, CatalogueService>()
  #versions = 0

  constructor(rows: Pick<DefinitionStorage, 'revisions' | 'versionsOf' | 'version'>) {
    this.#rows = rows
    this.#look = grouped(together, async (looks) => {
      const found = await rows.revisions(null, looks)
      return looks.map(({ tenant }) => found.get(tenant) ?? none)
    })
  }

  /**
   * These services and whatever their versions require, extend or recommend, and so on.
   * @param tx reads in a transaction, null outside of one
   * @param tried versions that somebody has, or is to have: those of them are there, too, that were never released
   */
  async catalogue(
    tx: Tx | null,
    tenant: string,
    services: readonly string[],
    tried: readonly Named[] = [],
  ): Promise<Catalogue> {
    const wanted = [...new Set(services)].sort()
    const found = await this.#load(tx, tenant, wanted)
    const candidates = await this.#candidates(tx, tenant, found, tried)
    if (candidates.length > 0) return this.#withCandidates(tx, tenant, wanted, candidates)
    const name = `${tenant} ${wanted.join(' ')}`
    const made = this.#made.get(name)
    if (made !== undefined && sameEntries(made.services, found)) return made.catalogue
    const catalogue = new Catalogue(found)
    if (this.#made.size >= mostCatalogues) this.#made.clear()
    this.#made.set(name, { services: found, catalogue })
    return catalogue
  }

  async #candidates(
    tx: Tx | null,
    tenant: string,
    found: readonly CatalogueService[],
    tried: readonly Named[],
  ): Promise<VersionDefinition[]> {
    const known = new Map(found.map((service) => [service.id, service]))
    const unknown = tried.filter(
      ({ service, version }) => known.get(service)?.versions.some((each) => each.version === version) === false,
    )
    const looked = await Promise.all(
      unknown.map(({ service, version }) => this.#rows.version(tx, tenant, service, version)),
    )
    return looked.filter((each) => each !== null)
  }

  /** Made for whoever tries them, and not kept. */
  async #withCandidates(
    tx: Tx | null,
    tenant: string,
    wanted: readonly string[],
    candidates: readonly VersionDefinition[],
  ): Promise<Catalogue> {
    const needs = new CatalogueService('', candidates).needs
    const found = await this.#load(tx, tenant, [...new Set([...wanted, ...needs])].sort())
    const of = Map.groupBy(candidates, ({ service }) => service)
    return new Catalogue(
      found.map((each) => {
        const own = of.get(each.id)
        return own === undefined ? each : new CatalogueService(each.id, [...each.versions, ...own])
      }),
    )
  }

  /** One version; null where there is none, or it was never released. */
  async version(tenant: string, service: string, version: string): Promise<VersionDefinition | null> {
    return (await this.#lookAt(null, tenant, [service])).get(service)?.versions.get(version) ?? null
  }

  async #load(tx: Tx | null, tenant: string, wanted: readonly string[]): Promise<CatalogueService[]> {
    const fresh = this.#freshIn(tx, tenant)
    for (;;) {
      const open = this.#reachable(tenant, wanted, fresh).filter((service) => !fresh.has(service))
      if (open.length === 0) return this.#reachable(tenant, wanted, fresh).map((service) => fresh.get(service)!)
      const looked = await this.#lookAt(tx, tenant, open)
      for (const service of open) fresh.set(service, looked.get(service)?.service ?? this.#absent(service))
    }
  }

  /** As the database says that they are, those that there are. */
  async #lookAt(tx: Tx | null, tenant: string, services: readonly string[]): Promise<Map<string, Kept>> {
    const revisions = await this.#revisions(tx, tenant, services)
    const kept = this.#ofTenant(tenant)
    const known = services.filter((service) => revisions.has(service))
    const stale = known.filter((service) => kept.get(service)?.revision !== revisions.get(service))
    const versions = stale.length === 0 ? [] : await this.#rows.versionsOf(tx, tenant, stale)
    for (const service of stale) this.#keep(kept, service, revisions.get(service)!, versions)
    const found = new Map(known.map((service) => [service, kept.get(service)!]))
    this.#letGo()
    return found
  }

  /** A service that there is not, the same each time. */
  #absent(service: string): CatalogueService {
    const known = this.#unknown.get(service)
    if (known !== undefined) return known
    const made = new CatalogueService(service, [])
    if (this.#unknown.size >= mostUnknown) this.#unknown.clear()
    this.#unknown.set(service, made)
    return made
  }

  /** What this transaction has looked at already. */
  #freshIn(tx: Tx | null, tenant: string): Map<string, CatalogueService> {
    if (tx === null) return new Map()
    const known = this.#inTransactions.get(tx) ?? new Map<string, Map<string, CatalogueService>>()
    this.#inTransactions.set(tx, known)
    const own = known.get(tenant) ?? new Map<string, CatalogueService>()
    known.set(tenant, own)
    return own
  }

  async #revisions(tx: Tx | null, tenant: string, services: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const wanted = { tenant, services }
    if (tx === null) return this.#look(wanted)
    return (await this.#rows.revisions(tx, [wanted])).get(tenant) ?? none
  }

  /** By what is known so far: what is looked at already, else what is kept, however old. */
  #reachable(tenant: string, wanted: readonly string[], fresh: ReadonlyMap<string, CatalogueService>): string[] {
    const found = new Set(wanted)
    const kept = this.#ofTenant(tenant)
    for (const id of found) for (const need of (fresh.get(id) ?? kept.get(id)?.service)?.needs ?? []) found.add(need)
    return [...found]
  }

  #ofTenant(tenant: string): Map<string, Kept> {
    const kept = this.#kept.get(tenant) ?? new Map<string, Kept>()
    this.#kept.set(tenant, kept)
    return kept
  }

  #keep(kept: Map<string, Kept>, id: string, revision: string, versions: readonly VersionDefinition[]): void {
    const own = versions.filter(({ service }) => service === id)
    this.#versions += own.length - (kept.get(id)?.service.versions.length ?? 0)
    const byVersion = new Map(own.map((each) => [each.version, each]))
    kept.set(id, { revision, service: new CatalogueService(id, own), versions: byVersion })
  }

  #letGo(): void {
    if (this.#versions <= mostVersions) return
    this.#kept.clear()
    this.#made.clear()
    this.#versions = 0
  }
}

const none: ReadonlyMap<string, string> = new Map()

function sameEntries<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((entry, at) => entry === other[at])
}
