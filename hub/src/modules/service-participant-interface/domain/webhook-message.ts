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

/** A message as it goes out: Standard Webhooks headers around a CloudEvents 1.0 JSON body. */
export interface WebhookMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * @param secret base64 of the signing key, as shown once when the webhook was made, without its `whsec_` prefix
 * @param seconds time of sending, Unix
 * @param source the hub's URL
 */
export function webhookMessage(event: LoggedEvent, secret: string, seconds: number, source: string): WebhookMessage {
  const id = `evt_${formatPosition(event.position)}`
  const body = JSON.stringify({
    specversion: '1.0',
    id,
    source,
    type: event.type,
    subject: event.subject,
    time: event.at.toISOString(),
    datacontenttype: 'application/json',
    ...(event.household === null ? {} : { household: event.household }),
    data: event.data,
  })
  const signature = createHmac('sha256', Buffer.from(secret, 'base64'))
    .update(`${id}.${seconds}.${body}`)
    .digest('base64')
  return {
    body,
    headers: {
      'content-type': 'application/cloudevents+json',
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
