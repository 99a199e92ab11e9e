/** Addresses of TM Forum resources. All hang on the hub's own URL. */

export const tmfApis = {
  serviceOrdering: '/serviceOrdering/v4',
  serviceInventory: '/serviceInventory/v4',
  serviceCatalogManagement: '/serviceCatalogManagement/v4',
} as const
export type TmfApi = keyof typeof tmfApis

export type TmfLinks = ReturnType<typeof tmfLinks>

/** @param hub the hub's own URL, without a slash at its end */
export function tmfLinks(hub: string) {
  const at = (api: TmfApi, resource: string, id: string): string =>
    `${hub}/tmf-api${tmfApis[api]}/${resource}/${encodeURIComponent(id)}`
  return {
    order: (id: string) => at('serviceOrdering', 'serviceOrder', id),
    cancellation: (id: string) => at('serviceOrdering', 'cancelServiceOrder', id),
    service: (id: string) => at('serviceInventory', 'service', id),
    specification: (id: string, version?: string) =>
      at('serviceCatalogManagement', 'serviceSpecification', id) +
      (version === undefined ? '' : `?version=${encodeURIComponent(version)}`),
    candidate: (id: string) => at('serviceCatalogManagement', 'serviceCandidate', id),
    category: (id: string) => at('serviceCatalogManagement', 'serviceCategory', id),
    catalog: (id: string) => at('serviceCatalogManagement', 'serviceCatalog', id),
    household: (id: string) => `${hub}/api/v1/households/${encodeURIComponent(id)}`,
    device: (id: string) => `${hub}/api/v1/devices/${encodeURIComponent(id)}`,
  }
}
