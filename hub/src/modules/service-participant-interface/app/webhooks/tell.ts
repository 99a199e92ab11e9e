import { newId } from '../../../../platform/ids.ts'
import { post, type Reception } from '../../../../platform/outgoing-http.ts'
import { eventId, type LoggedEvent } from '../../domain/logged-event.ts'
import { answerKept, shownAnswer, type Attempt, type AttemptKind, type Webhook } from '../../domain/webhook.ts'
import { signedMessage, webhookMessage, type WebhookMessage } from '../../domain/webhook-message.ts'
import type { TmfDependencies } from '../tmf/dependencies.ts'
import { tmfNotification } from '../tmf/notify.ts'
import { secretsNow } from './secrets.ts'

/** How long a receiver may take to answer, milliseconds. */
const timeout = 10_000

export interface Told {
  readonly attempt: Attempt
  /** What the receiver asked for by `Retry-After`, milliseconds. */
  readonly retryAfter: number
}

/**
 * Sends one event to one webhook, now, and says what became of it. Never throws for what receivers do.
 * @param mayReadInside whether its owner may be shown what a receiver inside the hub's network answers
 * @returns null when there is nothing in the event that it wants to be told
 */
export async function tell(
  deps: TmfDependencies,
  webhook: Webhook,
  event: LoggedEvent,
  kind: AttemptKind,
  mayReadInside: boolean,
  id = eventId(event),
): Promise<Told | null> {
  const { clock, allowInside } = deps
  const at = new Date(clock.now())
  const begun = clock.monotonic()
  const attempt = (rest: Pick<Attempt, 'outcome' | 'status' | 'detail' | 'answer'>): Attempt => ({
    id: newId('att', clock.now()),
    tenant: webhook.tenant,
    webhook: webhook.id,
    kind,
    event: id,
    type: event.type,
    at,
    duration: Math.round(clock.monotonic() - begun),
    try: kind === 'event' || kind === 'replay' ? webhook.failures + 1 : 1,
    nextTry: null,
    ...rest,
  })
  try {
    const message = await messageOf(deps, webhook, event, kind, id)
    if (message === null) return null
    const said = await post(webhook.url, message.body, {
      headers: message.headers,
      timeout,
      allowInside,
      beginning: answerKept,
    })
    const attempted = attempt(outcomeOf(said, mayReadInside))
    deps.meter.attempted(attempted)
    return { attempt: attempted, retryAfter: (said.retryAfterSeconds ?? 0) * 1000 }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    const failed = attempt({ outcome: 'failed', status: null, detail, answer: '' })
    deps.meter.attempted(failed)
    return { attempt: failed, retryAfter: 0 }
  }
}

function outcomeOf({ status, beginning, inside }: Reception, mayReadInside: boolean) {
  const answer = inside && !mayReadInside ? '' : shownAnswer(beginning)
  if (status >= 200 && status < 300) return { outcome: 'delivered', status, detail: null, answer } as const
  const redirect = status >= 300 && status < 400 ? '; redirects are not followed' : ''
  return { outcome: 'failed', status, detail: `the receiver answered ${status}${redirect}`, answer } as const
}

async function messageOf(
  deps: TmfDependencies,
  webhook: Webhook,
  event: LoggedEvent,
  kind: AttemptKind,
  id: string,
): Promise<WebhookMessage | null> {
  const seconds = Math.floor(deps.clock.now() / 1000)
  const signing = { secrets: secretsNow(deps, webhook), seconds, source: deps.publicUrl() }
  const { api } = webhook
  if (api === null) return webhookMessage(event, signing, id)
  const told = kind === 'test' ? testNotification(event, id) : await tmfNotification(deps, { ...webhook, api }, event)
  return told === null ? null : signedMessage(id, told, 'application/json;charset=utf-8', signing)
}

/** What a TM Forum listener gets as a test: an event of no type that it knows, which it is to ignore. */
function testNotification({ at, type }: LoggedEvent, id: string): object {
  return { eventId: id, eventTime: at.toISOString(), eventType: type, event: {} }
}
