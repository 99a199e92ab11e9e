import { randomBytes } from 'node:crypto'
import { notFound, type Principal } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { ParticipantDependencies } from './dependencies.ts'
import type { Webhook } from './storage.ts'
import { sealedSecret } from './webhook-secrets.ts'

/**
 * Has events sent to an address from now on: those that the principal may hear of now.
 * @returns the secret of the signatures too, which nobody is shown again
 * @throws CallerError `forbidden`
 */
export async function addWebhook(
  deps: ParticipantDependencies,
  principal: Principal,
  wanted: Pick<Webhook, 'url' | 'types' | 'api' | 'query'>,
): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
  deps.access.authorise(principal, 'webhook.write', { owner: principal.id })
  const secret = randomBytes(32).toString('base64')
  const scope = deps.access.scope(principal, 'event.read')
  const id = newId('whk', deps.clock.now())
  const webhook: Webhook = {
    ...wanted,
    id,
    tenant: principal.tenant,
    owner: principal.id,
    households: scope.all ? null : scope.households,
    secret: sealedSecret(deps.sealing, id, secret),
    state: 'active',
    position: await deps.storage.end(deps.database.sql),
    failures: 0,
    retryAt: null,
    lastError: null,
    lastSuccessAt: null,
    createdAt: new Date(deps.clock.now()),
  }
  await deps.database.transaction(async (tx) => {
    await deps.storage.addWebhook(tx.sql, webhook)
    tx.audit.events.push(audited('webhook.created', webhook))
  })
  return { webhook, secret: `whsec_${secret}` }
}

/** @param isIt whether it is one of those that the caller looks at. @throws CallerError `not-found`, `forbidden` */
export async function removeWebhook(
  deps: ParticipantDependencies,
  principal: Principal,
  id: string,
  isIt: (webhook: Webhook) => boolean = () => true,
): Promise<void> {
  const webhook = await deps.storage.webhook(deps.database.sql, id)
  if (webhook === null || !isIt(webhook)) throw new CallerError(notFound, `there is no webhook ${id}`)
  const { tenant, owner } = webhook
  deps.access.authorise(principal, 'webhook.write', { tenant, owner })
  await deps.database.transaction(async (tx) => {
    await deps.storage.removeWebhook(tx.sql, id)
    tx.audit.events.push(audited('webhook.removed', webhook))
  })
}

/** For the audit alone. An address may have a secret in it. */
function audited(type: string, { id, tenant, owner, url }: Pick<Webhook, 'id' | 'tenant' | 'owner' | 'url'>) {
  return { type, subject: id, tenant, household: null, data: { account: owner, host: new URL(url).host } }
}
