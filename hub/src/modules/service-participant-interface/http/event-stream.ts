import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { CallerError, errorCode } from '../../../platform/errors.ts'
import { invalidRequest } from '../../../platform/http/codes.ts'
import type { ApiEnv } from '../../../platform/http/api.ts'
import type { ParticipantDependencies } from '../app/dependencies.ts'
import type { Feed } from '../app/feed.ts'
import { follow } from '../app/follow.ts'
import { eventTypes } from '../contract.ts'
import { formatPosition, parsePosition } from '../domain/position.ts'

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
  return (
    c: Context<ApiEnv>,
    query: {
      types?: string | undefined
      household?: string | undefined
      subject?: string | undefined
      since?: string | undefined
    },
  ) => {
    const scope = deps.access.scope(c.get('principal'), 'event.read')
    const interest = { types: readTypes(query.types), household: query.household, subject: query.subject, scope }
    const from = c.req.header('Last-Event-ID') ?? query.since
    const since = from === undefined ? null : parsePosition(from)
    if (from !== undefined && since === null)
      throw new CallerError(invalidRequest, `${from} is not an event id`, {
        places: [{ pointer: '#query/since', detail: 'is not an event id' }],
      })
    if (open >= bound) throw new CallerError(tooManyStreams, `${bound} streams are open`)
    open++
    return streamSSE(c, async (stream) => {
      const abort = new AbortController()
      stream.onAbort(() => abort.abort())
      let stopKeepAlive = beat()
      function beat(): () => void {
        return deps.clock.after(keepAlive, () => {
          void stream.write(': still here\n\n')
          stopKeepAlive = beat()
        })
      }
      try {
        await stream.write(': hello\n\n')
        for await (const event of follow(deps, feed, interest, since, abort.signal)) {
          const { type, subject, household, at, data } = event
          const shown = { type, subject, household, at: at.toISOString(), data }
          await stream.writeSSE({ id: formatPosition(event.position), event: type, data: JSON.stringify(shown) })
        }
      } finally {
        open--
        stopKeepAlive()
        abort.abort()
      }
    })
  }
}

function readTypes(text: string | undefined): string[] {
  if (text === undefined) return []
  const parsed = eventTypes.safeParse(text.split(','))
  if (parsed.success) return parsed.data
  const detail = parsed.error.issues[0]!.message
  throw new CallerError(invalidRequest, `types: ${detail}`, { places: [{ pointer: '#query/types', detail }] })
}
