import type { ClientOptions } from './client.ts'
import { followStream, type StreamOptions } from './stream.ts'

/** An event of the hub's stream. `id` resumes after it. */
export interface StreamedEvent {
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly household: string | null
  readonly at: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface EventOptions extends StreamOptions {
  /** Event types, `delivery.*` for all of a noun; empty = all. */
  readonly types?: readonly string[]
  readonly household?: string
  readonly subject?: string
  /** A CEL expression over `event` that has to hold. */
  readonly filter?: string
}

/**
 * Follows the event stream for ever: a lost connection is taken up again after the last event seen, without gap or double.
 * @throws ApiError when the hub refuses the stream, or cannot be reached at the first try
 */
export async function* followEvents(
  client: ClientOptions,
  options: EventOptions = {},
): AsyncGenerator<StreamedEvent, void, void> {
  const url = new URL('/api/v1/events', client.hub)
  if (options.types && options.types.length > 0) url.searchParams.set('types', options.types.join(','))
  for (const name of ['household', 'subject', 'filter'] as const) {
    const value = options[name]
    if (value !== undefined) url.searchParams.set(name, value)
  }
  for await (const { id, data } of followStream(client, url, options))
    if (data !== null) yield { id, ...(JSON.parse(data) as Omit<StreamedEvent, 'id'>) }
}
