import { problemOf } from './api-error.ts'
import { unreachable, type ClientOptions } from './client.ts'

/** An event of the hub's stream. `id` resumes after it. */
export interface StreamedEvent {
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly household: string | null
  readonly at: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface EventOptions {
  /** Event types, `delivery.*` for all of a noun; empty = all. */
  readonly types?: readonly string[]
  readonly household?: string
  readonly subject?: string
  /** Start after this event. */
  readonly since?: string
  readonly signal?: AbortSignal
  /** Awaited whenever the stream is open, at first and again after a loss: nothing that happens from then on is missed. */
  readonly opened?: () => Promise<void> | void
}

/** Between two tries to get a lost stream back, milliseconds. */
const pause = 1_000

/**
 * Follows the event stream for ever: a lost connection is taken up again after the last event seen, without gap or double.
 * @throws ApiError when the hub refuses the stream, or cannot be reached at the first try
 */
export async function* followEvents(
  client: ClientOptions,
  options: EventOptions = {},
): AsyncGenerator<StreamedEvent, void, void> {
  let since = options.since
  let connected = false
  while (!options.signal?.aborted) {
    const response = await open(client, { ...options, ...(since === undefined ? {} : { since }) }).catch(
      (error: unknown) => {
        if (options.signal?.aborted || connected) return null
        throw error
      },
    )
    // A hub that is starting or stopping: it was there before, and comes back.
    if (response !== null && connected && response.status >= 500) await response.body?.cancel()
    else if (response !== null) {
      if (!response.ok) throw await problemOf(response)
      connected = true
      let greeted = false
      for await (const { id, event } of readBlocks(response.body!)) {
        since = id
        if (!greeted) await options.opened?.()
        greeted = true
        if (event !== null) yield event
      }
    }
    if (!options.signal?.aborted) await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

async function open(client: ClientOptions, options: EventOptions): Promise<Response> {
  const url = new URL('/api/v1/events', client.hub)
  if (options.types && options.types.length > 0) url.searchParams.set('types', options.types.join(','))
  for (const name of ['household', 'subject', 'since'] as const) {
    const value = options[name]
    if (value !== undefined) url.searchParams.set(name, value)
  }
  const headers = { Accept: 'text/event-stream', Authorization: `Bearer ${client.token ?? ''}` }
  try {
    return await fetch(url, { headers, signal: options.signal ?? null })
  } catch (error) {
    throw unreachable(url.href, error)
  }
}

/** A place in the log, and what happened there: the hub begins with its present place and no event. */
interface Block {
  readonly id: string
  readonly event: StreamedEvent | null
}

/** Reads server-sent events (WHATWG HTML 9.2.6) until the stream ends or breaks. */
async function* readBlocks(body: ReadableStream<Uint8Array>): AsyncGenerator<Block> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        const parsed = parseBlock(block)
        if (parsed !== null) yield parsed
      }
    }
  } catch (error) {
    // A broken connection ends the stream; whoever follows takes it up again.
    if (!(error instanceof Error)) throw error
  }
}

function parseBlock(block: string): Block | null {
  const fields = new Map<string, string>()
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trimStart())
  }
  const id = fields.get('id')
  const data = fields.get('data')
  if (id === undefined) return null
  return { id, event: data === undefined ? null : { id, ...(JSON.parse(data) as Omit<StreamedEvent, 'id'>) } }
}
