import type { Context, Hono } from 'hono'
import { notFound } from '../../../platform/access.ts'
import { CallerError, OutsideError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { boundCookie, requireOwnNavigation, setBoundCookie } from '../../../platform/http/browser-session.ts'
import { foreignOrigin } from '../../../platform/http/codes.ts'
import { identityRefused, noAccount, providerFailed, tooManyAttempts } from '../app/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import { idParams } from '../contract/parts.ts'
import { attempt } from './attempt.ts'
import { replaceSession } from './browser.ts'
import { formHeaders } from './pages/html.ts'
import { enteredPage, refusedPage } from './pages/oidc.ts'

const tag = 'Sessions'
const cookie = 'sutler-oidc'
const html = { status: 200, schema: null, mediaType: 'text/html' } as const

/** Where the browser goes to log in elsewhere, and where it comes back. What people see here are pages, also when refused. */
export function oidcRoutes(app: Hono<ApiEnv>, { oidcLogin, sessions }: RegistrationApp): void {
  app.get(
    '/oidc/:id/start',
    ...endpoint({
      id: 'startOidcLogin',
      summary: 'Sends the browser to an identity provider to log in there',
      tag,
      security: 'none',
      params: idParams,
      answer: { ...html, status: 302, description: 'To the provider' },
      problems: [notFound, foreignOrigin, tooManyAttempts, providerFailed],
    }),
    (c) =>
      asPage(c, async () => {
        requireOwnNavigation(c)
        const begun = await attempt(c, (address) => oidcLogin.start(valid(c, 'param').id, address))
        // Lax: the browser comes back from another site.
        setBoundCookie(c, cookie, begun.browserSecret, { sameSite: 'Lax', seconds: begun.seconds })
        c.header('cache-control', 'no-store')
        return c.redirect(begun.url, 302)
      }),
  )

  app.get(
    '/oidc/:id/callback',
    ...endpoint({
      id: 'finishOidcLogin',
      summary: 'Takes the browser back from an identity provider: the session is in a cookie',
      tag,
      security: 'none',
      params: idParams,
      answer: html,
      problems: [notFound, identityRefused, noAccount, providerFailed],
    }),
    (c) =>
      asPage(c, async () => {
        const secret = boundCookie(c, cookie)
        setBoundCookie(c, cookie, null, { sameSite: 'Lax', seconds: 0 })
        const query = new URL(c.req.url).search.slice(1)
        const session = await oidcLogin.finish(valid(c, 'param').id, query, secret)
        await replaceSession(c, sessions, session)
        // Not a redirect: the browser would not send the new cookie along on a way that began at another site.
        return c.body(enteredPage, 200, formHeaders)
      }),
  )
}

async function asPage(c: Context<ApiEnv>, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof CallerError || error instanceof OutsideError)) throw error
    return c.body(refusedPage(error), error.entry.status as 401, formHeaders)
  }
}
