import type { Principal } from '../../../../platform/access.ts'
import { OutsideError } from '../../../../platform/errors.ts'
import { overloaded } from '../../../../platform/grouped.ts'
import { newId } from '../../../../platform/ids.ts'
import { mayHear } from '../../domain/interest.ts'
import type { LoggedEvent } from '../../domain/logged-event.ts'
import { parsePosition } from '../../domain/position.ts'
import type { Attempt, Webhook } from '../../domain/webhook.ts'
import { scopeNow } from '../scope-now.ts'
import type { TmfDependencies } from '../tmf/dependencies.ts'
import { note, noSuchEvent, ownWebhook, wrongEvent } from './manage.ts'
import { tell } from './tell.ts'

/** Messages that are sent while somebody waits, in one hub. */
const atOnce = 32
/** Type of the event that only says whether messages arrive. */
const testType = 'webhook.test'

/** What a person has sent to a webhook now, waiting for what its receiver says. */
export function sendingNow(deps: TmfDependencies) {
  const { access, clock, database, storage } = deps
  let sending = 0

  const send = async (
    webhook: Webhook,
    event: LoggedEvent,
    kind: 'test' | 'resend',
    audited: string,
    id?: string,
  ): Promise<Attempt> => {
    if (sending >= atOnce) throw new OutsideError(overloaded, `${atOnce} messages are being sent at the moment.`)
    sending++
    try {
      const scope = await scopeNow(access, webhook)
      const told = await tell(deps, webhook, event, kind, scope?.all ?? false, id)
      if (told === null) throw wrongEvent('It is none that this webhook is told of.', '/event')
      await database.transaction(async (tx) => {
        await storage.addAttempts(tx.sql, [told.attempt])
        note(tx, audited, webhook)
      })
      return told.attempt
    } finally {
      sending--
    }
  }

  return {
    /** @throws CallerError `not-found` (404), `forbidden` (403); OutsideError `overloaded` (503) */
    async test(principal: Principal, id: string): Promise<Attempt> {
      const webhook = await ownWebhook(deps, principal, id, 'webhook.write')
      const position = await storage.end(database.sql)
      const at = new Date(clock.now())
      const data = { webhook: id, message: 'This is a test. Nothing has happened.' }
      const about = { tenant: webhook.tenant, type: testType, subject: id, household: null, owners: [] }
      return send(webhook, { ...about, position, at, data }, 'test', 'webhook.tested', newId('test', clock.now()))
    },

    /**
     * One event once more, whatever the webhook asked for, where its account may hear of it.
     * @throws CallerError `not-found` (404), `forbidden` (403), `unknown-event` (422); OutsideError `overloaded` (503)
     */
    async resend(principal: Principal, id: string, event: string): Promise<Attempt> {
      const webhook = await ownWebhook(deps, principal, id, 'webhook.write')
      const scope = await scopeNow(access, webhook)
      const position = parsePosition(event)
      const found = position === null ? null : await storage.eventAt(database.sql, position)
      if (found === null || scope === null || !mayHear(found, scope)) throw noSuchEvent(event, '/event')
      return send(webhook, found, 'resend', 'webhook.resent')
    },
  }
}
