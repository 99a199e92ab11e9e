import type { Tx } from '../../../platform/database.ts'
import type { VersionDefinition } from '../domain/definition.ts'
import { Catalogue, CatalogueService } from '../domain/resolver/catalogue.ts'
import type { DefinitionStorage } from './storage.ts'

/** As much is kept in memory, over all tenants; beyond it, what was kept is let go. */
const mostVersions = 50_000
const mostCatalogues = 100

interface Kept {
  readonly revision: string
  readonly service: CatalogueService
}

/**
 * Services with all their versions that were ever released, ready for the resolver: others are nobody's business before. What is kept is used only as long as the database says that it is still so:
 * one statement at each use, whichever hub made the change.
 */
export class Catalogues {
  readonly #rows: Pick<DefinitionStorage, 'revisions' | 'versionsOf'>
  readonly #kept = new Map<string, Map<string, Kept>>()
  readonly #made = new Map<string, { readonly services: readonly CatalogueService[]; readonly catalogue: Catalogue }>()
  #versions = 0

  constructor(rows: Pick<DefinitionStorage, 'revisions' | 'versionsOf'>) {
    this.#rows = rows
  }

  /**
   * These services and whatever their versions require, extend or recommend, and so on.
   * @param tx reads in a transaction, null outside of one
   */
  async catalogue(tx: Tx | null, tenant: string, services: readonly string[]): Promise<Catalogue> {
    const wanted = [...new Set(services)].sort()
    const found = await this.#load(tx, tenant, wanted)
    const name = `${tenant} ${wanted.join(' ')}`
    const made = this.#made.get(name)
    if (made !== undefined && sameEntries(made.services, found)) return made.catalogue
    const catalogue = new Catalogue(found)
    if (this.#made.size >= mostCatalogues) this.#made.clear()
    this.#made.set(name, { services: found, catalogue })
    return catalogue
  }

  async #load(tx: Tx | null, tenant: string, wanted: readonly string[]): Promise<CatalogueService[]> {
    const fresh = new Map<string, CatalogueService>()
    for (;;) {
      const open = this.#reachable(tenant, wanted, fresh).filter((service) => !fresh.has(service))
      if (open.length === 0) return [...fresh.values()]
      const revisions = await this.#rows.revisions(tx, tenant, open)
      const kept = this.#ofTenant(tenant)
      const stale = open.filter((service) => kept.get(service)?.revision !== (revisions.get(service) ?? ''))
      const versions = stale.length === 0 ? [] : await this.#rows.versionsOf(tx, tenant, stale)
      for (const service of stale) this.#keep(kept, service, revisions.get(service) ?? '', versions)
      for (const service of open) fresh.set(service, kept.get(service)!.service)
      this.#letGo()
    }
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
    kept.set(id, { revision, service: new CatalogueService(id, own) })
  }

  #letGo(): void {
    if (this.#versions <= mostVersions) return
    this.#kept.clear()
    this.#made.clear()
    this.#versions = 0
  }
}

function sameEntries<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((entry, at) => entry === other[at])
}
