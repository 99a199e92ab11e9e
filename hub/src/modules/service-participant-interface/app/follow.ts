import { concerns, type Interest } from '../domain/interest.ts'
import { isAfter, type Position } from '../domain/position.ts'
import type { LoggedEvent } from '../domain/logged-event.ts'
import type { ParticipantDependencies } from './dependencies.ts'
import type { Feed } from './feed.ts'

const pageSize = 500
/** Events a slow reader may have waiting; more ends the stream, and it comes back with Last-Event-ID. */
const bound = 10_000

export interface Following {
  /** Where it starts: after this place. */
  readonly from: Position
  /** Ends when `abort` fires, the hub stops, or the reader falls too far behind. */
  readonly events: AsyncGenerator<LoggedEvent, void, void>
  stop(): void
}

/**
 * Follows the events that concern `interest`, from `since` on (or from now), without a gap between the past and what comes.
 * Nothing is missed from the moment this resolves; the caller calls `stop`.
 */
export async function follow(
  deps: ParticipantDependencies,
  feed: Feed,
  interest: Interest,
  since: Position | null,
  abort: AbortSignal,
): Promise<Following> {
  const arrivals: Arrivals = { waiting: [], ended: false, wake: () => {} }
  const listening = await feed.listen({
    events(events) {
      for (const event of events) if (concerns(event, interest)) arrivals.waiting.push(event)
      arrivals.wake()
    },
    ended() {
      arrivals.ended = true
      arrivals.wake()
    },
  })
  abort.addEventListener('abort', () => arrivals.wake(), { once: true })
  const from = since ?? listening.from
  return { from, stop: () => listening.stop(), events: pastAndComing(deps, arrivals, interest, from, abort) }
}

/** What has come since the reader last looked. */
interface Arrivals {
  readonly waiting: LoggedEvent[]
  ended: boolean
  wake: () => void
}

async function* pastAndComing(
  deps: ParticipantDependencies,
  arrivals: Arrivals,
  interest: Interest,
  from: Position,
  abort: AbortSignal,
): AsyncGenerator<LoggedEvent, void, void> {
  let position = from
  for await (const event of past(deps, from, abort)) {
    position = event.position
    if (concerns(event, interest)) yield event
  }
  while (!abort.aborted && arrivals.waiting.length <= bound) {
    const event = arrivals.waiting.shift()
    if (event !== undefined) {
      if (!isAfter(event.position, position)) continue
      position = event.position
      yield event
    } else if (arrivals.ended) return
    else await new Promise<void>((resolve) => (arrivals.wake = resolve))
  }
}

async function* past(deps: ParticipantDependencies, since: Position, abort: AbortSignal): AsyncGenerator<LoggedEvent> {
  for (let position = since; !abort.aborted;) {
    const events = await deps.storage.eventsAfter(deps.database.sql, position, pageSize)
    yield* events
    if (events.length < pageSize) return
    position = events.at(-1)!.position
  }
}
