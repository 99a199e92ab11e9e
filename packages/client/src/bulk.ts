import { problemOf } from './api-error.ts'
import { sendWith, type ClientOptions } from './client.ts'

/** One line of what an import answers: how it began, what became of a line of the file, how it ended. */
export type ImportAnswer =
  | { readonly import: string; readonly state?: undefined }
  | ({ readonly import: string; readonly state: string; readonly lastLine: number } & Readonly<
      Record<'created' | 'unchanged' | 'failed', number>
    > & { readonly code?: string; readonly detail?: string })
  | { readonly line: number; readonly status: 'created' | 'unchanged'; readonly id: string }
  | { readonly line: number; readonly status: 'failed'; readonly code: string; readonly detail: string }

/**
 * Sends a file of many lines and gives what became of each while it is still being sent. However long it takes: whoever reads
 * decides. @param type `text/csv` or `application/x-ndjson` @throws ApiError when the hub refuses, or cannot be reached
 */
export async function* sendImport(
  client: ClientOptions,
  kind: 'devices' | 'subscriptions',
  type: string,
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ImportAnswer> {
  const url = new URL(`/api/v1/imports/${kind}`, client.hub)
  const headers = { Authorization: `Bearer ${client.token ?? ''}`, 'Content-Type': type }
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
  const response = await sendWith(client, new Request(url, init))
  if (!response.ok) throw await problemOf(response)
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body!) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!
    for (const line of lines) yield JSON.parse(line) as ImportAnswer
  }
}

/**
 * Everything of one kind, line by line. @param query format and filter
 * @throws ApiError when the hub refuses, or cannot be reached
 */
export async function openExport(
  client: ClientOptions,
  kind: 'devices' | 'subscriptions' | 'orders' | 'deliveries',
  query: Readonly<Record<string, string>>,
): Promise<ReadableStream<Uint8Array>> {
  const url = new URL(`/api/v1/exports/${kind}?${new URLSearchParams(query).toString()}`, client.hub)
  const headers = { Authorization: `Bearer ${client.token ?? ''}` }
  const response = await sendWith(client, new Request(url, { headers }))
  if (!response.ok) throw await problemOf(response)
  return response.body!
}
