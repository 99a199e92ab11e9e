import { problemOf } from './api-error.ts'
import { sendWith, type ClientOptions } from './client.ts'

/** One message of a stream of server-sent events; the hub begins each stream with its present place and no data. */
export interface StreamMessage {
  /** Its place: a stream taken up again continues after it. */
  readonly id: string
  readonly data: string | null
}

export interface StreamOptions {
  /** Start after this message. */
  readonly since?: string
  readonly signal?: AbortSignal
  /** Awaited whenever the stream is open, at first and again after a loss: nothing that happens after `place` is missed. */
  readonly opened?: (place: string) => Promise<void> | void
  /** Called when a stream that was open is lost; it is tried to get it back. */
  readonly lost?: () => void
}

/** Between two tries to get a lost stream back, milliseconds. */
const pause = 1_000
/** A hub says something every 15 s; of one that has been silent for so long nothing more is to be expected, milliseconds. */
const silence = 60_000

/**
 * Follows a stream for ever: a lost connection is taken up again after the last message seen, without gap or double.
 * @throws ApiError when the hub refuses the stream, or cannot be reached at the first try
 */
export async function* followStream(
  client: ClientOptions,
  url: URL,
  options: StreamOptions,
): AsyncGenerator<StreamMessage, void, void> {
  let since = options.since
  let connected = false
  while (!options.signal?.aborted) {
    const watch = new SilenceWatch(options.signal)
    try {
      const response = await open(client, url, since, watch.signal).catch((error: unknown) => {
        if (options.signal?.aborted || connected) return null
        throw error
      })
      // A hub that is starting or stopping: it was there before, and comes back.
      if (response !== null && connected && response.status >= 500) await response.body?.cancel()
      else if (response !== null) {
        if (!response.ok) throw await problemOf(response)
        connected = true
        let greeted = false
        for await (const message of readMessages(response.body!, watch)) {
          since = message.id
          if (!greeted) await options.opened?.(message.id)
          greeted = true
          yield message
        }
        if (!options.signal?.aborted) options.lost?.()
      }
    } finally {
      watch.end()
    }
    if (!options.signal?.aborted) await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

/** Ends a connection on which nothing was heard for too long, and when its reader wants it to end. */
class SilenceWatch {
  readonly signal: AbortSignal
  readonly #silent = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(wanted: AbortSignal | undefined) {
    this.signal = wanted === undefined ? this.#silent.signal : AbortSignal.any([this.#silent.signal, wanted])
    this.heard()
  }

  heard(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#silent.abort(), silence)
  }

  /** A timer that is left would keep the process of its reader from ending. */
  end(): void {
    clearTimeout(this.#timer)
  }
}

async function open(
  client: ClientOptions,
  url: URL,
  since: string | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const headers = {
    Accept: 'text/event-stream',
    ...(client.token === undefined ? {} : { Authorization: `Bearer ${client.token}` }),
    ...(since === undefined ? {} : { 'Last-Event-ID': since }),
  }
  return sendWith(client, new Request(url, { headers }), signal)
}

/** Reads server-sent events (WHATWG HTML 9.2.6) until the stream ends or breaks. */
async function* readMessages(body: ReadableStream<Uint8Array>, watch: SilenceWatch): AsyncGenerator<StreamMessage> {
  const decoder = new TextDecoder()
  // Not every browser walks a stream by `for await`.
  const reader = body.getReader()
  let text = ''
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      watch.heard()
      text += decoder.decode(read.value, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        const message = parseBlock(block)
        if (message !== null) yield message
      }
    }
  } catch (error) {
    // A broken connection ends the stream; whoever follows takes it up again.
    if (!(error instanceof Error)) throw error
  } finally {
    // Whoever stops reading ends the connection, too; of one that is broken there is nothing left to end.
    await reader.cancel().catch(() => undefined)
  }
}

function parseBlock(block: string): StreamMessage | null {
  const fields = new Map<string, string>()
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trimStart())
  }
  const id = fields.get('id')
  return id === undefined ? null : { id, data: fields.get('data') ?? null }
}
