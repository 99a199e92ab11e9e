import { answer } from '@sutler/client'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/client.ts'

/** One device; its parts are read under `['device', id, …]`. */
export function deviceQuery(id: string) {
  return queryOptions({
    queryKey: ['device', id, 'itself'],
    queryFn: async () => answer(await api.GET('/api/v1/devices/{id}', { params: { path: { id } } })),
  })
}

/** Its deliveries, the newest first: as many as a device is likely to have had. */
export function deliveriesOfDevice(id: string) {
  return queryOptions({
    queryKey: ['device', id, 'deliveries'],
    queryFn: async () =>
      answer(await api.GET('/api/v1/deliveries', { params: { query: { device: id, sort: 'newest', limit: 200 } } })),
  })
}
