import { encode, limits } from '@sutler/wire'
import type { Acks } from './intake.ts'

/** As few ack messages as possible: one for all that were taken, one per error code. */
export function ackMessages(acks: Acks): Uint8Array[] {
  const byError = Map.groupBy(acks, ([, error]) => error)
  const messages: Uint8Array[] = []
  for (const [error, entries] of byError) {
    const ids = entries.map(([id]) => id)
    for (let start = 0; start < ids.length; start += limits.acknowledgedIds) {
      const re = ids.slice(start, start + limits.acknowledgedIds)
      messages.push(encode(error === null ? { t: 'ack', re } : { t: 'ack', re, error }))
    }
  }
  return messages
}
