import { concerns, type Interest } from '../domain/interest.ts'
import { isAfter, type Position } from '../domain/position.ts'
import type { LoggedEvent } from '../domain/webhook-message.ts'
import type { ParticipantDependencies } from './dependencies.ts'
import type { Feed } from './feed.ts'

const pageSize = 500
/** Events a slow reader may have waiting; more ends the stream, and it comes back with Last-Event-ID. */
const bound = 10_000

/**
 * The events that concern `interest`, from `since` on (or from now), without a gap between the past and what follows.
 * Ends when `abort` fires or when the reader falls too far behind.
 */
export async function* follow(
  deps: ParticipantDependencies,
  feed: Feed,
  interest: Interest,
  since: Position | null,
  abort: AbortSignal,
): AsyncGenerator<LoggedEvent, void, void> {
  const waiting: LoggedEvent[] = []
  let wake: () => void = () => {}
  const stop = await feed.listen((events) => {
    for (const event of events) if (concerns(event, interest)) waiting.push(event)
    wake()
  })
  abort.addEventListener('abort', () => wake(), { once: true })
  try {
    let position: Position = since ?? { xact: 0, id: 0 }
    if (since !== null)
      for await (const event of past(deps, since, abort)) {
        position = event.position
        if (concerns(event, interest)) yield event
      }
    while (!abort.aborted && waiting.length <= bound) {
      const event = waiting.shift()
      if (event === undefined) await new Promise<void>((resolve) => (wake = resolve))
      else if (isAfter(event.position, position)) yield event
    }
  } finally {
    stop()
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
