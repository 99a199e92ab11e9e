import type { Principal } from '../../../platform/access.ts'
import { concerns, type Wish } from '../domain/interest.ts'
import type { LoggedEvent } from '../domain/logged-event.ts'
import { isAfter, type Position } from '../domain/position.ts'
import type { ParticipantDependencies } from './dependencies.ts'
import type { Feed } from './feed.ts'

const pageSize = 500
/** Events a slow reader may have waiting; more ends the stream, and it comes back with Last-Event-ID. */
const bound = 10_000

export interface Following {
  /** Where it starts: after this place. */
  readonly from: Position
  /**
   * In order, some at a time. Ends when `abort` fires, the hub stops, the reader falls too far behind, or the principal may hear
   * nothing any more.
   */
  readonly events: AsyncGenerator<readonly LoggedEvent[], void, void>
  stop(): void
}

/**
 * Follows the events that the principal wants and may hear of, from `since` on (or from now), without a gap between the past and
 * what comes. Nothing is missed from the moment this resolves; the caller calls `stop`.
 */
export async function follow(
  deps: ParticipantDependencies,
  feed: Feed,
  principal: Principal,
  wish: Wish,
  since: Position | null,
  abort: AbortSignal,
): Promise<Following> {
  const arrivals: Arrivals = { waiting: [], events: 0, ended: false, wake: () => {} }
  const listening = await feed.listen(principal, wish, {
    events(events) {
      arrivals.waiting.push(events)
      arrivals.events += events.length
      arrivals.wake()
    },
    ended() {
      arrivals.ended = true
      arrivals.wake()
    },
  })
  abort.addEventListener('abort', () => arrivals.wake(), { once: true })
  const from = since ?? listening.from
  const coming = pastAndComing(deps, arrivals, principal, wish, from, abort)
  return { from, stop: () => listening.stop(), events: coming }
}

/** What has come since the reader last looked. */
interface Arrivals {
  readonly waiting: (readonly LoggedEvent[])[]
  /** How many, in all batches. */
  events: number
  ended: boolean
  wake: () => void
}

async function* pastAndComing(
  deps: ParticipantDependencies,
  arrivals: Arrivals,
  principal: Principal,
  wish: Wish,
  from: Position,
  abort: AbortSignal,
): AsyncGenerator<readonly LoggedEvent[], void, void> {
  const interest = { ...wish, scope: deps.access.visible(principal, 'event.read') }
  let position = from
  for await (const events of past(deps, from, abort)) {
    position = events.at(-1)!.position
    // Whoever may hear nothing any more is not told of the past either.
    if (arrivals.ended) return
    const heard = events.filter((event) => concerns(event, interest))
    if (heard.length > 0) yield heard
  }
  while (!abort.aborted && arrivals.events <= bound) {
    const events = arrivals.waiting.shift()
    if (events !== undefined) {
      arrivals.events -= events.length
      const fresh = isAfter(events[0]!.position, position)
        ? events
        : events.filter((event) => isAfter(event.position, position))
      if (fresh.length > 0) yield fresh
    } else if (arrivals.ended) return
    else await new Promise<void>((resolve) => (arrivals.wake = resolve))
  }
  if (!abort.aborted) deps.feedMeter.cut('slow')
}

async function* past(
  deps: ParticipantDependencies,
  since: Position,
  abort: AbortSignal,
): AsyncGenerator<readonly LoggedEvent[]> {
  for (let position = since; !abort.aborted;) {
    const events = await deps.storage.eventsAfter(deps.database.sql, position, pageSize)
    if (events.length > 0) yield events
    if (events.length < pageSize) return
    position = events.at(-1)!.position
  }
}
