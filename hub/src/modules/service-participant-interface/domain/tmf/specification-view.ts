import type { Service, VersionDefinition } from '../../../service-definitions/index.ts'
import { compact, type TmfObject } from './fields.ts'
import type { TmfLinks } from './links.ts'

/** TMF633's life cycle (3.2 there), by the state of a version or of a service as a whole. */
export const lifecycleStatuses = {
  draft: 'In design',
  candidate: 'In test',
  released: 'Active',
  deprecated: 'Retired',
  retired: 'Obsolete',
} as const satisfies Record<VersionDefinition['state'], string>

/** A version of a service, or a service that has none yet, as TMF633 v4 shows it. */
export function specificationView(service: Service, version: VersionDefinition | null, links: TmfLinks): TmfObject {
  return compact({
    id: service.id,
    href: links.specification(service.id, version?.version),
    name: service.title,
    description: version?.notes,
    version: version?.version,
    lifecycleStatus: lifecycleStatuses[version?.state ?? service.state],
    isBundle: false,
    lastUpdate: new Date(version?.releasedAt ?? version?.createdAt ?? service.createdAt).toISOString(),
    validFor: version?.releasedAt ? { startDateTime: new Date(version.releasedAt).toISOString() } : undefined,
    relatedParty: [{ id: service.developer, role: 'developer', '@referredType': 'Organization' }],
    serviceSpecRelationship: version?.relations.map(({ kind, service: other, range }) => ({
      id: other,
      href: links.specification(other),
      relationshipType: kind,
      version: range,
      '@type': 'ServiceSpecRelationship',
    })),
    resourceSpecification: version?.components.map(({ name, deviceClass }) => ({
      id: name,
      name: deviceClass,
      '@referredType': 'ResourceSpecification',
    })),
    specCharacteristic: [
      characteristic('channel', 'Where the newest version is looked for', ['stable', 'beta', 'alpha'], 'stable'),
      { name: 'devices', description: 'Only these devices of the household', valueType: 'array', configurable: true },
    ],
    '@type': 'ServiceSpecification',
  })
}

function characteristic(name: string, description: string, values: readonly string[], preset: string): TmfObject {
  return {
    name,
    description,
    valueType: 'string',
    configurable: true,
    characteristicValueSpecification: values.map((value) => ({ value, isDefault: value === preset })),
  }
}

export function candidateView(service: Service, version: string | undefined, links: TmfLinks): TmfObject {
  return compact({
    id: service.id,
    href: links.candidate(service.id),
    name: service.title,
    version,
    lifecycleStatus: lifecycleStatuses[service.state],
    category: service.categories.map((id) => ({ id, href: links.category(id), name: id })),
    serviceSpecification: { id: service.id, href: links.specification(service.id), version, name: service.title },
    '@type': 'ServiceCandidate',
  })
}

export function categoryView(id: string, services: readonly Service[], links: TmfLinks): TmfObject {
  return {
    id,
    href: links.category(id),
    name: id,
    isRoot: true,
    lifecycleStatus: 'Active',
    serviceCandidate: services.map((service) => ({
      id: service.id,
      href: links.candidate(service.id),
      name: service.title,
    })),
    '@type': 'ServiceCategory',
  }
}

/** The one catalog of a tenant. */
export function catalogView(tenant: string, categories: readonly string[], links: TmfLinks): TmfObject {
  return {
    id: tenant,
    href: links.catalog(tenant),
    name: tenant,
    lifecycleStatus: 'Active',
    category: categories.map((id) => ({ id, href: links.category(id), name: id })),
    '@type': 'ServiceCatalog',
  }
}
