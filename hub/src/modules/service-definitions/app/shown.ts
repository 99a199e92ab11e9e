import type { Access, Principal } from '../../../platform/access.ts'
import type { Finder } from '../../entity-management/index.ts'
import type { Service, VersionDefinition } from '../domain/definition.ts'
import { isPublic } from '../domain/lifecycle.ts'
import { byNewest } from '../domain/version-choice.ts'
import type { DefinitionStorage } from './storage.ts'
import { seesAll, visibilityOf, visibleService } from './visibility.ts'

/** Services and versions as far as a principal may see them, for whatever interface shows them. */
export interface ShownCatalogue {
  /** By id; at most `limit`. @throws CallerError `forbidden` */
  services(principal: Principal, category: string | null, limit: number): Promise<Service[]>
  /** @throws CallerError `not-found`, `forbidden` */
  service(principal: Principal, id: string): Promise<Service>
  /** The versions of these services, which the principal was shown: newest first, by service. */
  versions(principal: Principal, services: readonly Service[]): Promise<Map<string, VersionDefinition[]>>
  /** By id and title, for the one search. */
  readonly find: Finder
}

export function shownCatalogue(rows: DefinitionStorage, access: Access): ShownCatalogue {
  return {
    services: (principal, category, limit) => rows.services(visibilityOf(access, principal), category, null, limit),
    service: (principal, id) => visibleService(rows, visibilityOf(access, principal), id),
    async versions(principal, services) {
      const visible = visibilityOf(access, principal)
      const known = new Map(services.map((service) => [service.id, service]))
      const all = await rows.versionsOf(null, visible.tenant, [...known.keys()])
      const seen = all.filter(({ service, state }) => isPublic(state) || seesAll(visible, known.get(service)!))
      return Map.groupBy(seen.toSorted(byNewest), ({ service }) => service)
    },
    async find(principal, text, most) {
      if (!access.visible(principal, 'service.read').all) return []
      const found = await rows.called(visibilityOf(access, principal), text, most)
      return found.map(({ id, title, state }) => ({ id, label: title, detail: state, household: null }))
    },
  }
}
