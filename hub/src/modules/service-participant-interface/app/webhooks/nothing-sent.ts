import type { Clock } from '../../../../platform/clock.ts'
import { newId } from '../../../../platform/ids.ts'
import { eventId, type LoggedEvent } from '../../domain/logged-event.ts'
import type { Attempt, Webhook } from '../../domain/webhook.ts'

/** What a webhook's log says of an event that it was not sent. */
export function nothingSent(
  clock: Clock,
  { id: webhook, tenant }: Pick<Webhook, 'id' | 'tenant'>,
  event: LoggedEvent,
  why: Pick<Attempt, 'kind' | 'try' | 'detail'>,
): Attempt {
  const now = clock.now()
  const about = { id: newId('att', now), tenant, webhook, event: eventId(event), type: event.type, at: new Date(now) }
  return { ...about, ...why, outcome: 'failed', status: null, duration: 0, answer: '', nextTry: null }
}
