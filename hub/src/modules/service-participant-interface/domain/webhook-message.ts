import { createHmac } from 'node:crypto'
import { cloudEvent, eventId, type LoggedEvent } from './logged-event.ts'

/** A message as it goes out, with the headers of Standard Webhooks. */
export interface WebhookMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How a message is signed, and by whom it is said to be. */
export interface Signing {
  /** Base64 of each signing key that counts now, without the `whsec_` prefix; the newest first. */
  readonly secrets: readonly string[]
  /** Time of sending, Unix. */
  readonly seconds: number
  /** The hub's URL. */
  readonly source: string
}

/** An event as a CloudEvents 1.0 JSON body. */
export function webhookMessage(event: LoggedEvent, signing: Signing, id = eventId(event)): WebhookMessage {
  return signedMessage(id, cloudEvent(event, signing.source, id), 'application/cloudevents+json', signing)
}

/** Any JSON, signed as Standard Webhooks describes. @param id the same whenever the same is sent again */
export function signedMessage(
  id: string,
  content: object,
  mediaType: string,
  { secrets, seconds }: Omit<Signing, 'source'>,
): WebhookMessage {
  const body = JSON.stringify(content)
  const signed = `${id}.${seconds}.${body}`
  const signatures = secrets.map((secret) => {
    const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest('base64')
    return `v1,${signature}`
  })
  return {
    body,
    headers: {
      'content-type': mediaType,
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': signatures.join(' '),
    },
  }
}

const minute = 60_000
const hour = 60 * minute

/**
 * How long to wait after the nth failure in a row, milliseconds; null = give up (a little over a day of trying).
 * @param asked what the receiver asked for by `Retry-After`, which can make a wait longer, but not than an hour
 */
export function retryDelay(failures: number, asked = 0): number | null {
  const delays = [5_000, 30_000, minute, 5 * minute, 15 * minute, hour]
  if (failures > delays.length + 24) return null
  return Math.max(delays[failures - 1] ?? hour, Math.min(asked, hour))
}
