import type { Hono } from 'hono'
import { notFound } from '../../../../platform/access.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../../platform/http/api.ts'
import { invalidRequest } from '../../../../platform/http/codes.ts'
import { addWebhook, removeWebhook } from '../../app/webhooks/manage.ts'
import type { TmfDependencies } from '../../app/tmf/dependencies.ts'
import { tmfListener, tmfNewListener } from '../../contract-tmf.ts'
import { parseListenerQuery } from '../../domain/tmf/listener-query.ts'
import { tmfApis, type TmfApi } from '../../domain/tmf/links.ts'
import { eventTypesOf, notificationTypes } from '../../domain/tmf/notification.ts'
import { idParams } from './orders.ts'

const tags: Readonly<Record<TmfApi, string>> = {
  serviceOrdering: 'TMF641 service ordering',
  serviceInventory: 'TMF638 service inventory',
  serviceCatalogManagement: 'TMF633 service catalogue',
}
const names: Readonly<Record<TmfApi, string>> = {
  serviceOrdering: 'OrderListener',
  serviceInventory: 'InventoryListener',
  serviceCatalogManagement: 'CatalogListener',
}

/** `hub` of each interface (TMF630, 5): where listeners say that they want to be told. They are webhooks, told in TM Forum's words. */
export function tmfListenerRoutes(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  for (const api of Object.keys(tmfApis) as TmfApi[]) {
    registering(app, deps, api)
    unregistering(app, deps, api)
  }
}

function registering(app: Hono<ApiEnv>, deps: TmfDependencies, api: TmfApi): void {
  app.post(
    `${tmfApis[api]}/hub`,
    ...endpoint({
      id: `register${names[api]}`,
      summary: 'Registers a listener',
      description: `Notifications: ${notificationTypes(api).join(', ')}. They are signed as Standard Webhooks describes, sent in order, at least once.`,
      tag: tags[api],
      action: 'webhook.write',
      errors: 'tmf',
      body: tmfNewListener,
      answer: { status: 201, schema: tmfListener, secret: true },
    }),
    async (c) => {
      const { callback, query = '' } = valid(c, 'json')
      const read = parseListenerQuery(query, notificationTypes(api))
      if ('wrong' in read)
        throw new CallerError(invalidRequest, `The query cannot be read: ${read.wrong}.`, {
          places: [{ pointer: '/query', detail: read.wrong }],
        })
      const wanted = { url: callback, types: eventTypesOf(api), api, query }
      const { webhook, secret } = await addWebhook(deps, c.get('principal'), wanted)
      const { id } = webhook
      return c.json({ id, callback, query, secret }, 201, { Location: `/tmf-api${tmfApis[api]}/hub/${id}` })
    },
  )
}

function unregistering(app: Hono<ApiEnv>, deps: TmfDependencies, api: TmfApi): void {
  app.delete(
    `${tmfApis[api]}/hub/:id`,
    ...endpoint({
      id: `unregister${names[api]}`,
      summary: 'Unregisters a listener',
      tag: tags[api],
      action: 'webhook.write',
      errors: 'tmf',
      params: idParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      await removeWebhook(deps, c.get('principal'), valid(c, 'param').id, (webhook) => webhook.api === api)
      return c.body(null, 204)
    },
  )
}
