import type { Context } from 'hono'
import { streamSSE, type SSEStreamingApi } from 'hono/streaming'
import { CallerError, errorCode, OutsideError } from '../../../platform/errors.ts'
import { invalidRequest } from '../../../platform/http/codes.ts'
import type { ApiEnv } from '../../../platform/http/api.ts'
import type { ParticipantDependencies } from '../app/dependencies.ts'
import type { Feed } from '../app/feed.ts'
import { follow, type Following } from '../app/follow.ts'
import { eventTypes } from '../contract.ts'
import type { LoggedEvent } from '../domain/logged-event.ts'
import { formatPosition, parsePosition, type Position } from '../domain/position.ts'

export const tooManyStreams = errorCode(
  'too-many-streams',
  503,
  'This hub serves as many event streams as it can',
  'Try again later or at another hub; close streams that are no longer read.',
)

/** Streams open at once in one hub. */
const bound = 5000
/** A comment line keeps proxies from closing a quiet stream, milliseconds. */
const keepAlive = 15_000

/** Server-sent events (WHATWG HTML, 9.2): `id` is the place in the log, so that Last-Event-ID resumes without a gap. */
export function eventStream(deps: ParticipantDependencies, feed: Feed) {
  let open = 0
  return async (c: Context<ApiEnv>, query: StreamQuery): Promise<Response> => {
    const principal = c.get('principal')
    deps.access.scope(principal, 'event.read')
    const { household, subject, filter } = query
    const wish = { types: readTypes(query.types), household, subject, filter }
    const since = readSince(c.req.header('Last-Event-ID') ?? query.since)
    if (open >= bound) throw new OutsideError(tooManyStreams, `${bound} streams are open.`)
    // Before anything is waited for: others come meanwhile.
    open++
    const abort = new AbortController()
    const following = await follow(deps, feed, principal, wish, since, abort.signal).catch((error: unknown) => {
      open--
      throw error
    })
    return streamSSE(c, async (stream) => {
      stream.onAbort(() => abort.abort())
      const stopKeepAlive = beat(deps, () => void stream.write(': still here\n\n'))
      try {
        await tell(stream, following)
      } catch (error) {
        // The reader comes back with the id of its last event.
        deps.log.warn({ err: error }, 'an event stream was cut')
        deps.feedMeter.cut('failed')
      } finally {
        open--
        following.stop()
        stopKeepAlive()
      }
    })
  }
}

interface StreamQuery {
  readonly types?: string | undefined
  readonly household?: string | undefined
  readonly subject?: string | undefined
  readonly filter?: string | undefined
  readonly since?: string | undefined
}

async function tell(stream: SSEStreamingApi, { from, events }: Following): Promise<void> {
  // An id without data: a reader that is cut before its first event, too, resumes from here.
  await stream.write(`: hello\nid: ${formatPosition(from)}\n\n`)
  for await (const batch of events) await stream.write(textOf(batch))
}

const texts = new WeakMap<readonly LoggedEvent[], Uint8Array>()

/** Written once for all who hear the same. */
function textOf(events: readonly LoggedEvent[]): Uint8Array {
  const known = texts.get(events)
  if (known !== undefined) return known
  const text = encoder.encode(events.map(eventText).join(''))
  texts.set(events, text)
  return text
}

const encoder = new TextEncoder()
const eventTexts = new WeakMap<LoggedEvent, string>()

function eventText(event: LoggedEvent): string {
  const known = eventTexts.get(event)
  if (known !== undefined) return known
  const { type, subject, household, at, data } = event
  const shown = JSON.stringify({ type, subject, household, at: at.toISOString(), data })
  const text = `event: ${type}\ndata: ${shown}\nid: ${formatPosition(event.position)}\n\n`
  eventTexts.set(event, text)
  return text
}

/** Calls `write` again and again until stopped. */
function beat({ clock }: Pick<ParticipantDependencies, 'clock'>, write: () => void): () => void {
  let stop = clock.after(keepAlive, again)
  function again(): void {
    write()
    stop = clock.after(keepAlive, again)
  }
  return () => stop()
}

function readSince(text: string | undefined): Position | null {
  if (text === undefined) return null
  const since = parsePosition(text)
  if (since !== null) return since
  throw new CallerError(invalidRequest, `${text} is not an event id`, {
    places: [{ pointer: '#query/since', detail: 'is not an event id' }],
  })
}

function readTypes(text: string | undefined): string[] {
  if (text === undefined) return []
  const parsed = eventTypes.safeParse(text.split(','))
  if (parsed.success) return parsed.data
  const detail = parsed.error.issues[0]!.message
  throw new CallerError(invalidRequest, `types: ${detail}`, { places: [{ pointer: '#query/types', detail }] })
}
