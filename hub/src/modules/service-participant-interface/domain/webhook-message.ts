import { createHmac } from 'node:crypto'
import { formatPosition, type Position } from './position.ts'

/** An event of the log. */
export interface LoggedEvent {
  readonly position: Position
  readonly at: Date
  readonly tenant: string
  readonly type: string
  readonly subject: string
  readonly household: string | null
  readonly data: unknown
}

/** A message as it goes out, with the headers of Standard Webhooks. */
export interface WebhookMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How a message is signed, and by whom it is said to be. */
export interface Signing {
  /** Base64 of the signing key, as shown once when the webhook was made, without its `whsec_` prefix. */
  readonly secret: string
  /** Time of sending, Unix. */
  readonly seconds: number
  /** The hub's URL. */
  readonly source: string
}

/** An event as a CloudEvents 1.0 JSON body. */
export function webhookMessage(event: LoggedEvent, signing: Signing): WebhookMessage {
  const body = {
    specversion: '1.0',
    id: eventId(event),
    source: signing.source,
    type: event.type,
    subject: event.subject,
    time: event.at.toISOString(),
    datacontenttype: 'application/json',
    ...(event.household === null ? {} : { household: event.household }),
    data: event.data,
  }
  return signedMessage(eventId(event), body, 'application/cloudevents+json', signing)
}

export function eventId({ position }: Pick<LoggedEvent, 'position'>): string {
  return `evt_${formatPosition(position)}`
}

/** Any JSON, signed as Standard Webhooks describes. @param id the same whenever the same is sent again */
export function signedMessage(
  id: string,
  content: object,
  mediaType: string,
  { secret, seconds }: Signing,
): WebhookMessage {
  const body = JSON.stringify(content)
  const signature = createHmac('sha256', Buffer.from(secret, 'base64'))
    .update(`${id}.${seconds}.${body}`)
    .digest('base64')
  return {
    body,
    headers: {
      'content-type': mediaType,
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${signature}`,
    },
  }
}

const minute = 60_000

/** How long to wait after the nth failure in a row, milliseconds; null = give up (a little over a day of trying). */
export function retryDelay(failures: number): number | null {
  const delays = [5_000, 30_000, minute, 5 * minute, 15 * minute, 60 * minute]
  if (failures > delays.length + 24) return null
  return delays[failures - 1] ?? 60 * minute
}
