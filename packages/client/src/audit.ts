import { problemOf } from './api-error.ts'
import { sendWith, type ClientOptions } from './client.ts'

/**
 * The audit as lines of JSON. However long it takes: whoever reads decides.
 * @throws ApiError when the hub refuses, or cannot be reached
 */
export async function openAuditExport(client: ClientOptions): Promise<ReadableStream<Uint8Array>> {
  const url = new URL('/api/v1/audit/export', client.hub)
  const headers = { ...(client.token !== undefined && { Authorization: `Bearer ${client.token}` }) }
  const response = await sendWith(client, new Request(url, { headers }))
  if (!response.ok) throw await problemOf(response)
  return response.body!
}
