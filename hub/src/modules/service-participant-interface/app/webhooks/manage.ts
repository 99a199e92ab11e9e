import { randomBytes } from 'node:crypto'
import { notFound, type Principal } from '../../../../platform/access.ts'
import type { Milliseconds } from '../../../../platform/clock.ts'
import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { newId } from '../../../../platform/ids.ts'
import type { Webhook } from '../../domain/webhook.ts'
import { replayUnderWay, tooManyWebhooks, unknownEvent } from '../../errors.ts'
import { parsePosition, type Position } from '../../domain/position.ts'
import type { ParticipantDependencies } from '../dependencies.ts'
import { sealedSecret } from './secrets.ts'

/** Webhooks of one account, at most. */
const mostOfOne = 200

export type WantedWebhook = Pick<Webhook, 'url' | 'types' | 'api' | 'query'> &
  Partial<Pick<Webhook, 'name' | 'household' | 'subject' | 'filter'>>

/**
 * Has events sent to an address from now on: those that the principal's account may hear of whenever they happen.
 * @returns the secret of the signatures too, which nobody is shown again
 * @throws CallerError `forbidden` (403), `too-many-webhooks` (409)
 */
export async function addWebhook(
  deps: ParticipantDependencies,
  principal: Principal,
  wanted: WantedWebhook,
): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
  const { access, clock, database, sealing, storage } = deps
  access.authorise(principal, 'webhook.write', { owner: principal.id })
  access.scope(principal, 'event.read')
  if ((await storage.countWebhooks(database.sql, principal.id)) >= mostOfOne)
    throw new CallerError(tooManyWebhooks, `${principal.name} has ${mostOfOne} webhooks already.`)
  const secret = newSecret()
  const id = newId('whk', clock.now())
  const webhook: Webhook = {
    name: '',
    household: null,
    subject: null,
    filter: '',
    ...wanted,
    id,
    tenant: principal.tenant,
    owner: principal.id,
    roles: principal.roles,
    secret: sealedSecret(sealing, id, secret),
    previousSecret: null,
    previousUntil: null,
    state: 'active',
    why: null,
    position: await storage.end(database.sql),
    replay: null,
    failures: 0,
    retryAt: null,
    lastError: null,
    lastSuccessAt: null,
    lastDuration: 0,
    createdAt: new Date(clock.now()),
    version: 1,
  }
  await database.transaction(async (tx) => {
    await storage.addWebhook(tx.sql, webhook)
    note(tx, 'webhook.created', webhook)
  })
  return { webhook, secret: `whsec_${secret}` }
}

/** @throws CallerError `not-found` (404), `forbidden` (403) */
export async function ownWebhook(
  { access, database, storage }: Pick<ParticipantDependencies, 'access' | 'database' | 'storage'>,
  principal: Principal,
  id: string,
  action: 'webhook.read' | 'webhook.write',
  lock?: Tx,
): Promise<Webhook> {
  const found = await storage.webhook(lock?.sql ?? database.sql, id, lock !== undefined)
  if (found === null) throw new CallerError(notFound, `There is no webhook ${id}.`)
  const { tenant, owner } = found
  access.authorise(principal, action, { tenant, owner })
  return found
}

/** @param isIt whether it is one of those that the caller looks at. @throws CallerError `not-found` (404), `forbidden` (403) */
export async function removeWebhook(
  deps: ParticipantDependencies,
  principal: Principal,
  id: string,
  isIt: (webhook: Webhook) => boolean = () => true,
): Promise<void> {
  const webhook = await ownWebhook(deps, principal, id, 'webhook.write')
  if (!isIt(webhook)) throw new CallerError(notFound, `There is no webhook ${id}.`)
  await deps.database.transaction(async (tx) => {
    await deps.storage.removeWebhook(tx.sql, id)
    note(tx, 'webhook.removed', webhook)
  })
}

export interface WebhookChanges {
  readonly name?: string | undefined
  readonly url?: string | undefined
  readonly types?: readonly string[] | undefined
  readonly household?: string | null | undefined
  readonly subject?: string | null | undefined
  readonly filter?: string | undefined
  readonly state?: Webhook['state'] | undefined
  /** Where one that is switched on again goes on. */
  readonly resume?: 'where-it-stopped' | 'now' | undefined
}

