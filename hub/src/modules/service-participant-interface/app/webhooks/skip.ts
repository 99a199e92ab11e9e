import type { Principal } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import type { LoggedEvent } from '../../domain/logged-event.ts'
import { parsePosition, type Position } from '../../domain/position.ts'
import type { Webhook } from '../../domain/webhook.ts'
import { nothingToSkip } from '../../errors.ts'
import type { ParticipantDependencies } from '../dependencies.ts'
import { changed } from './manage.ts'
import { nothingSent } from './nothing-sent.ts'

/**
 * Gives up the one message that the receiver refuses again and again: what waits behind it is sent at once.
 * @param event id of the event that was refused last, so that no other one is given up because it has been taken meanwhile
 * @throws CallerError `not-found` (404), `forbidden` (403), `nothing-to-skip` (409)
 */
export function skipEvent(deps: ParticipantDependencies, principal: Principal, id: string, event: string) {
  return changed(deps, principal, id, 'webhook.skipped', async (current, tx) => {
    const refused = await refusedEvent(deps, tx, current, parsePosition(event))
    if (refused === null) throw new CallerError(nothingToSkip, `The webhook ${id} does not wait with ${event}.`)
    await noteSkip(deps, tx, current, refused.event, principal)
    const { position } = refused.event
    const anew = { failures: 0, retryAt: null }
    if (refused.replayed) return { ...current, ...anew, replay: { ...current.replay!, position } }
    return { ...current, ...anew, position }
  })
}

/** The event that the webhook waits with, in its turn or in a replay: the next one behind its place, once that has failed. */
async function refusedEvent(
  { storage }: ParticipantDependencies,
  { sql }: Tx,
  { failures, position, replay }: Webhook,
  named: Position | null,
): Promise<{ readonly event: LoggedEvent; readonly replayed: boolean } | null> {
  if (failures === 0 || named === null) return null
  for (const place of replay === null ? [position] : [position, replay.position]) {
    const [next] = await storage.eventsAfter(sql, place, 1)
    if (next !== undefined && next.position.xact === named.xact && next.position.id === named.id)
      return { event: next, replayed: place !== position }
  }
  return null
}

/** The log of the webhook says so, beside what was tried. */
async function noteSkip(
  { clock, storage }: ParticipantDependencies,
  { sql }: Tx,
  webhook: Webhook,
  event: LoggedEvent,
  { name }: Principal,
): Promise<void> {
  const detail = `given up by ${name}: it is sent no more`
  await storage.addAttempts(sql, [nothingSent(clock, webhook, event, { kind: 'skip', try: webhook.failures, detail })])
}
