import type { Context, Hono } from 'hono'
import { api, type ApiEnv } from '../../../platform/http/api.ts'
import { html, page } from '../../../platform/http/docs/html.ts'
import type { NotificationApp } from '../app/notifications/manage.ts'
import type { Notification } from '../domain/notifications/notification.ts'
import { words } from '../domain/notifications/words.ts'

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/**
 * What links in e-mails lead to: a page with a button, since mail programs look at links by themselves. The button sends a POST to
 * the same address, as mail programs do for "unsubscribe" (RFC 8058).
 */
export function notificationPages(use: NotificationApp): Hono<ApiEnv> {
  const app = api()
  const { pages } = words
  both(app, use, 'confirm', { says: pages.confirm, button: pages.confirmButton, done: pages.confirmed })
  both(app, use, 'unsubscribe', { says: pages.unsubscribe, button: pages.unsubscribeButton, done: pages.unsubscribed })
  return app
}

interface Words {
  readonly says: (email: string) => string
  readonly button: string
  readonly done: string
}

function both(app: Hono<ApiEnv>, use: NotificationApp, purpose: 'confirm' | 'unsubscribe', said: Words): void {
  const found = (c: Context<ApiEnv>): Promise<Notification | null> => use.linked(purpose, c.req.query('token') ?? '')
  app.get(`/notifications/${purpose}`, async (c) => {
    const notification = await found(c)
    if (notification === null) return gone(c)
    const form = html`<p>${said.says(notification.email)}</p>
      <form method="post"><button type="submit">${said.button}</button></form>`
    return c.body(pageOf(form), 200, headers)
  })
  app.post(`/notifications/${purpose}`, async (c) => {
    const notification = await found(c)
    const changed = notification && (await use[purpose](notification.id))
    if (changed === null) return gone(c)
    return c.body(pageOf(html`<p>${said.done}</p>`), 200, headers)
  })
}

function gone(c: Context<ApiEnv>): Response {
  return c.body(pageOf(html`<p>${words.pages.gone}</p>`), 404, headers)
}

function pageOf(body: ReturnType<typeof html>): string {
  const { confirmTitle } = words.pages
  return page(
    `${confirmTitle} · Sutler`,
    html`<main>
      <p class="brand">Sutler</p>
      <h1>${confirmTitle}</h1>
      ${body}
    </main>`,
    { styles: ['/pages/style.css'] },
  )
}