/** @param admit sees it under its lock and throws when it must not be changed. @throws CallerError `not-found` (404), `forbidden` (403) */
export async function changeWebhook(
  deps: ParticipantDependencies,
  principal: Principal,
  id: string,
  { resume, ...changes }: WebhookChanges,
  admit: (current: Webhook) => void,
): Promise<Webhook> {
  const end = await deps.storage.end(deps.database.sql)
  return changed(deps, principal, id, 'webhook.changed', (current) => {
    admit(current)
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    const next: Webhook = { ...current, ...given }
    // Whatever kept it from its receiver may have been mended with this.
    const anew = { failures: 0, retryAt: null }
    const position = resume === 'now' ? end : current.position
    if (next.state === 'active') return { ...next, ...anew, why: null, position }
    return { ...next, retryAt: null, replay: null, why: current.state === 'active' ? 'asked' : current.why, position }
  })
}

/**
 * Messages are signed with a new secret from now on, and for some time with the one before as well.
 * @returns the new one, which nobody is shown again. @throws CallerError `not-found` (404), `forbidden` (403)
 */
export async function rotateSecret(
  deps: ParticipantDependencies,
  principal: Principal,
  id: string,
  overlap: Milliseconds,
): Promise<{ readonly secret: string; readonly previousUntil: Date }> {
  const secret = newSecret()
  const previousUntil = new Date(deps.clock.now() + overlap)
  await changed(deps, principal, id, 'webhook.secret-changed', (current) => ({
    ...current,
    secret: sealedSecret(deps.sealing, id, secret),
    previousSecret: current.secret,
    previousUntil,
  }))
  return { secret: `whsec_${secret}`, previousUntil }
}

/**
 * Has events sent once more, in order, beside those that come.
 * @param from an event's id, itself included, or a moment
 * @throws CallerError `not-found` (404), `forbidden` (403), `unknown-event` (422), `replay-under-way` (409)
 */
export async function replayEvents(
  deps: ParticipantDependencies,
  principal: Principal,
  id: string,
  { from, until }: { readonly from: string | Date; readonly until: Date | undefined },
): Promise<Webhook> {
  const { database, storage } = deps
  await ownWebhook(deps, principal, id, 'webhook.write')
  const position = typeof from === 'string' ? await before(deps, from) : await storage.placeBefore(database.sql, from)
  const end = until === undefined ? await storage.end(database.sql) : await storage.placeBehind(database.sql, until)
  const since = typeof from === 'string' ? null : from.toISOString()
  const to = until?.toISOString() ?? null
  return changed(deps, principal, id, 'webhook.replayed', (current) => {
    if (current.state !== 'active' || current.replay !== null)
      throw new CallerError(
        replayUnderWay,
        current.state === 'active' ? 'Another replay is under way.' : 'The webhook is switched off.',
      )
    return { ...current, replay: { position, until: end, since, to, sent: 0 } }
  })
}

/** The place just before an event that the principal's tenant has. */
async function before({ database, storage }: ParticipantDependencies, id: string): Promise<Position> {
  const position = parsePosition(id)
  const event = position === null ? null : await storage.eventAt(database.sql, position)
  if (event === null) throw noSuchEvent(id, '/from')
  return { ...event.position, id: event.position.id - 1 }
}

export function noSuchEvent(id: string, pointer: string): CallerError {
  return wrongEvent(`There is no event ${id}, or it is kept no more.`, pointer)
}

/** @param pointer where the request names the event */
export function wrongEvent(detail: string, pointer: string): CallerError {
  return new CallerError(unknownEvent, detail, { places: [{ pointer, detail }] })
}

/** Under its lock; the turn of sending that may be under way then changes it no more. */
export function changed(
  deps: ParticipantDependencies,
  principal: Principal,
  id: string,
  event: string,
  change: (current: Webhook, tx: Tx) => Webhook | Promise<Webhook>,
): Promise<Webhook> {
  const { database, doorbells, storage } = deps
  return database.transaction(async (tx) => {
    const current = await ownWebhook(deps, principal, id, 'webhook.write', tx)
    const next = { ...(await change(current, tx)), version: current.version + 1 }
    await storage.changeWebhook(tx.sql, id, next)
    note(tx, event, next)
    tx.afterCommit(() => doorbells.ring('webhooks'))
    return next
  })
}

function newSecret(): string {
  return randomBytes(32).toString('base64')
}

/** For the audit alone. An address may have a secret in it. */
export function note(
  tx: Tx,
  type: string,
  { id, tenant, owner, url }: Pick<Webhook, 'id' | 'tenant' | 'owner' | 'url'>,
): void {
  const data = { account: owner, host: new URL(url).host }
  tx.audit.events.push({ type, subject: id, tenant, household: null, data })
}
