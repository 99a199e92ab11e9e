import { answer, type Schemas } from '@sutler/client'
import { api } from '../../../api/client.ts'

/** Asks a device for something: it is queued, and sent when the device can be reached. @throws ApiError */
export async function ask(id: string, body: Schemas['DeviceRequest']): Promise<Schemas['Output']> {
  return answer(await api.POST('/api/v1/devices/{id}/requests', { params: { path: { id } }, body }))
}
