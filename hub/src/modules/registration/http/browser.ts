import type { Context, Hono } from 'hono'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { requireOwnOrigin, sessionCookie, setSessionCookie } from '../../../platform/http/browser-session.ts'
import { foreignOrigin } from '../../../platform/http/codes.ts'
import { accountNameTaken, invitationRefused, loginRefused, tooManyAttempts, weakPassword } from '../app/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import type { Session } from '../app/sessions.ts'
import { acceptance, browserSessionView, login } from '../contract/accounts.ts'
import { attempt } from './attempt.ts'
import { iso, principalOut } from './views.ts'

const tag = 'Sessions'

/** What the hub's own pages log in by: the session is in a cookie that no script can read. */
export function browserRoutes(app: Hono<ApiEnv>, { sessions, invitations }: RegistrationApp): void {
  app.post(
    '/browser/sessions',
    ...endpoint({
      id: 'createBrowserSession',
      summary: 'Logs a person in from the hub’s own page: the session is in a cookie',
      description:
        'It ends after 30 minutes without a request, and after 12 hours. A session that the browser had ends at once.',
      tag,
      security: 'none',
      body: login,
      answer: { status: 201, schema: browserSessionView },
      problems: [loginRefused, foreignOrigin, tooManyAttempts],
    }),
    async (c) => {
      requireOwnOrigin(c)
      const { name, password } = valid(c, 'json')
      const session = await attempt(c, (address) => sessions.open(name, password, address, 'browser'))
      await replaceSession(c, sessions, session)
      return c.json(browserSessionOut(session), 201)
    },
  )

  app.post(
    '/browser/setup',
    ...endpoint({
      id: 'acceptInvitationInBrowser',
      summary: 'Makes the account that a one-time link is for from the hub’s own page, and logs in there',
      tag: 'Invitations',
      security: 'none',
      body: acceptance,
      answer: { status: 201, schema: browserSessionView },
      problems: [invitationRefused, accountNameTaken, weakPassword, foreignOrigin, tooManyAttempts],
    }),
    async (c) => {
      requireOwnOrigin(c)
      const session = await attempt(c, (address) => invitations.accept(valid(c, 'json'), address, 'browser'))
      await replaceSession(c, sessions, session)
      return c.json(browserSessionOut(session), 201)
    },
  )
}

/** The browser's former session ends: a token that was there before the log-in is worth nothing after it. */
export async function replaceSession(
  c: Context,
  sessions: RegistrationApp['sessions'],
  session: Session,
): Promise<void> {
  const former = sessionCookie(c)
  if (former !== undefined) await sessions.end(undefined, former)
  setSessionCookie(c, session.token, session.seconds)
  c.header('cache-control', 'no-store')
}

function browserSessionOut({ expiresAt, principal }: Session) {
  return { expiresAt: iso(expiresAt), principal: principalOut(principal) }
}
